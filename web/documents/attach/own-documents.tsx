import { useState } from 'react'
import { useMe } from '../../platform/api.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useDebounced } from '../../platform/debounced.ts'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import type { ChosenFile } from '../../ui/files/chosen-file.ts'
import { useBytes } from '../../ui/files/sizes.ts'
import { ListEnd } from '../../ui/list-end.tsx'
import { ReadState } from '../../ui/read-state.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { texts as acts } from '../acts/texts.ts'
import { useEntries } from '../data/entries.ts'
import type { ShownEntry } from '../data/order.ts'
import { useFolderPath } from '../data/path.ts'
import { texts as shared } from '../texts.ts'
import styles from './file-chooser.module.css'
import { texts } from './texts.ts'

/** Milliseconds without a further letter after which a name is sought; and the longest one. */
const typing = 300
const longestSearch = 100

type OwnDocumentsProps = {
  /** How many may be chosen, and how many there may be in all. */
  readonly room: number
  readonly most: number
  readonly taken: readonly ChosenFile[]
  readonly onChosen: (files: readonly ChosenFile[]) => void
  readonly onClose: () => void
}

/** What may be handed on: nothing that a scan has not found clean, though it may still be scanned. */
const chosenOf = ({ id, name, file }: ShownEntry): ChosenFile[] =>
  file && (file.scan === 'clean' || file.scan === 'waiting') ? [{ id, name, length: file.length, type: file.type }] : []

/** Chooses documents of one's own space, folder by folder or by their names. */
export const OwnDocuments = ({ room, most, taken, onChosen, onClose }: OwnDocumentsProps) => {
  const t = useTexts(texts, shared, acts)
  const bytes = useBytes()
  const me = useMe()
  const [folder, setFolder] = useState<string>()
  const [sought, setSought] = useState('')
  const [chosen, setChosen] = useState<readonly ChosenFile[]>([])
  const entries = useEntries(me, { space: 'mine', folder, sought: useDebounced(sought.trim(), typing) })
  const path = useFolderPath('mine', folder, entries.known)
  const isTaken = (id: string) => taken.some(one => one.id === id)
  const isFull = chosen.length >= room
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('documents.attach.title')}
      actions={
        <Button variant="primary" disabled={chosen.length === 0} onClick={() => onChosen(chosen)}>
          {t('documents.attach.add', { count: chosen.length })}
        </Button>
      }
    >
      <div className={styles.picker}>
        <SearchField label={t('documents.search')} maxLength={longestSearch} value={sought} onChange={setSought} />
        {folder !== undefined && (
          <Button variant="quiet" icon="back" onClick={() => setFolder(path[path.length - 2]?.id)}>
            {t('documents.place.up')}
          </Button>
        )}
        <ReadState query={entries.query}>
          {rows => (
            <>
              <ul className={styles.entries} aria-label={t('documents.list')}>
                {rows.map(entry => {
                  const { id, name, file } = entry
                  const [one] = chosenOf(entry)
                  if (!file)
                    return (
                      <li key={id}>
                        <Button
                          variant="quiet"
                          icon="folder"
                          onClick={() => {
                            setSought('')
                            setFolder(id)
                          }}
                        >
                          {name}
                        </Button>
                      </li>
                    )
                  const isChosen = chosen.some(other => other.id === id)
                  return (
                    one && (
                      <li key={id}>
                        <Checkbox
                          label={name}
                          hint={bytes(one.length)}
                          checked={isChosen || isTaken(id)}
                          disabled={isTaken(id) || (isFull && !isChosen)}
                          onChange={is => setChosen(is ? [...chosen, one] : chosen.filter(other => other.id !== id))}
                        />
                      </li>
                    )
                  )
                })}
                {rows.every(entry => entry.file && chosenOf(entry).length === 0) && (
                  <li className={styles.note}>{t('documents.attach.none')}</li>
                )}
              </ul>
              <ListEnd query={entries.end} />
            </>
          )}
        </ReadState>
        {isFull && (
          <p role="status" className={styles.note}>
            {t('documents.attach.full', { most })}
          </p>
        )}
      </div>
    </Dialog>
  )
}
