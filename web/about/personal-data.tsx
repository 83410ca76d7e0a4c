import { useTexts } from '../platform/catalogue.ts'
import { about, erasedAfter } from './about.ts'
import { cnil } from './authorities.ts'
import { texts } from './data-texts.ts'
import { Facts, Listed, Missing, Out, Own, useContactFacts } from './facts.tsx'
import { Page, Part } from './page.tsx'

/**
 * What people are to be told of their data: GDPR, articles 13 and 14. What the software does by itself is the same in every
 * territory; who answers for it, the legal basis, and how long publications stay are the territory's to say.
 */
export const PersonalData = () => {
  const t = useTexts(texts)
  const { controller, officer, basis, retention } = about
  const ofController = useContactFacts(controller, ['name', 'address'])
  const ofOfficer = useContactFacts(officer, ['name', 'email'])
  return (
    <Page title={t('about.data')}>
      <p>{t('about.data.lead')}</p>
      <Part title={t('about.data.who')}>
        <h3>{t('about.data.controller')}</h3>
        <Facts of={ofController} />
        <h3>{t('about.data.officer')}</h3>
        <Facts of={ofOfficer} />
      </Part>
      <Part title={t('about.data.why')}>
        <ul>
          <li>{t('about.data.why.account')}</li>
          <li>{t('about.data.why.news')}</li>
          <li>{t('about.data.why.seen')}</li>
          <li>{t('about.data.why.school')}</li>
          <li>{t('about.data.why.safety')}</li>
        </ul>
      </Part>
      <Part title={t('about.data.basis')}>
        <p>{basis ? <Own>{basis}</Own> : <Missing />}</p>
      </Part>
      <Part title={t('about.data.what')}>
        <p>{t('about.data.what.directory')}</p>
        <p>{t('about.data.what.you')}</p>
        <p>{t('about.data.what.device')}</p>
        <p>{t('about.data.what.none')}</p>
      </Part>
      <Part title={t('about.data.recipients')}>
        <p>{t('about.data.recipients.school')}</p>
        <p>{t('about.data.recipients.host')}</p>
      </Part>
      <Part title={t('about.data.kept')}>
        <ul>
          <li>{t('about.data.kept.session')}</li>
          <li>{t('about.data.kept.code')}</li>
          <li>{t('about.data.kept.feeds')}</li>
          <li>{t('about.data.kept.logs')}</li>
          <li>{t('about.data.kept.left', { months: erasedAfter })}</li>
        </ul>
        <p>{t('about.data.kept.territory')}</p>
        <Listed of={retention} otherwise={<Missing />} />
      </Part>
      <Part title={t('about.data.browser')}>
        <p>{t('about.data.browser.cookies')}</p>
        <p>{t('about.data.browser.kept')}</p>
      </Part>
      <Part title={t('about.data.rights')}>
        <p>{t('about.data.rights.ask')}</p>
        <p>
          {t('about.data.rights.complain')} <span lang="fr">{cnil.post}</span>, <Out to={cnil.form} />
        </p>
      </Part>
    </Page>
  )
}
