import { useQueryClient } from '@tanstack/react-query'
import type { Me } from '../../../shared/session/contract.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useDates } from '../../platform/dates.ts'
import type { Failure } from '../../platform/failure.ts'
import { useFailureWords } from '../../platform/failure-words.ts'
import { useWrite } from '../../platform/write.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { type ChildFace, ChildMark } from '../../ui/child-mark.tsx'
import { Icon } from '../../ui/icon.tsx'
import { askAgain } from '../data/article.ts'
import type { Signing } from '../data/reading.ts'
import { writes } from '../writes.ts'
import styles from './signature.module.css'
import { texts } from './texts.ts'

type SignatureProps = {
  readonly news: string
  /** Of the text that is shown. */
  readonly edition: number
  readonly signing: Signing
  readonly me: Me
  readonly faces: ReadonlyMap<string, ChildFace>
}

const Signed = ({ children }: { readonly children: string }) => (
  <p className={styles.signed}>
    <Icon name="check" />
    {children}
  </p>
)

/** Signs for oneself or for one child. The signature is shown as given only after the API's answer. */
const SignButton = ({
  news,
  edition,
  pupil,
  children,
}: {
  readonly news: string
  readonly edition: number
  readonly pupil?: string
  readonly children: string
}) => {
  const words = useFailureWords()
  const client = useQueryClient()
  const { send, state, failure } = useWrite(writes.sign)
  const body = { ...(pupil !== undefined && { pupil }), ...(edition > 1 && { edition }) }
  const onFailed = ({ type }: Failure) => {
    if (type === 'text-changed') askAgain(client, news)
  }
  return (
    <>
      <Button
        variant="primary"
        icon="pen"
        busy={state === 'sending'}
        onClick={() => send({ params: { news }, body }, { onFailed })}
      >
        {children}
      </Button>
      {failure && (
        <Banner tone="error" role="alert">
          {words(failure)}
        </Banner>
      )}
    </>
  )
}

/** What a guardian is asked to sign, and what is signed. */
export const Signature = ({ news, edition, signing, me, faces }: SignatureProps) => {
  const t = useTexts(texts)
  const dates = useDates()
  if (signing.by === 'nobody') return null
  return (
    <section className={styles.signature} aria-labelledby="signature">
      <h2 id="signature">{t('news.sign.title')}</h2>
      <p className={styles.how}>{t(signing.by === 'guardian' ? 'news.sign.each' : 'news.sign.once')}</p>
      <div aria-live="polite" className={styles.acts}>
        {signing.by === 'guardian' &&
          (signing.signedAt === undefined ? (
            <SignButton key={edition} news={news} edition={edition}>
              {t('news.sign')}
            </SignButton>
          ) : (
            <Signed>{t('news.signed.at', { when: dates.dayTime(signing.signedAt) })}</Signed>
          ))}
        {signing.by === 'pupil' &&
          signing.children.map(({ id, signed }) => {
            const child = me.children.find(one => one.id === id)?.givenName ?? ''
            const face = faces.get(id)
            return (
              <div key={id} className={styles.act}>
                {face && <ChildMark face={face} silent />}
                {signed ? (
                  <Signed>{t('news.signed.for', { child })}</Signed>
                ) : (
                  <SignButton key={edition} news={news} edition={edition} pupil={id}>
                    {t('news.sign.for', { child })}
                  </SignButton>
                )}
              </div>
            )
          })}
      </div>
    </section>
  )
}
