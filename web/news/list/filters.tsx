import type { Me } from '../../../shared/session/contract.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { type ChildFace, ChildMark } from '../../ui/child-mark.tsx'
import { Segments } from '../../ui/segments.tsx'
import { awaitsSignature, type ReaderNews } from '../data/reading.ts'
import styles from './filters.module.css'
import { type Filter, shows } from './rows.ts'
import { texts } from './texts.ts'

export type FiltersProps = {
  /** Unread items are counted among the newest of each audience, which the boards hold; older ones are not. */
  readonly newest: readonly ReaderNews[]
  /** All notices that are open. */
  readonly notices: readonly ReaderNews[]
  /** False where there may be more of them than are known. */
  readonly isAll: { readonly unread: boolean; readonly sign: boolean }
  readonly me: Me
  readonly faces: ReadonlyMap<string, ChildFace>
  readonly filter: Filter
  readonly onFilter: (change: Filter) => void
}

/** The options of the filter by child or school; none for readers with one of each. */
const useWhose = (me: Me, faces: FiltersProps['faces']) => {
  const t = useTexts(texts)
  const children = me.children.length > 1 ? me.children : []
  const childSchools = new Set(children.map(child => child.uai))
  const schools = me.schools.length > 1 ? me.schools.filter(({ uai }) => !childSchools.has(uai)) : []
  if (children.length + schools.length === 0) return []
  return [
    { value: '', label: children.length > 0 && schools.length === 0 ? t('news.child.all') : t('news.filter.all') },
    ...children.map(child => {
      const face = faces.get(child.id)
      return {
        value: child.id,
        label: (
          <>
            {face && <ChildMark face={face} silent />}
            {child.givenName}
          </>
        ),
      }
    }),
    ...schools.map(({ uai, name }) => ({ value: uai, label: name })),
  ]
}

/** The filters of the list. */
export const Filters = ({ newest, notices, isAll, me, faces, filter, onFilter }: FiltersProps) => {
  const t = useTexts(texts)
  const whose = useWhose(me, faces)
  const toSign = notices.filter(row => awaitsSignature(row.signing)).length
  const counts = { all: undefined, unread: newest.filter(row => row.unread).length, sign: toSign }
  const asks = me.children.length > 0
  return (
    <div className={styles.filters}>
      <Segments
        label={t('news.show')}
        value={filter.show ?? 'all'}
        onChange={show => onFilter({ show: show === 'all' ? undefined : show })}
        segments={shows
          .filter(show => show !== 'sign' || asks)
          .map(show => {
            const count = counts[show]
            const isAtLeast = show !== 'all' && !isAll[show]
            return { value: show, label: t(`news.filter.${show}`), ...(count ? { count, isAtLeast } : {}) }
          })}
      />
      {whose.length > 0 && (
        <Segments
          label={t(me.children.length > 1 ? 'news.child' : 'news.school')}
          value={filter.of ?? ''}
          onChange={of => onFilter({ of: of || undefined })}
          segments={whose}
        />
      )}
    </div>
  )
}
