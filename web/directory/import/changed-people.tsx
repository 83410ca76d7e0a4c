import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { directoryContract } from '../../../shared/directory/contract.ts'
import type { ChangedPerson, ImportPage } from '../../../shared/directory/imports.ts'
import { listName } from '../../../shared/kernel/names.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useNumber } from '../../platform/numbers.ts'
import { readPages } from '../../platform/read.ts'
import { Button } from '../../ui/button.tsx'
import { Link } from '../../ui/link.tsx'
import { ListEnd } from '../../ui/list-end.tsx'
import { ReadState } from '../../ui/read-state.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import styles from './import.module.css'
import { detailOf } from './report.ts'
import { texts } from './texts.ts'

type Kind = ImportPage['changes'][number]

/** People shown before all are asked for. */
const atFirst = 4

const Person = ({ person, kind }: { readonly person: ChangedPerson; readonly kind: Kind['kind'] }) => {
  const t = useTexts(texts)
  return (
    <li className={styles.person}>
      {kind === 'left' ? (
        // Who left for another school has a page there alone.
        <span className={styles.name}>{listName(person)}</span>
      ) : (
        <Link to="/directory/people/:person" params={{ person: person.id }} className={styles.name}>
          {listName(person)}
        </Link>
      )}
      <span className={styles.soft}>{detailOf(t, person, kind, 3)}</span>
    </li>
  )
}

/** All people of a kind, a hundred at a time. */
const Everybody = ({ of, uai, kind }: { readonly of: ImportPage; readonly uai: string; readonly kind: Kind }) => {
  const t = useTexts(texts)
  const query = useInfiniteQuery(
    readPages(directoryContract.routes.importPeople, {
      params: { uai, import: of.id },
      query: { kind: kind.kind },
    }),
  )
  const people = query.data?.flatMap(page => page.items)
  return (
    <ReadState query={{ ...query, data: people }} loading={<Skeleton rows={atFirst} />}>
      {found => (
        <>
          <ul className={styles.card}>
            {found.map(person => (
              <Person key={person.id} person={person} kind={kind.kind} />
            ))}
          </ul>
          {!query.hasNextPage && found.length < kind.count && (
            <p className={styles.soft}>{t('directory.import.erased', { count: kind.count - found.length })}</p>
          )}
          {found.length < kind.count && <ListEnd query={query} />}
        </>
      )}
    </ReadState>
  )
}

/** People whom an import changed in one way: how many, the first of them, and all on demand. */
export const ChangedPeople = ({
  of,
  uai,
  kind,
  opened,
}: {
  readonly of: ImportPage
  readonly uai: string
  readonly kind: Kind
  readonly opened: boolean
}) => {
  const t = useTexts(texts)
  const [open, setOpen] = useState(false)
  const number = useNumber()
  const { count, people } = kind
  const id = `kind-${kind.kind}`
  return (
    <section className={styles.kind} aria-labelledby={id}>
      <h3 id={id} tabIndex={-1}>
        <span className={styles.count}>{number(count)}</span> {t(`directory.import.kind.${kind.kind}`, { count })}
      </h3>
      {people.length === 0 ? (
        <p className={styles.soft}>{t('directory.import.unnamed')}</p>
      ) : open || opened ? (
        <Everybody of={of} uai={uai} kind={kind} />
      ) : (
        <ul className={styles.card}>
          {people.slice(0, atFirst).map(person => (
            <Person key={person.id} person={person} kind={kind.kind} />
          ))}
          {count > atFirst && (
            <li>
              <Button variant="quiet" onClick={() => setOpen(true)}>
                {t('directory.import.others', { count: count - atFirst })}
              </Button>
            </li>
          )}
        </ul>
      )}
    </section>
  )
}
