import { type ReactNode, useEffect, useState } from 'react'
import { useTexts } from '../../platform/catalogue.ts'
import { Button } from '../button.tsx'
import { Icon } from '../icon.tsx'
import { PdfPages } from '../pdf/pdf-pages.tsx'
import { Skeleton } from '../skeleton.tsx'
import { fileIcon, kindOf } from './kinds.ts'
import styles from './preview.module.css'
import { useBytes } from './sizes.ts'
import { texts } from './texts.ts'

/** Bytes up to which a picture or PDF is fetched without being asked for; of a text so many are shown. */
const large = 8 * 1024 * 1024
const longestText = 64 * 1024
/** Bytes of what draws a PDF where the browser does not show it. */
const pdfViewer = 520 * 1024

/** A file as it is previewed. `length`: bytes. */
export type PreviewedFile = { readonly name: string; readonly type: string; readonly length: number }

type Of = { readonly file: PreviewedFile; readonly link: string }
/** Shows a picture or PDF otherwise than by itself, with what is laid over it. */
export type ShowPicture = (onFailed: () => void) => ReactNode

type Showing = Of & { readonly onFailed: () => void; readonly picture?: ShowPicture | undefined }

/** Fetches what is shown; undefined until it is there. It is given up when the document is left. */
const useFetched = <Value,>(
  link: string,
  take: (reply: Response) => Promise<Value>,
  onFailed: () => void,
  headers?: HeadersInit,
) => {
  const [value, setValue] = useState<Value>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: fetched once for each document.
  useEffect(() => {
    const abort = new AbortController()
    fetch(link, { signal: abort.signal, ...(headers && { headers }) })
      .then(reply => (reply.ok ? take(reply) : Promise.reject(new Error(String(reply.status)))))
      .then(setValue)
      .catch(() => !abort.signal.aborted && onFailed())
    return () => abort.abort()
  }, [link])
  return value
}

const TextPreview = ({ link, onFailed }: Showing) => {
  const t = useTexts(texts)
  const take = async (reply: Response) => new TextDecoder().decode((await reply.arrayBuffer()).slice(0, longestText))
  const text = useFetched(link, take, onFailed, { range: `bytes=0-${longestText - 1}` })
  if (text === undefined) return <Skeleton rows={3} />
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard
    <section className={styles.scrolls} tabIndex={0} aria-label={t('ui.file.preview')}>
      <pre className={styles.text}>{text}</pre>
    </section>
  )
}

/** The browser's own viewer, on a copy that is nothing but a PDF whatever the file holds. */
const PdfFrame = ({ file, link, onFailed }: Showing) => {
  const t = useTexts(texts)
  const take = async (reply: Response) => new Blob([await reply.arrayBuffer()], { type: 'application/pdf' })
  const pdf = useFetched(link, take, onFailed)
  const [address, setAddress] = useState<string>()
  useEffect(() => {
    if (!pdf) return undefined
    const made = URL.createObjectURL(pdf)
    setAddress(made)
    return () => URL.revokeObjectURL(made)
  }, [pdf])
  if (!address) return <Skeleton rows={3} />
  return <iframe className={styles.pdf} src={address} title={t('ui.file.preview.of', { name: file.name })} />
}

/** A PDF page by page, drawn by the app. */
const PdfDrawn = ({ file, link, onFailed }: Showing) => {
  const t = useTexts(texts)
  return (
    <PdfPages
      link={link}
      onFailed={onFailed}
      show={(picture, page) => (
        <img className={styles.page} src={picture} alt={t('ui.file.page.of', { name: file.name, page })} />
      )}
    />
  )
}

/** False of browsers that show no PDF within a page: those of most phones. */
const showsPdf = (): boolean => (navigator as { readonly pdfViewerEnabled?: boolean }).pdfViewerEnabled === true

const shown = (showing: Showing): ReactNode => {
  const { file, link, onFailed, picture } = showing
  switch (kindOf(file.type)) {
    case 'image':
      if (picture) return picture(onFailed)
      return <img className={styles.image} src={link} alt={file.name} decoding="async" onError={onFailed} />
    case 'sound':
      // biome-ignore lint/a11y/useMediaCaption: what people record has no captions
      return <audio className={styles.sound} src={link} controls preload="metadata" onError={onFailed} />
    case 'film':
      // biome-ignore lint/a11y/useMediaCaption: what people record has no captions
      return <video className={styles.film} src={link} controls preload="metadata" onError={onFailed} />
    case 'text':
      return <TextPreview {...showing} />
    case 'pdf':
      if (picture) return picture(onFailed)
      return showsPdf() ? <PdfFrame {...showing} /> : <PdfDrawn {...showing} />
    default:
      return undefined
  }
}

/** A document within the page, where a browser can show it; what fails or would take long is left to be saved. */
export const Preview = ({ file, link, picture }: Omit<Showing, 'onFailed'>) => {
  const t = useTexts(texts)
  const bytes = useBytes()
  // An address that was asked for anew may do.
  const [failed, setFailed] = useState<string>()
  const isFailed = failed === link
  const [isAsked, setAsked] = useState(false)
  // What draws a PDF is fetched when somebody wants to see it.
  const isDrawn = kindOf(file.type) === 'pdf' && !picture && !showsPdf()
  const length = file.length + (isDrawn ? pdfViewer : 0)
  const isHeavy = isDrawn || (['image', 'pdf'].includes(kindOf(file.type)) && length > large)
  const content =
    isFailed || (isHeavy && !isAsked) ? undefined : shown({ file, link, picture, onFailed: () => setFailed(link) })
  if (content) return <div className={styles.preview}>{content}</div>
  return (
    <div className={styles.none}>
      <Icon name={fileIcon(file.type)} size={40} />
      {(isFailed || !isDrawn) && (
        <p role={isFailed ? 'alert' : undefined}>{t(isFailed ? 'ui.file.preview.failed' : 'ui.file.preview.none')}</p>
      )}
      {isHeavy && !isFailed && (
        <Button onClick={() => setAsked(true)}>{t('ui.file.preview.show', { size: bytes(length) })}</Button>
      )}
    </div>
  )
}
