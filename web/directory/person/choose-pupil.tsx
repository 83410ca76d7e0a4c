import { useInfiniteQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { directoryContract } from '../../../shared/directory/contract.ts'
import { listName } from '../../../shared/kernel/names.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useDebounced } from '../../platform/debounced.ts'
import { readPages } from '../../platform/read.ts'
import { SearchField } from '../../ui/search-field.tsx'
import { longestSearch, searchOf } from '../search-of.ts'
import styles from './person.module.css'
import { texts } from './texts.ts'

export type Pupil = { readonly id: string; readonly name: string }

type ChoosePupilProps = {
  readonly uai: string
  readonly chosen: Pupil | undefined
  readonly onChoose: (pupil: Pupil | undefined) => void
  readonly error: string | false
}

/** Pupils found at most: more letters find fewer. */
const mostShown = 6

/** A pupil of the school, found by name. */
export const ChoosePupil = ({ uai, chosen, onChoose, error }: ChoosePupilProps) => {
  const t = useTexts(texts)
  const name = useId()
  const [typed, setTyped] = useState('')
  const search = useDebounced(searchOf(typed), 250)
  const query = useInfiniteQuery({
    ...readPages(directoryContract.routes.people, { params: { uai }, query: { search, role: 'pupil' } }),
    enabled: search !== '',
  })
  const found = search === '' ? [] : (query.data?.flatMap(page => page.items) ?? []).slice(0, mostShown)
  return (
    <>
      <SearchField
        label={t('directory.person.pupil')}
        hint={t('directory.person.pupil.hint')}
        value={typed}
        maxLength={longestSearch}
        onChange={next => {
          setTyped(next)
          onChoose(undefined)
        }}
        error={error}
      />
      {found.length > 0 && (
        <fieldset className={styles.choices} aria-label={t('directory.person.pupil')}>
          {found.map(pupil => (
            <label key={pupil.id} className={styles.choice}>
              <input
                type="radio"
                name={name}
                checked={chosen?.id === pupil.id}
                onChange={() => onChoose({ id: pupil.id, name: listName(pupil) })}
              />
              <span>{[listName(pupil), ...pupil.classes.map(of => of.name)].join(' · ')}</span>
            </label>
          ))}
        </fieldset>
      )}
    </>
  )
}
