import { useState } from 'react'
import { useMe } from '../../platform/api.ts'
import { useTexts } from '../../platform/catalogue.ts'
import type { Failure } from '../../platform/failure.ts'
import { useFailureWords } from '../../platform/failure-words.ts'
import { Button } from '../../ui/button.tsx'
import { FieldError } from '../../ui/field.tsx'
import { ReadState } from '../../ui/read-state.tsx'
import { Select } from '../../ui/select.tsx'
import { useEntries } from '../data/entries.ts'
import { useFolderPath } from '../data/path.ts'
import type { ReaderSpace } from '../data/spaces.ts'
import { useSpaceName } from '../spaces/space-name.ts'
import { texts as shared } from '../texts.ts'
import styles from './acts.module.css'
import { texts } from './texts.ts'

/** A folder of a space, or the space itself. */
export type Place = { readonly space: ReaderSpace['id']; readonly folder: string | undefined }

type PlacePickerProps = {
  /** The spaces to choose from; where there is one, it is not asked for. */
  readonly spaces: readonly ReaderSpace[]
  readonly from: Place
  /** What is moved cannot be put into itself. */
  readonly without: string
  readonly act: string
  readonly failure: Failure | undefined
  readonly isSending: boolean
  readonly onPlace: (place: Place) => void
}

/** Chooses a folder, going down from the space. */
export const PlacePicker = ({ spaces, from, without, act, failure, isSending, onPlace }: PlacePickerProps) => {
  const t = useTexts(texts, shared)
  const words = useFailureWords()
  const me = useMe()
  const nameOf = useSpaceName()
  const [place, setPlace] = useState<Place>({ space: from.space, folder: undefined })
  const entries = useEntries(me, { ...place, sought: '' })
  const path = useFolderPath(place.space, place.folder, entries.known)
  const space = spaces.find(({ id }) => id === place.space)
  const above = path[path.length - 2]?.id
  const here = path[path.length - 1]?.name ?? nameOf(space ?? { label: undefined })
  return (
    <div className={styles.picker}>
      {spaces.length > 1 && (
        <Select
          label={t('documents.place.space')}
          value={place.space}
          onChange={chosen => setPlace({ space: chosen, folder: undefined })}
          options={spaces.map(one => ({ value: one.id, label: nameOf(one) }))}
        />
      )}
      <p>{t('documents.place.here', { name: here })}</p>
      <ReadState query={entries.query}>
        {rows => {
          const folders = rows.filter(({ file, id }) => !file && id !== without)
          return (
            <ul className={styles.folders} aria-label={t('documents.place.folders')}>
              {place.folder !== undefined && (
                <li>
                  <Button variant="quiet" icon="back" onClick={() => setPlace({ ...place, folder: above })}>
                    {t('documents.place.up')}
                  </Button>
                </li>
              )}
              {folders.map(({ id, name }) => (
                <li key={id}>
                  <Button variant="quiet" icon="folder" onClick={() => setPlace({ ...place, folder: id })}>
                    {name}
                  </Button>
                </li>
              ))}
              {folders.length === 0 && place.folder === undefined && (
                <li className={styles.note}>{t('documents.place.none')}</li>
              )}
            </ul>
          )
        }}
      </ReadState>
      {failure && <FieldError role="alert">{words(failure)}</FieldError>}
      <Button variant="primary" busy={isSending} onClick={() => onPlace(place)}>
        {act}
      </Button>
    </div>
  )
}
