import { type ReactNode, useState } from 'react'
import { hasPages, isDrawable } from '../../../../shared/work/drawing.ts'
import type { ReadFile } from '../../../../shared/work/hand-in.ts'
import { useTexts } from '../../../platform/catalogue.ts'
import { useOnline } from '../../../platform/online.ts'
import { FileButton } from '../../../ui/button.tsx'
import { Preview } from '../../../ui/files/preview.tsx'
import { ScanWords } from '../../../ui/files/scan-words.tsx'
import { useBytes } from '../../../ui/files/sizes.ts'
import { texts as ui } from '../../../ui/files/texts.ts'
import { type AskUnscanned, UnscannedButton } from '../../../ui/files/unscanned-button.tsx'
import { PageBar } from '../../../ui/page-bar.tsx'
import styles from './handed-files.module.css'
import { texts } from './texts.ts'

type HandedFilesProps = {
  readonly files: readonly ReadFile[]
  /** Asks for the address of a file that no scanner can look into. */
  readonly unscanned: (file: string) => ReturnType<AskUnscanned>
  /** Shows a photo or a PDF, to be written on. */
  readonly board: (file: ReadFile, link: string, onFailed: () => void) => ReactNode
}

/** The files of a version, one at a time beside what is said of it: photos of a phone are its pages. */
export const HandedFiles = ({ files, unscanned, board }: HandedFilesProps) => {
  const t = useTexts(texts, ui)
  const bytes = useBytes()
  const isOnline = useOnline()
  const [at, setAt] = useState(0)
  const [unwritten, setUnwritten] = useState<string>()
  const file = files[Math.min(at, files.length - 1)]
  if (!file) return null
  const { scan, name, length, sha256 } = file
  const link = isOnline ? file.link : undefined
  // Photos of a phone are the pages of one hand-in; a PDF has pages of its own.
  const of = files.some(({ type }) => hasPages(type)) ? 'work.collected.files.file' : 'ui.file.page'
  const words = {
    said: t(of, { at: at + 1, all: files.length }),
    before: t(`${of}.before`),
    next: t(`${of}.next`),
  }
  return (
    <section className={styles.files} aria-label={t('work.collected.files')}>
      <PageBar at={at + 1} all={files.length} words={words} onShow={shown => setAt(shown - 1)} />
      {link !== undefined && (
        <Preview
          key={file.file}
          file={file}
          link={link}
          {...(isDrawable(file.type) &&
            unwritten !== file.file && {
              picture: (onFailed: () => void) =>
                // A PDF that cannot be drawn here may be shown by the browser's own viewer all the same.
                board(file, link, hasPages(file.type) ? () => setUnwritten(file.file) : onFailed),
            })}
        />
      )}
      {unwritten === file.file && <p role="status">{t('work.collected.files.unwritten')}</p>}
      <div className={styles.facts}>
        <p className={styles.name}>{name}</p>
        <p className={styles.soft}>{bytes(length)}</p>
        <ScanWords scan={scan} />
        {scan === 'waiting' && <p className={styles.soft}>{t('ui.file.waiting')}</p>}
        {scan === 'infected' && <p className={styles.soft}>{t('ui.file.infected')}</p>}
        {!isOnline && <p className={styles.soft}>{t('ui.file.offline')}</p>}
        <p className={styles.soft}>{t('work.collected.files.hash', { hash: sha256 })}</p>
      </div>
      {link !== undefined && (
        <FileButton icon="download" href={link} name={name}>
          {t('ui.file.save')}
        </FileButton>
      )}
      {scan === 'unscannable' && isOnline && <UnscannedButton key={file.file} ask={() => unscanned(file.file)} />}
    </section>
  )
}
