import { type ComponentType, useEffect, useRef, useState } from 'react'
import type { IssuedCode } from '../../shared/directory/contract.ts'
import { byHanding } from '../../shared/directory/sheet.ts'
import { listName } from '../../shared/kernel/names.ts'
import { useTexts } from '../platform/catalogue.ts'
import { useDates } from '../platform/dates.ts'
import type { Failure } from '../platform/failure.ts'
import { useFailureWords } from '../platform/failure-words.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import styles from './codes.module.css'
import { Leaving } from './leaving.tsx'
import { texts } from './texts.ts'

type SheetProps = { readonly codes: readonly IssuedCode[]; readonly school: string }

/** The sheet's file and its QR codes, which are fetched once there are codes to print. */
const useSheet = () => {
  const [Sheet, setSheet] = useState<ComponentType<SheetProps>>()
  const [tries, setTries] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked for again at each try.
  useEffect(() => {
    let gone = false
    import('./sheet.tsx').then(
      loaded => gone || setSheet(() => loaded.Sheet),
      () => {},
    )
    return () => {
      gone = true
    }
  }, [tries])
  return { Sheet, again: () => setTries(count => count + 1) }
}

const ofWhom = ({ className, children }: IssuedCode): string =>
  children.length > 0
    ? children.map(child => [child.givenName, child.className].filter(Boolean).join(', ')).join(' ; ')
    : (className ?? '')

type CodesProps = SheetProps & {
  /** Why not all who were chosen have one. */
  readonly failure?: Failure | undefined
  readonly onDone: () => void
}

/** New activation codes: shown only once, and printed as a sheet to cut and hand out. */
export const Codes = ({ codes, school, failure, onDone }: CodesProps) => {
  const t = useTexts(texts)
  const why = useFailureWords()
  const dates = useDates()
  const heading = useRef<HTMLHeadingElement>(null)
  const [printed, setPrinted] = useState(false)
  const { Sheet, again } = useSheet()
  useEffect(() => heading.current?.focus(), [])
  useEffect(() => {
    if (!Sheet) return undefined
    document.documentElement.dataset.prints = 'codes'
    const onPrinted = () => setPrinted(true)
    addEventListener('afterprint', onPrinted)
    return () => {
      delete document.documentElement.dataset.prints
      removeEventListener('afterprint', onPrinted)
    }
  }, [Sheet])
  const inOrder = [...codes].sort(byHanding)
  return (
    <section className={styles.codes}>
      <h2 ref={heading} tabIndex={-1}>
        {t('directory.codes', { count: codes.length })}
      </h2>
      {failure && (
        <Banner tone="error" role="alert">
          {t('directory.codes.stopped')}{' '}
          {failure.type === 'not-allowed' ? t('directory.issue.not-allowed') : why(failure)}
        </Banner>
      )}
      <Banner tone="warn">{t('directory.codes.once')}</Banner>
      <div className={styles.actions}>
        <Button variant="primary" icon="print" onClick={() => (Sheet ? print() : again())}>
          {t('directory.codes.print')}
        </Button>
        <Button onClick={onDone}>{t('directory.codes.done')}</Button>
      </div>
      <ul className={styles.strips}>
        {inOrder.map(code => (
          <li key={code.person} className={styles.strip}>
            <p className={styles.name}>
              {listName(code)} <span className={styles.class}>{ofWhom(code)}</span>
            </p>
            <dl className={styles.facts}>
              <div>
                <dt>{t('directory.codes.login')}</dt>
                <dd>{code.login}</dd>
              </div>
              <div>
                <dt>{t('directory.sheet.until', { date: dates.date(code.expiresAt) })}</dt>
                <dd className={styles.code}>{code.code.replaceAll('-', ' ')}</dd>
              </div>
            </dl>
          </li>
        ))}
      </ul>
      {Sheet && <Sheet codes={codes} school={school} />}
      <Leaving unseen={!printed} />
    </section>
  )
}
