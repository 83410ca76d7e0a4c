import { useState } from 'react'
import { csvOf } from '../../../../shared/kernel/csv.ts'
import { newsContract } from '../../../../shared/news/contract.ts'
import { mostListed } from '../../../../shared/news/following-routes.ts'
import type { PublishedNews, SheetRow } from '../../../../shared/news/shapes.ts'
import { call } from '../../../platform/api.ts'
import { useTexts } from '../../../platform/catalogue.ts'
import { useDates } from '../../../platform/dates.ts'
import type { Failure } from '../../../platform/failure.ts'
import { useFailureWords } from '../../../platform/failure-words.ts'
import { saveFile } from '../../../platform/save-file.ts'
import { serverDate } from '../../../platform/server-time.ts'
import { Banner } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { Checkbox } from '../../../ui/checkbox.tsx'
import { Fold } from '../../../ui/fold.tsx'
import { useAnswerWords } from '../../answer-words.ts'
import { texts as shared } from '../../texts.ts'
import { texts as following } from '../texts.ts'
import { type Line, lineOf, type Slip, sheetMoment, slipsOf } from './columns.ts'
import { Coupons } from './coupons.tsx'
import { ListSheet } from './list-sheet.tsx'
import styles from './lists.module.css'
import { Printed } from './printed.tsx'
import { texts } from './texts.ts'

type Followed = PublishedNews & { readonly body: string }

export type ListsProps = {
  readonly news: Followed
  /** The class or group that is shown; absent: all. */
  readonly group: { readonly id: string; readonly name: string } | undefined
  /** How many people the list holds at most. */
  readonly people: number
}

type Shown = { readonly lines: readonly Line[] } | { readonly slips: readonly Slip[] }

const columns = [
  ['familyName', 'news.lists.name'],
  ['givenName', 'news.lists.given'],
  ['role', 'news.lists.is'],
  ['classes', 'news.lists.class'],
  ['children', 'news.lists.children'],
  ['seen', 'news.lists.seen'],
  ['signed', 'news.lists.signed'],
  ['paper', 'news.lists.paper'],
  ['answer', 'news.lists.answer'],
  ['words', 'news.lists.words'],
] as const

/** Lists of the readers to print or keep, and reply slips for homes without a device. */
export const Lists = ({ news, group, people }: ListsProps) => {
  const t = useTexts(texts, following, shared)
  const answerOf = useAnswerWords()
  const words = useFailureWords()
  const dates = useDates()
  const [busy, setBusy] = useState<'csv' | 'list' | 'coupons'>()
  const [failure, setFailure] = useState<Failure>()
  const [printed, setPrinted] = useState<Shown>()
  const [unseenOnly, setUnseenOnly] = useState(false)
  const [isNobody, setNobody] = useState(false)
  const of = group?.name ?? t('news.lists.everybody')

  const after = async (what: NonNullable<typeof busy>, then: (rows: readonly SheetRow[]) => void) => {
    setBusy(what)
    setFailure(undefined)
    setNobody(false)
    setPrinted(undefined)
    const reply = await call(newsContract.routes.sheet, {
      params: { news: news.id },
      query: { ...(group && { group: group.id }) },
    })
    setBusy(undefined)
    if (reply.ok) then(reply.value.items)
    else setFailure(reply.problem)
  }
  const onPaperMoment = (at: string) => `${dates.date(at)}, ${dates.time(at)}`
  const linesOf = (rows: readonly SheetRow[], moment: (at: string) => string) =>
    rows.map(row =>
      lineOf(row, news.question, {
        roleOf: role => t(`news.role.${role}`),
        answerOf,
        onPaper: t('news.answers.paper'),
        gone: t('news.answers.former'),
        former: t('news.lists.former'),
        moment,
      }),
    )
  const saveCsv = (rows: readonly SheetRow[]) => {
    const lines = linesOf(rows, sheetMoment).map(line => columns.map(([name]) => line[name]))
    const file = t('news.lists.file', { group: group?.name ?? '', date: dates.dayKey(serverDate()) })
    const name = file.replace(/[^\p{L}\p{N}.-]+/gu, '-')
    saveFile(name, csvOf([columns.map(([, key]) => t(key)), ...lines]), 'text/csv')
  }
  const { notice } = news
  const printCoupons = (rows: readonly SheetRow[]) => {
    const slips = notice === 'none' ? [] : slipsOf(rows, notice, unseenOnly)
    if (slips.length > 0) setPrinted({ slips })
    else setNobody(true)
  }
  if (people > mostListed) return <p className={styles.hint}>{t('news.lists.choose', { most: mostListed })}</p>
  return (
    <>
      <Fold name={t('news.lists')}>
        <div className={styles.acts}>
          <Button
            icon="print"
            busy={busy === 'list'}
            onClick={() => void after('list', rows => setPrinted({ lines: linesOf(rows, onPaperMoment) }))}
          >
            {t('news.lists.print')}
          </Button>
          <Button icon="download" busy={busy === 'csv'} onClick={() => void after('csv', saveCsv)}>
            {t('news.lists.csv')}
          </Button>
        </div>
        <p className={styles.hint}>{t('news.lists.hint', { whom: of })}</p>
        {notice !== 'none' && news.state === 'published' && (
          <>
            <Checkbox label={t('news.lists.unseen')} checked={unseenOnly} onChange={setUnseenOnly} />
            <div className={styles.acts}>
              <Button icon="print" busy={busy === 'coupons'} onClick={() => void after('coupons', printCoupons)}>
                {t('news.lists.coupons')}
              </Button>
            </div>
          </>
        )}
        <p role="status">{isNobody && t('news.lists.nobody')}</p>
        {failure && (
          <Banner tone="error" role="alert">
            {words(failure)}
          </Banner>
        )}
      </Fold>
      {printed && (
        <Printed onPrinted={() => setPrinted(undefined)}>
          {'lines' in printed ? (
            <ListSheet news={news} of={of} lines={printed.lines} />
          ) : (
            <Coupons news={news} slips={printed.slips} />
          )}
        </Printed>
      )}
    </>
  )
}
