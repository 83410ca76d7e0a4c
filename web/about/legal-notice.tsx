import { useTexts } from '../platform/catalogue.ts'
import { about } from './about.ts'
import { Facts, Out, Own, useContactFacts } from './facts.tsx'
import { texts } from './legal-texts.ts'
import { Page, Part } from './page.tsx'

/** What a publisher must tell of itself: loi n° 2004-575, articles 6 and 19. */
const needed = ['name', 'address', 'phone'] as const

/** The legal notice: who publishes the service, who directs the publication, who hosts it, what the software is. */
export const LegalNotice = () => {
  const t = useTexts(texts)
  const { publisher, director, host, source } = about
  const ofPublisher = useContactFacts(publisher, [...needed, 'email'])
  const ofHost = useContactFacts(host, needed)
  return (
    <Page title={t('about.legal')}>
      <p>{t('about.legal.lead')}</p>
      <Part title={t('about.legal.publisher')}>
        <Facts
          of={[...ofPublisher, ...(publisher?.number ? [[t('about.legal.number'), publisher.number] as const] : [])]}
        />
      </Part>
      <Part title={t('about.legal.publication')}>
        <Facts of={[[t('about.legal.director'), director && <Own>{director}</Own>]]} />
        <p>{t('about.legal.content')}</p>
      </Part>
      <Part title={t('about.legal.host')}>
        <Facts of={ofHost} />
      </Part>
      <Part title={t('about.legal.software')}>
        <p>{t('about.legal.licence')}</p>
        <Facts of={[[t('about.legal.source'), source && <Out to={source} />]]} />
        <p>{t('about.legal.font')}</p>
        <p>{t('about.legal.passwords')}</p>
      </Part>
    </Page>
  )
}
