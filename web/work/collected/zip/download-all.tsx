import { useRef, useState } from 'react'
import { cleanName } from '../../../../shared/kernel/file-name.ts'
import type { CollectedHandIn } from '../../../../shared/work/hand-in.ts'
import type { PieceSummary } from '../../../../shared/work/shapes.ts'
import { useTexts } from '../../../platform/catalogue.ts'
import { saveBlob } from '../../../platform/save-file.ts'
import { Bar } from '../../../ui/bar.tsx'
import { Button } from '../../../ui/button.tsx'
import { FieldError } from '../../../ui/field.tsx'
import styles from '../collected.module.css'
import { texts } from './texts.ts'

type DownloadAllProps = { readonly of: PieceSummary; readonly items: readonly CollectedHandIn[] }

/** Downloads what a class handed in as one archive, made here of each pupil's files. */
export const DownloadAll = ({ of, items }: DownloadAllProps) => {
  const t = useTexts(texts)
  const [files, setFiles] = useState<number>()
  const [isFailed, setFailed] = useState(false)
  const aborting = useRef<AbortController>(undefined)
  const handedIn = items.filter(({ current }) => current)
  const all = handedIn.reduce((sum, { current }) => sum + (current?.fileCount ?? 0), 0)
  const download = async () => {
    const controller = new AbortController()
    aborting.current = controller
    setFiles(0)
    setFailed(false)
    const words = {
      text: t('work.zip.text'),
      missing: t('work.zip.missing'),
      nameless: t('work.zip.nameless'),
      why: {
        waiting: t('work.zip.waiting'),
        infected: t('work.zip.infected'),
        unscannable: t('work.zip.unscannable'),
      },
    }
    try {
      // Only whoever downloads needs its code.
      const { zipOf } = await import('./zip.ts')
      const { signal } = controller
      const zip = await zipOf({ piece: of.id, items: handedIn, words, onDone: setFiles, signal })
      saveBlob(`${cleanName(`${of.group.name} ${of.title}`) ?? of.id}.zip`, zip)
    } catch {
      setFailed(!controller.signal.aborted)
    }
    setFiles(undefined)
  }
  if (handedIn.length === 0) return null
  if (files !== undefined)
    return (
      <div className={styles.zipping} role="status">
        <p className={styles.soft}>{t('work.zip.doing', { files, all })}</p>
        <Bar part={files} whole={all} />
        <Button variant="quiet" onClick={() => aborting.current?.abort()}>
          {t('work.zip.stop')}
        </Button>
      </div>
    )
  return (
    <>
      <Button icon="download" onClick={() => void download()}>
        {t('work.zip')}
      </Button>
      {isFailed && <FieldError role="alert">{t('work.zip.failed')}</FieldError>}
    </>
  )
}
