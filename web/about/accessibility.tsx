import { useTexts } from '../platform/catalogue.ts'
import { useDates } from '../platform/dates.ts'
import { territoryName } from '../platform/territory.ts'
import { about } from './about.ts'
import { texts } from './accessibility-texts.ts'
import { defender } from './authorities.ts'
import { type Fact, Facts, Listed, Missing, Out, useContactFacts } from './facts.tsx'
import { Page, Part } from './page.tsx'

const technologies = 'HTML, CSS, JavaScript, SVG, WAI-ARIA'

/**
 * The accessibility statement, with the parts and in the order that the RGAA 4.1 prescribes. A territory that states
 * nothing conforms to nothing: without a valid audit there is no other state.
 */
export const AccessibilityStatement = () => {
  const t = useTexts(texts)
  const dates = useDates()
  const { publisher, accessibility = { conformity: 'none' as const } } = about
  const { audit, conformity, plan, actions, stated, changed } = accessibility
  const contact = useContactFacts(accessibility.contact, ['email'])
  const optional = (label: string, value: string | undefined): readonly Fact[] => (value ? [[label, value]] : [])
  return (
    <Page title={t('about.accessibility')}>
      <Part title={t('about.accessibility.statement')}>
        <p>
          {publisher?.name
            ? t('about.accessibility.commitment', { who: publisher.name })
            : t('about.accessibility.commitment.nobody')}
        </p>
        <Facts
          of={[
            [t('about.accessibility.plan'), plan && <Out to={plan} />],
            [t('about.accessibility.actions'), actions && <Out to={actions} />],
          ]}
        />
        <p>{t('about.accessibility.scope', { service: territoryName || location.host })}</p>
      </Part>
      <Part title={t('about.accessibility.state')}>
        <p>{t(`about.accessibility.${conformity}`)}</p>
        {!audit && <p>{t('about.accessibility.unknown')}</p>}
      </Part>
      <Part title={t('about.accessibility.results')}>
        <p>
          {audit
            ? t('about.accessibility.met', { by: audit.by, on: dates.date(audit.on), met: audit.met })
            : t('about.accessibility.no-audit')}
        </p>
        {audit?.report && <Out to={audit.report}>{t('about.accessibility.report')}</Out>}
      </Part>
      <Part title={t('about.accessibility.contents')}>
        {(['failing', 'exempted', 'outside'] as const).map(kind => (
          <div key={kind}>
            <h3>{t(`about.accessibility.${kind}`)}</h3>
            <Listed of={accessibility[kind]} otherwise={t('about.accessibility.nothing')} />
          </div>
        ))}
      </Part>
      <Part title={t('about.accessibility.designed')}>
        <p>{t('about.accessibility.designed.words')}</p>
      </Part>
      <Part title={t('about.accessibility.made')}>
        <Facts
          of={[
            [t('about.accessibility.stated'), stated && dates.date(stated)],
            ...optional(t('about.accessibility.changed'), changed && dates.date(changed)),
            [t('about.accessibility.technologies'), technologies],
          ]}
        />
        {audit &&
          (['readers', 'tools', 'pages'] as const).map(kind => (
            <div key={kind}>
              <h3>{t(`about.accessibility.${kind}`)}</h3>
              <Listed of={audit[kind]} otherwise={<Missing />} />
            </div>
          ))}
      </Part>
      <Part title={t('about.accessibility.feedback')}>
        <p>{t('about.accessibility.feedback.words')}</p>
        <Facts of={contact} />
      </Part>
      <Part title={t('about.accessibility.remedies')}>
        <p>{t('about.accessibility.remedies.words')}</p>
        <ul>
          <li>
            {t('about.accessibility.remedies.write')} <Out to={defender.form} />
          </li>
          <li>
            {t('about.accessibility.remedies.delegate')} <Out to={defender.delegates} />
          </li>
          <li>
            {t('about.accessibility.remedies.post')} <span lang="fr">{defender.post}</span>
          </li>
        </ul>
      </Part>
    </Page>
  )
}
