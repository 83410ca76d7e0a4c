import { useTexts } from '../platform/catalogue.ts'
import { about } from './about.ts'
import { Facts, Missing, Own, useContactFacts } from './facts.tsx'
import { Page, Part } from './page.tsx'
import { texts } from './texts.ts'

/** Help: how to get in, what to do where something is missing, whom to ask. */
export const Help = () => {
  const t = useTexts(texts)
  const { help } = about
  const facts = useContactFacts(help, [])
  return (
    <Page title={t('about.help')}>
      <Part title={t('about.help.enter')}>
        <p>{t('about.help.first')}</p>
        <p>{t('about.help.forgotten')}</p>
        <p>{t('about.help.attempts')}</p>
        <p>{t('about.help.suspended')}</p>
      </Part>
      <Part title={t('about.help.device')}>
        <p>{t('about.help.browser')}</p>
        <p>{t('about.help.shared')}</p>
        <p>{t('about.help.lost')}</p>
        <p>{t('about.help.offline')}</p>
      </Part>
      <Part title={t('about.help.wrong')}>
        <p>{t('about.help.directory')}</p>
        <p>{t('about.help.news')}</p>
      </Part>
      <Part title={t('about.help.contact')}>
        <p>{t('about.help.school')}</p>
        {facts.length > 0 ? (
          <Facts
            of={[
              ...facts,
              ...(help?.hours ? [[t('about.contact.hours'), <Own key="hours">{help.hours}</Own>] as const] : []),
            ]}
          />
        ) : (
          <Missing />
        )}
      </Part>
    </Page>
  )
}
