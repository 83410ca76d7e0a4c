import { useState } from 'react'
import { useTexts } from '../../platform/catalogue.ts'
import { useFailureWords } from '../../platform/failure-words.ts'
import { useWrite } from '../../platform/write.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { toast } from '../../ui/toast.tsx'
import type { ShownEntry } from '../data/order.ts'
import type { ReaderSpace } from '../data/spaces.ts'
import { texts as shared } from '../texts.ts'
import { AddButton } from '../upload/add-button.tsx'
import { writes } from '../writes.ts'
import styles from './acts.module.css'
import { NameForm } from './name-form.tsx'
import { PlacePicker } from './place-picker.tsx'
import { texts } from './texts.ts'
import { Versions } from './versions.tsx'

type EntryActsProps = {
  readonly entry: ShownEntry
  readonly space: ReaderSpace
  readonly spaces: readonly ReaderSpace[]
  /** True of somebody who may change it: their own, or any where they are no pupil. */
  readonly manages: boolean
  /** Once it stands no more where it stood. */
  readonly onGone: () => void
  /** Once something was done with it. */
  readonly onDone?: () => void
}

const isServed = ({ file }: ShownEntry): boolean => file !== undefined && file.scan !== 'infected'

/** False where nothing can be done with it: another's folder, or what is infected. */
export const hasActs = (entry: ShownEntry, manages: boolean): boolean => manages || isServed(entry)

/** Puts something into the trash, which can be undone. */
const useTrash = () => {
  const t = useTexts(texts)
  const words = useFailureWords()
  const removing = useWrite(writes.remove)
  const restoring = useWrite(writes.restore)
  const onFailed = (failure: Parameters<typeof words>[0]) => toast({ text: words(failure) })
  return ({ id, name }: ShownEntry, space: ReaderSpace['id'], onGone: () => void) => {
    const input = { params: { space, entry: id } }
    removing.send(input, {
      onDone: () => {
        onGone()
        toast({ text: t('documents.removed', { name }), undo: () => restoring.send(input, { onFailed }) })
      },
      onFailed,
    })
  }
}

/** What can be done with a document or folder, as buttons. */
export const EntryActs = ({ entry, space, spaces, manages, onGone, onDone }: EntryActsProps) => {
  const t = useTexts(texts, shared)
  const [shown, setShown] = useState<'rename' | 'move' | 'copy' | 'versions'>()
  const changing = useWrite(writes.change)
  const copying = useWrite(writes.copy)
  const trash = useTrash()
  const words = useFailureWords()
  const onFailed = (failure: Parameters<typeof words>[0]) => toast({ text: words(failure) })
  const { id, name, file, folder } = entry
  const close = () => {
    setShown(undefined)
    changing.reset()
    copying.reset()
  }
  const params = { space: space.id, entry: id }
  const from = { space: space.id, folder }
  const end = (said?: string, undo?: () => void) => {
    close()
    onDone?.()
    if (said !== undefined) toast({ text: said, ...(undo && { undo }) })
  }
  return (
    <div className={styles.acts}>
      {manages && (
        <>
          <Button icon="pen" onClick={() => setShown('rename')}>
            {t('documents.rename')}
          </Button>
          <Button icon="move" onClick={() => setShown('move')}>
            {t('documents.move')}
          </Button>
        </>
      )}
      {isServed(entry) && (
        <Button icon="copy" onClick={() => setShown('copy')}>
          {t('documents.copy')}
        </Button>
      )}
      {file && manages && (
        <AddButton
          icon="upload"
          onChosen={() => end()}
          goal={{ space: space.id, folder, replaces: id, largest: space.room?.largest }}
        >
          {t('documents.replace')}
        </AddButton>
      )}
      {file && (entry.versions ?? 1) > 1 && (
        <Button icon="clock" onClick={() => setShown('versions')}>
          {t('documents.versions.see', { count: entry.versions ?? 1 })}
        </Button>
      )}
      {manages && (
        <Button variant="danger" icon="trash" onClick={() => trash(entry, space.id, onGone)}>
          {t('documents.remove')}
        </Button>
      )}
      <Dialog open={shown === 'rename'} onClose={close} title={t('documents.rename.title')}>
        <NameForm
          name={name}
          act={t('documents.rename')}
          failure={changing.failure}
          isSending={changing.state === 'sending'}
          onName={changed => changing.send({ params, body: { name: changed } }, { onDone: () => end() })}
        />
      </Dialog>
      <Dialog open={shown === 'move'} onClose={close} title={t('documents.move.title', { name })}>
        <PlacePicker
          spaces={[space]}
          from={from}
          without={id}
          act={t('documents.move.here')}
          failure={changing.failure}
          isSending={changing.state === 'sending'}
          onPlace={to =>
            changing.send(
              { params, body: { folder: to.folder ?? null } },
              {
                onDone: () =>
                  end(t('documents.moved', { name }), () =>
                    changing.send({ params, body: { folder: folder ?? null } }, { onFailed }),
                  ),
              },
            )
          }
        />
      </Dialog>
      <Dialog open={shown === 'copy'} onClose={close} title={t('documents.copy.title', { name })}>
        <PlacePicker
          spaces={spaces}
          from={from}
          without={id}
          act={t('documents.copy.here')}
          failure={copying.failure}
          isSending={copying.state === 'sending'}
          onPlace={to =>
            copying.send(
              {
                params: { space: to.space },
                body: { from: space.id, entry: id, ...(to.folder !== undefined && { folder: to.folder }) },
              },
              { onDone: () => end(t('documents.copied', { name })) },
            )
          }
        />
      </Dialog>
      <Dialog open={shown === 'versions'} onClose={close} title={t('documents.versions')}>
        <Versions entry={entry} space={space} />
      </Dialog>
    </div>
  )
}
