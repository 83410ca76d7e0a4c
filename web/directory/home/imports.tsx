import { useInfiniteQuery } from '@tanstack/react-query'
import { directoryContract } from '../../../shared/directory/contract.ts'
import type { ImportRow } from '../../../shared/directory/imports.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useDates } from '../../platform/dates.ts'
import { readPages } from '../../platform/read.ts'
import { Icon } from '../../ui/icon.tsx'
import { List, RowLink } from '../../ui/list.tsx'
import { ReadState } from '../../ui/read-state.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Tag } from '../../ui/tag.tsx'
import { useDetail } from '../import/import-list.tsx'
import styles from './schools.module.css'
import { texts } from './schools-texts.ts'
import { importStanding } from './standing.ts'

const Held = ({ row, uai }: { readonly row: ImportRow; readonly uai: string }) => {
  const t = useTexts(texts)
  const dates = useDates()
  const people = row.held?.losses.find(({ what }) => what === 'people')
  return (
    <RowLink
      to="/imports/:school/:import"
      params={{ school: uai, import: row.id }}
      title={t('directory.home.held')}
      detail={[
        dates.dayTime(row.at),
        ...(people ? [t('directory.home.held.losing', { lost: people.lost, had: people.had })] : []),
      ].join(' · ')}
      tags={
        <Tag tone="soon" icon="pause">
          {t('directory.home.held.waits')}
        </Tag>
      }
    />
  )
}

/** The last import that was done: what was refused of it, where something was. */
const Last = ({ row, uai }: { readonly row: ImportRow; readonly uai: string }) => {
  const t = useTexts(texts)
  const dates = useDates()
  const detailOf = useDetail()
  const isWhole = row.refused === 0
  return (
    <RowLink
      to="/imports/:school/:import"
      params={{ school: uai, import: row.id }}
      lead={<Icon name={isWhole ? 'check' : 'warning'} size={20} />}
      title={
        isWhole
          ? t('directory.home.last', { when: dates.dayTime(row.at) })
          : t('directory.home.refused', { count: row.refused })
      }
      detail={isWhole ? detailOf(row) : dates.dayTime(row.at)}
    />
  )
}

type ImportsProps = {
  readonly uai: string
  readonly title: string
  /** Shows the last import where nothing waits; otherwise there is nothing then. */
  readonly isWhole: boolean
}

/** What waits for an answer among a school's imports, what was refused or never came; else how the last one went. */
export const ImportsOfSchool = ({ uai, title, isWhole }: ImportsProps) => {
  const t = useTexts(texts)
  const dates = useDates()
  const query = useInfiniteQuery(readPages(directoryContract.routes.imports, { params: { uai }, query: {} }))
  const data = query.data && {
    rows: query.data.flatMap(page => page.items),
    missed: query.data.flatMap(page => page.missed),
  }
  const standing = data && importStanding(data.rows, data.missed)
  if (!isWhole && !(standing && (standing.held.length > 0 || standing.missed || standing.last?.refused))) return null
  return (
    <section className={styles.part}>
      <h2>{title}</h2>
      <ReadState query={{ ...query, data: standing }} loading={<Skeleton rows={1} />}>
        {({ held, last, missed }) => (
          <>
            {!last && held.length === 0 && !missed && <p className={styles.counts}>{t('directory.home.none')}</p>}
            <List>
              {held.map(row => (
                <Held key={row.id} row={row} uai={uai} />
              ))}
              {missed && (
                <RowLink
                  to="/imports"
                  search={{ school: uai }}
                  lead={<Icon name="warning" size={20} />}
                  title={t('directory.home.missed', { when: dates.dayTime(missed.since) })}
                  detail={t('directory.home.missed.hint', { when: dates.dayTime(missed.at) })}
                />
              )}
              {last && (held.length + (missed ? 1 : 0) === 0 || last.refused > 0) && <Last row={last} uai={uai} />}
            </List>
          </>
        )}
      </ReadState>
    </section>
  )
}
