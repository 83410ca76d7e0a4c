import { useEffect, useRef } from 'react'
import { listName, spokenName } from '../../../shared/kernel/names.ts'
import { workContract } from '../../../shared/work/contract.ts'
import { hasPages } from '../../../shared/work/drawing.ts'
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
import { PdfBoard } from './drawing/pdf-board.tsx'
import { PhotoBoard } from './drawing/photo-board.tsx'
import { Extension } from './extension.tsx'
import { HandedFiles } from './files/handed-files.tsx'
import { ReturnFiles } from './files/return-files.tsx'
import { texts as fileTexts } from './files/texts.ts'
import { useHandIn } from './files/use-hand-in.ts'
import { GiveOne } from './give-back.tsx'
import { digitOf, isAlt, useKeys } from './keys.ts'
import { type PupilNote, type Written, writtenOf } from './notes.ts'
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
  /** Files that are to go with it are on their way. */
  readonly isArriving: boolean
  readonly onFiles: (state: FilesState) => void
  /** One has come from another pupil of this screen. */
  readonly hasMoved: boolean
  readonly onBefore: (() => void) | undefined
  readonly onNext: (() => void) | undefined
}

/** One pupil: what they handed in, and what is said of it. The keyboard stays in what is said. */
export const PupilPane = (props: PupilPaneProps) => {
  const {
    piece,
    of,
    typed: allTyped,
    drawings,
    comments,
    onType,
    isArriving,
    onFiles,
    hasMoved,
    onBefore,
    onNext,
  } = props
  const t = useTexts(texts)
  const factsOf = useFacts()
  const pane = useRef<HTMLElement>(null)
  const name = useRef<HTMLHeadingElement>(null)
  const typed = allTyped.get(of.id)
  const made = [typed, lastDrawn(drawings, of.id)].filter(one => one !== undefined)
  const { comment, mark } = writtenOf(of, typed)
  useEffect(() => {
    // What had the focus was the former pupil's. On a screen that is touched a field would bring up the keyboard, over what was
    // handed in: there one goes on from the name. Nothing moves where the screen was just opened.
    if (document.activeElement !== document.body) return
    const next = matchMedia('(pointer: fine)').matches ? pane.current?.querySelector('input') : name.current
    next?.focus({ preventScroll: !hasMoved })
  }, [hasMoved])
  const reuse = (one: string) => onType({ comment: withComment(comment, one), mark })
  const focus = (field: 'input' | 'textarea') => () => pane.current?.querySelector<HTMLElement>(field)?.focus()
  useKeys(event => {
    const { code, key, ctrlKey, metaKey } = event
    if (key === 'Enter' && (ctrlKey || metaKey)) return onNext
    if (!isAlt(event)) return undefined
    const again = comments[(digitOf(event) ?? 0) - 1]
    if (again !== undefined) return () => reuse(again)
    return { ArrowDown: onNext, ArrowUp: onBefore, KeyN: focus('input'), KeyC: focus('textarea') }[code]
  })
  return (
    <>
      <section className={styles.work} aria-label={listName(of)}>
        <h2 ref={name} tabIndex={-1} className={styles.name}>
          {listName(of)}
        </h2>
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
        <Reuse comments={comments} onChoose={reuse} />
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
        <GiveOne piece={piece} of={of} typed={allTyped} drawings={drawings} isArriving={isArriving} />
        {of.current && (
          <ReturnFiles
            piece={piece}
            pupil={of.id}
            written={{ comment, mark }}
            typed={typed}
            onType={onType}
            onState={onFiles}
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
                  board={({ file, name, type }, link, onFailed) => {
                    const photo = { version: version.id, file }
                    const drawnAt = (on: { readonly page?: number }) =>
                      drawnOn({ ...photo, ...on, pupil: of.id }, drawings, stored)
                    return hasPages(type) ? (
                      <PdfBoard
                        link={link}
                        name={name}
                        drawnOn={page => drawnAt({ page })}
                        onDraw={(page, drawn) => onDraw({ ...photo, page }, drawn)}
                        onFailed={onFailed}
                      />
                    ) : (
                      <PhotoBoard
                        link={link}
                        name={name}
                        drawn={drawnAt({})}
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
