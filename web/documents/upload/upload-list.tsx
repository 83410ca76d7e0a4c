import { useTexts } from '../../platform/catalogue.ts'
import type { Failure } from '../../platform/failure.ts'
import { useFailureWords } from '../../platform/failure-words.ts'
import { useOnline } from '../../platform/online.ts'
import { Bar } from '../../ui/bar.tsx'
import { Button } from '../../ui/button.tsx'
import { useBytes } from '../../ui/files/sizes.ts'
import { Icon } from '../../ui/icon.tsx'
import { VisuallyHidden } from '../../ui/visually-hidden.tsx'
import { isRefusal } from './send.ts'
import { texts } from './texts.ts'
import styles from './upload-list.module.css'
import { cancelUpload, retryUpload, type Upload, useUploads } from './uploads.ts'

/** Why a file was not sent, with both figures where there is too little room. */
const useUploadWords = (): ((failure: Failure) => string) => {
  const t = useTexts(texts)
  const words = useFailureWords()
  const bytes = useBytes()
  return failure => {
    const { type, room } = failure
    const figures = room && { needed: bytes(room.needed), rest: bytes(room.left) }
    if (figures && type === 'file-too-large') return t('documents.upload.file-too-large', figures)
    if (figures && type === 'space-full') return t('documents.upload.space-full', figures)
    if (isRefusal(type)) return t(`documents.upload.${type}`)
    return words(failure)
  }
}

/** Sending again cannot help where the file itself is refused. */
const final: ReadonlySet<Failure['type']> = new Set(['file-too-large', 'photo-unreadable', 'refused-type', 'late'])

/** A file on its way, with how far it is, or why it failed and what can be done. */
export const UploadRow = ({ upload }: { readonly upload: Upload }) => {
  const t = useTexts(texts)
  const words = useUploadWords()
  const bytes = useBytes()
  const isOnline = useOnline()
  const { id, name, step, sent, length, failure } = upload
  const isWaiting = failure?.type === 'unreachable' && !isOnline
  // A form waits for what is late in a space's list anyway.
  const isAwaited = failure?.type === 'late' && upload.goal.owner !== undefined
  return (
    <li className={styles.upload}>
      <div className={styles.words}>
        <p className={styles.top}>
          <span className={styles.name}>{name}</span>
          <span className={styles.step}>
            {step === 'sending'
              ? t('documents.upload.sent', { sent: bytes(sent), length: bytes(length) })
              : step !== 'failed' && step !== 'arrived' && t(`documents.upload.${step}`)}
          </span>
        </p>
        {step === 'failed' ? (
          <p role="alert" className={styles.failure}>
            <Icon name={isWaiting ? 'offline' : 'warning'} size={16} />
            {isWaiting ? t('documents.upload.offline') : failure && words(failure)}
          </p>
        ) : (
          <Bar part={step === 'arriving' ? length : sent} whole={length} />
        )}
      </div>
      {failure?.type === 'photo-unreadable' && (
        <Button variant="quiet" onClick={() => retryUpload(id, { asIs: true })}>
          {t('documents.upload.as-is')}
          <VisuallyHidden> · {name}</VisuallyHidden>
        </Button>
      )}
      {failure && (!final.has(failure.type) || isAwaited) && (
        <Button variant="quiet" onClick={() => retryUpload(id)}>
          {t('documents.upload.retry')}
          <VisuallyHidden> · {name}</VisuallyHidden>
        </Button>
      )}
      <Button bare variant="quiet" icon="close" onClick={() => cancelUpload(id)}>
        {t(failure ? 'documents.upload.forget' : 'documents.upload.cancel', { name })}
      </Button>
    </li>
  )
}

/** The files on their way, with how far each is, and what can be done about those that failed. */
export const UploadList = () => {
  const t = useTexts(texts)
  const uploads = useUploads()
  const left = uploads.filter(({ step }) => step !== 'failed').length
  return (
    <>
      <p role="status" className={styles.said}>
        <VisuallyHidden>{uploads.length > 0 && t('documents.upload.left', { count: left })}</VisuallyHidden>
      </p>
      {uploads.length > 0 && (
        <ul className={styles.uploads} aria-label={t('documents.upload.list')}>
          {uploads.map(upload => (
            <UploadRow key={upload.id} upload={upload} />
          ))}
        </ul>
      )}
    </>
  )
}
