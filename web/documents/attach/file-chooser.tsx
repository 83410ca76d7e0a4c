import { useEffect, useState } from 'react'
import { mostAttachments } from '../../../shared/kernel/attachment.ts'
import { useMe } from '../../platform/api.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { discardFile, sendFilesSoon, useDeviceFiles } from '../../platform/device-files/device-files.ts'
import { Button } from '../../ui/button.tsx'
import { type ChosenFile, onDeviceOf } from '../../ui/files/chosen-file.ts'
import { DeviceFileState } from '../../ui/files/device-file.tsx'
import type { FileChooserProps, FilesState } from '../../ui/files/file-chooser.ts'
import { fileIcon } from '../../ui/files/kinds.ts'
import { useBytes } from '../../ui/files/sizes.ts'
import { Icon } from '../../ui/icon.tsx'
import { useSpaces } from '../data/spaces.ts'
import { AddButton } from '../upload/add-button.tsx'
import { UploadRow } from '../upload/upload-list.tsx'
import { addUploads, forgetArrived, type Upload, useUploads } from '../upload/uploads.ts'
import styles from './file-chooser.module.css'
import { OwnDocuments } from './own-documents.tsx'
import { texts } from './texts.ts'

const stateOf = (uploads: readonly Upload[]): FilesState => {
  if (uploads.some(({ step }) => step !== 'failed')) return 'sending'
  return uploads.length > 0 ? 'failed' : 'ready'
}

/** Bytes of those files that are on this device alone. */
const unsentIn = (files: readonly ChosenFile[], states: ReturnType<typeof useDeviceFiles>): number =>
  files.reduce(
    (sum, { id, length, onDevice }) => sum + (onDevice && states.get(id)?.step !== 'arrived' ? length : 0),
    0,
  )

/** The files of a form that this device keeps and the form's draft does not name: the page ended before it could. */
const leftOf = (owner: string, files: readonly ChosenFile[], states: ReturnType<typeof useDeviceFiles>): ChosenFile[] =>
  [...states.values()].flatMap(({ file }) => {
    const { id, name, type, length } = file
    const isLeft = file.owner === owner && !file.isTaken && !files.some(one => one.id === id)
    return isLeft ? [{ id, name, type, length, onDevice: true as const }] : []
  })

/** Each file once. */
const distinct = (files: readonly ChosenFile[]): ChosenFile[] => [...new Map(files.map(one => [one.id, one])).values()]

/**
 * The files chosen in a form: those that are there, those on their way with how far they are, and two ways to add more. Files of
 * the device are sent to one's own space, and go on being sent while one writes; where they are kept on the device, the
 * form need not wait for that.
 */
export const FileChooser = ({
  owner,
  most = mostAttachments,
  keep,
  files,
  onChange,
  onState,
  more,
}: FileChooserProps) => {
  const t = useTexts(texts)
  const [own] = useSpaces(useMe())
  const uploads = useUploads(owner)
  const onDevice = useDeviceFiles()
  const [leftOut, setLeftOut] = useState(0)
  const [isChoosing, setChoosing] = useState(false)
  const state = stateOf(uploads)
  const arrived = uploads.flatMap(({ id, arrived: file }) => (file ? [{ id, file }] : []))
  // biome-ignore lint/correctness/useExhaustiveDependencies: taken once for each file that arrives.
  useEffect(() => {
    if (arrived.length === 0) return
    onChange(distinct([...files, ...arrived.map(({ file }) => file)]))
    forgetArrived(arrived.map(({ id }) => id))
  }, [arrived.length])
  const left = keep && uploads.length === 0 ? leftOf(owner, files, onDevice) : []
  // biome-ignore lint/correctness/useExhaustiveDependencies: taken once.
  useEffect(() => {
    if (left.length > 0) onChange([...files, ...left].slice(0, most))
  }, [left.length])
  const kept = onDeviceOf(files).join()
  useEffect(() => {
    if (kept !== '') sendFilesSoon(kept.split(','))
  }, [kept])
  // biome-ignore lint/correctness/useExhaustiveDependencies: told when it changes.
  useEffect(() => onState(state), [state])
  const { used = 0, quota, largest } = own?.room ?? {}
  const unused = keep && quota !== undefined ? Math.max(0, quota - used - unsentIn(files, onDevice)) : undefined
  const room = most - files.length - uploads.length
  const goal = { space: 'mine', owner, largest, left: unused, keep } as const
  return (
    <div className={styles.chooser}>
      {files.length + uploads.length > 0 && (
        <ul className={styles.chosen} aria-label={t('documents.attach.chosen')}>
          {files.map(one => (
            <ChosenRow
              key={one.id}
              of={one}
              onRemove={() => {
                setLeftOut(0)
                if (one.onDevice) void discardFile(one.id)
                onChange(files.filter(({ id }) => id !== one.id))
              }}
            />
          ))}
          {uploads.map(one => !one.arrived && <UploadRow key={one.id} upload={one} />)}
        </ul>
      )}
      {room > 0 ? (
        <div className={styles.acts}>
          <AddButton icon="clip" goal={goal} most={room} onChosen={count => setLeftOut(Math.max(0, count - room))}>
            {t('documents.attach.device')}
          </AddButton>
          <Button icon="folder" onClick={() => setChoosing(true)}>
            {t('documents.attach.own')}
          </Button>
          {more?.(file => addUploads([file], goal))}
        </div>
      ) : (
        <p className={styles.note}>{t('documents.attach.full', { most })}</p>
      )}
      <p role="status" className={styles.note}>
        {leftOut > 0 && t('documents.attach.left-out', { count: leftOut, most })}
      </p>
      {room > 0 && <p className={styles.note}>{t(keep ? 'documents.attach.kept-here' : 'documents.attach.kept')}</p>}
      {isChoosing && (
        <OwnDocuments
          room={room}
          most={most}
          taken={files}
          onClose={() => setChoosing(false)}
          onChosen={more => {
            setChoosing(false)
            onChange(distinct([...files, ...more]))
          }}
        />
      )}
    </div>
  )
}

const ChosenRow = ({ of, onRemove }: { readonly of: ChosenFile; readonly onRemove: () => void }) => {
  const t = useTexts(texts)
  const bytes = useBytes()
  return (
    <li className={styles.file}>
      <span className={styles.icon}>
        <Icon name={fileIcon(of.type)} />
      </span>
      <span className={styles.words}>
        <span className={styles.name}>{of.name}</span>
        <span className={styles.size}>{bytes(of.length)}</span>
        {of.onDevice && <DeviceFileState of={of} inForm />}
      </span>
      <Button bare variant="quiet" icon="close" onClick={onRemove}>
        {t('documents.attach.remove', { name: of.name })}
      </Button>
    </li>
  )
}
