import { createPortal } from 'react-dom'
import { encode } from 'uqr'
import type { IssuedCode } from '../../shared/directory/contract.ts'
import { activationAddress, pathOf, type SheetPage, type Strip, sheetOf } from '../../shared/directory/sheet.ts'
import { useTexts } from '../platform/catalogue.ts'
import { useDates } from '../platform/dates.ts'
import { currentLanguage } from '../platform/language.ts'
import { serverDate } from '../platform/server-time.ts'
import { classes } from '../ui/classes.ts'
import styles from './sheet.module.css'
import { texts } from './texts.ts'

/** What people call the territory, as it follows its address in a sentence; empty: nothing. */
const territory: string = import.meta.env.VITE_TERRITORY ?? ''

/** Error correction that survives a fold and a stain: 15 % of the code. */
const QrCode = ({ address }: { readonly address: string }) => {
  const { data, size } = encode(address, { ecc: 'M', border: 0 })
  return (
    <svg viewBox={`0 0 ${size} ${size}`} className={styles.qr} aria-hidden="true">
      <path d={pathOf(data)} />
    </svg>
  )
}

/** Names that take two lines: they are set smaller, so that all strips are of one height. */
const isLong = ({ under, to = '', login }: Strip): boolean => under.length > 26 || to.length > 26 || login.length > 30

const Cut = ({ strip, school }: { readonly strip: Strip; readonly school: string }) => {
  const t = useTexts(texts)
  const dates = useDates()
  const place = [strip.className ?? t(`directory.is.${strip.role}`), school].join(' · ')
  return (
    <section className={classes(styles.strip, isLong(strip) && styles.long)}>
      <QrCode address={activationAddress(location.origin, strip.login)} />
      <p className={styles.soft}>{place}</p>
      <h2>{strip.under}</h2>
      {strip.to && (
        <p className={styles.to}>
          {t('directory.sheet.to')} <b>{strip.to}</b>
        </p>
      )}
      {strip.alsoOf.length > 0 && (
        <p className={styles.also}>{t('directory.sheet.also', { children: strip.alsoOf.join(' ; ') })}</p>
      )}
      <p className={styles.how}>
        {t('directory.sheet.go')} <b>{location.host}</b>
        {territory ? `, ${territory}.` : '.'}
      </p>
      <dl className={styles.facts}>
        <div>
          <dt>{t('directory.codes.login')}</dt>
          <dd className={styles.login}>{strip.login}</dd>
        </div>
        <div>
          <dt>{t('directory.sheet.until', { date: dates.date(strip.expiresAt) })}</dt>
          <dd className={styles.code}>{strip.code}</dd>
        </div>
      </dl>
    </section>
  )
}

const Heading = ({ page }: { readonly page: SheetPage }) => {
  const t = useTexts(texts)
  const what = t(`directory.role.${page.role}`)
  const listed = new Intl.ListFormat(currentLanguage(), { type: 'conjunction' }).format(page.classes)
  return <h1>{page.classes.length > 0 ? `${listed}, ${what.charAt(0).toLowerCase()}${what.slice(1)}` : what}</h1>
}

/**
 * The sheet of codes to cut, which is printed in place of the page (base.css hides all else of a page that has one). Not
 * shown on the screen.
 */
export const Sheet = ({ codes, school }: { readonly codes: readonly IssuedCode[]; readonly school: string }) => {
  const t = useTexts(texts)
  const dates = useDates()
  const pages = sheetOf(codes)
  return createPortal(
    <div className={styles.sheet} data-printed>
      {pages.map((page, at) => (
        <article key={page.strips[0]?.person} className={styles.page}>
          <header className={styles.top}>
            <Heading page={page} />
            <p>
              {t('directory.sheet.page', {
                number: at + 1,
                of: pages.length,
                school,
                date: dates.date(serverDate()),
              })}
            </p>
          </header>
          <div className={styles.strips}>
            {page.strips.map(strip => (
              <Cut key={strip.person} strip={strip} school={school} />
            ))}
          </div>
        </article>
      ))}
    </div>,
    document.body,
  )
}
