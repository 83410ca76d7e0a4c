import { useEffect, useRef, useState } from 'react'
import { listName, spokenName } from '../../../shared/kernel/names.ts'
import { workContract } from '../../../shared/work/contract.ts'
import { type CollectedHandIn, handInLimits } from '../../../shared/work/hand-in.ts'
import { call } from '../../platform/api.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useDates } from '../../platform/dates.ts'
import { Button } from '../../ui/button.tsx'
import { AttachmentList } from '../../ui/files/attachment-list.tsx'
import type { FilesState } from '../../ui/files/file-chooser.ts'
import { ReadState } from '../../ui/read-state.tsx'
import { TextArea } from '../../ui/text-area.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { cameLater } from '../came-later.ts'
import { PlainText } from '../plain-text.tsx'
import styles from './collected.module.css'
import { withComment } from './comments.ts'
import { type Drawings, drawnOn, lastDrawn, type OnDraw } from './drawing/drawings.ts'
import { PhotoBoard } from './drawing/photo-board.tsx'
import { Extension } from './extension.tsx'
import { HandedFiles } from './files/handed-files.tsx'
import { ReturnFiles } from './files/return-files.tsx'
import { texts as fileTexts } from './files/texts.ts'
import { useHandIn } from './files/use-hand-in.ts'
import { GiveOne } from './give-back.tsx'
import type { PupilNote, Written } from './notes.ts'
import { useFacts } from './pupil-list.tsx'
import { Reuse } from './reuse.tsx'
import { texts } from './texts.ts'
import { isSaved } from './unsaved.ts'

type PupilPaneProps = {
  readonly piece: string
  readonly of: CollectedHandIn
  readonly typed: ReadonlyMap<string, PupilNote>
  readonly drawings: Drawings
  /** Comments of other pupils, to be used again. */
  readonly comments: readonly string[]
  readonly onType: (written: Written) => void
  readonly onDraw: OnDraw
  readonly onBefore: (() => void) | undefined
  readonly onNext: (() => void) | undefined
}

/** One pupil: what they handed in, and what is said of it. The keyboard stays in what is said. */
export const PupilPane = (props: PupilPaneProps) => {
  const { piece, of, typed: allTyped, drawings, comments, onType, onBefore, onNext } = props
  const t = useTexts(texts)
  const factsOf = useFacts()
  const pane = useRef<HTMLElement>(null)
  const [arriving, setArriving] = useState<FilesState>('ready')
  const typed = allTyped.get(of.id)
  const made = [typed, lastDrawn(drawings, of.id)].filter(one => one !== undefined)
  const { comment, mark } = typed ?? { comment: of.note?.comment ?? '', mark: of.note?.mark ?? '' }
  useEffect(() => {
    // The next pupil's: not on the first one, where the heading has the focus.
    if (document.activeElement === document.body) pane.current?.querySelector('input')?.focus()
  }, [])
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const { key, ctrlKey, metaKey, altKey } = event
      const isNext = (key === 'Enter' && (ctrlKey || metaKey)) || (key === 'ArrowDown' && altKey)
      const isBefore = key === 'ArrowUp' && altKey
      const go = isNext ? onNext : isBefore ? onBefore : undefined
      if (!go) return
      event.preventDefault()
      go()
    }
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  }, [onBefore, onNext])
  return (
    <>
      <section className={styles.work} aria-label={listName(of)}>
        <h2 className={styles.name}>{listName(of)}</h2>
        <p className={styles.soft}>{factsOf(of).join(' · ')}</p>
        {of.current ? <Work {...props} current={of.current} /> : <p>{t('work.collected.nothing')}</p>}
      </section>
      <section ref={pane} className={styles.said}>
        <TextField
          label={t('work.collected.mark')}
          value={mark}
          maxLength={handInLimits.mark}
          autoComplete="off"
          onChange={next => onType({ comment, mark: next })}
        />
        <TextArea
          label={t('work.collected.comment')}
          value={comment}
          rows={6}
          onChange={next => onType({ comment: next, mark })}
        />
        <Reuse comments={comments} onChoose={one => onType({ comment: withComment(comment, one), mark })} />
        <p role="status" className={styles.soft}>
          {made.length > 0 &&
            t(
              made.some(({ failure }) => failure)
                ? 'work.collected.unsaved'
                : made.every(isSaved)
                  ? 'work.collected.saved'
                  : 'work.collected.saving',
            )}
        </p>
        <div className={styles.acts}>
          <Button onClick={onBefore} disabled={!onBefore} icon="back" bare>
            {t('work.collected.before')}
          </Button>
          <Button variant="primary" onClick={onNext} disabled={!onNext}>
            {t('work.collected.next')}
          </Button>
        </div>
        <GiveOne piece={piece} of={of} typed={allTyped} drawings={drawings} isArriving={arriving === 'sending'} />
        {of.current && (
          <ReturnFiles
            piece={piece}
            pupil={of.id}
            written={{ comment, mark }}
            typed={typed}
            onType={onType}
            onState={setArriving}
          />
        )}
        <Extension piece={piece} of={of} />
        <p className={styles.soft}>{t('work.collected.keys')}</p>
        <p className={styles.soft}>{t('work.collected.hidden', { name: spokenName(of) })}</p>
      </section>
    </>
  )
}

type WorkProps = Pick<PupilPaneProps, 'piece' | 'of' | 'drawings' | 'onDraw'> & {
  readonly current: NonNullable<CollectedHandIn['current']>
}

/** What was handed in, the last version first, and how it came. */
const Work = ({ piece, of, current, drawings, onDraw }: WorkProps) => {
  const t = useTexts(texts, fileTexts)
  const dates = useDates()
  const query = useHandIn(piece, of.id)
  const unscanned = (file: string) => call(workContract.routes.unscannedFile, { params: { piece, pupil: of.id, file } })
  const told = [
    t('work.collected.done', { when: dates.dayTime(current.at) }),
    cameLater(current) && t('work.collected.offline', { when: dates.dayTime(current.receivedAt) }),
    current.fileCount !== undefined && t('work.collected.files.count', { count: current.fileCount }),
    current.clockOff !== undefined &&
      t('work.collected.clock', { minutes: Math.round(Math.abs(current.clockOff) / 60) }),
    of.extendedUntil !== undefined && t('work.collected.extended', { when: dates.dayTime(of.extendedUntil) }),
  ]
  return (
    <>
      <p className={styles.soft}>{told.filter(Boolean).join(' · ')}</p>
      <ReadState query={query}>
        {({ versions, drawings: stored = [] }) =>
          versions.map((version, at) => (
            <details key={version.id} open={at === 0}>
              <summary>{t('work.collected.done', { when: dates.dayTime(version.at) })}</summary>
              {version.text !== '' && <PlainText text={version.text} />}
              {version.text !== '' && (
                <p className={styles.hash}>{t('work.collected.hash', { hash: version.sha256 })}</p>
              )}
              {at === 0 ? (
                <HandedFiles
                  files={version.files ?? []}
                  unscanned={unscanned}
                  board={({ file, name }, link, onFailed) => {
                    const photo = { version: version.id, file }
                    return (
                      <PhotoBoard
                        link={link}
                        name={name}
                        drawn={drawnOn({ ...photo, pupil: of.id }, drawings, stored)}
                        onDraw={drawn => onDraw(photo, drawn)}
                        onFailed={onFailed}
                      />
                    )
                  }}
                />
              ) : (
                <AttachmentList attachments={version.files} unscanned={unscanned} />
              )}
            </details>
          ))
        }
      </ReadState>
    </>
  )
}
