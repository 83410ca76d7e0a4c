import { Suspense, useEffect, useRef, useState } from 'react'
import { randomId } from '../../../shared/kernel/ids.ts'
import { lengthOf } from '../../../shared/kernel/length.ts'
import { isBlank } from '../../../shared/kernel/text.ts'
import type { Me } from '../../../shared/session/contract.ts'
import { workContract } from '../../../shared/work/contract.ts'
import { type Assignment, type HandIn, handInLimits } from '../../../shared/work/hand-in.ts'
import { dueFor } from '../../../shared/work/hand-in-rules.ts'
import { call } from '../../platform/api.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useDates } from '../../platform/dates.ts'
import { serverDate } from '../../platform/server-time.ts'
import { ActForm } from '../../ui/act-form.tsx'
import { Button } from '../../ui/button.tsx'
import { chosenOf } from '../../ui/files/chosen-file.ts'
import type { FilesState } from '../../ui/files/file-chooser.ts'
import { FileField } from '../../ui/files/file-field.tsx'
import { useFilesFirst } from '../../ui/files/files-first.tsx'
import { focusFirstInvalid } from '../../ui/first-invalid.ts'
import { Icon } from '../../ui/icon.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { TextArea } from '../../ui/text-area.tsx'
import { forgetDraft, useHandInDraft } from './draft.ts'
import { forgetFilesDraft, useFilesDraft } from './files/draft.ts'
import { type Moment, thisMoment } from './files/moment.ts'
import { texts as fileTexts } from './files/texts.ts'
import styles from './hand-in.module.css'
import { handIn } from './handing-in.ts'
import { texts } from './texts.ts'

/** Until when it is handed in, and from when. */
export const Due = ({ of, extendedUntil }: { readonly of: Assignment; readonly extendedUntil: string | undefined }) => {
  const t = useTexts(texts)
  const dates = useDates()
  const due = dueFor(of, extendedUntil)
  const isMore = due !== of.dueAt
  const isLater = of.opensAt !== undefined && of.opensAt > serverDate().toISOString()
  return (
    <p className={styles.due}>
      <Icon name="clock" size={20} />
      {isLater && of.opensAt !== undefined
        ? t('work.handIn.opens', { when: dates.dayTime(of.opensAt) })
        : t(isMore ? 'work.handIn.more' : 'work.handIn.due', { when: dates.dayTime(due) })}
    </p>
  )
}

/** What somebody handed in last: a file of somebody else's is not theirs to hand in again. */
type Start = Pick<HandIn['versions'][number], 'text' | 'files' | 'by'>

type WritingProps = {
  readonly me: Me
  readonly piece: string
  readonly title: string
  readonly pupil: string
  /** What was handed in last, to begin with. */
  readonly start: Start | undefined
  readonly onDone: () => void
}

/** The text and files to hand in, kept on the device meanwhile. That one has begun is told to the teacher, once. */
export const Writing = (props: WritingProps) => (
  <Suspense fallback={<Skeleton rows={8} />}>
    <Fields {...props} />
  </Suspense>
)

const Fields = ({ me, piece, title, pupil, start, onDone }: WritingProps) => {
  const t = useTexts(texts, fileTexts)
  const ref = useRef<HTMLFormElement>(null)
  const of = { piece, pupil }
  const { text, change } = useHandInDraft(me.person.id, of, start?.text)
  const [first] = useState(() => (start?.by.id === me.person.id ? chosenOf(start.files) : []))
  const draft = useFilesDraft(me.person.id, of, first)
  const [arriving, setArriving] = useState<FilesState>('ready')
  const [isTried, setTried] = useState(false)
  const isLong = lengthOf(text) > handInLimits.text
  const isMissing = isBlank(text) && draft.files.length === 0 && arriving === 'ready'
  const isWrong = isMissing || isLong
  const hasBegun = (text !== '' || draft.files.length > 0) && start === undefined && pupil === me.person.id
  useEffect(() => {
    if (!hasBegun) return
    void call(workContract.routes.start, { params: { piece, pupil } }, { key: randomId(), retry: false })
  }, [hasBegun, piece, pupil])
  const touched = useRef<Moment>(undefined)
  const filesFirst = useFilesFirst(() => {
    const made = { text: text.trim(), files: draft.files }
    // The drafts stay until the device has what is handed in: nothing is lost if the page is closed at once.
    void handIn({ ...of, title, ...made }, touched.current).then(isKept => {
      if (!isKept) return
      forgetDraft(me.person.id, of, made.text)
      forgetFilesDraft(me.person.id, of, made.files)
    })
    onDone()
  })
  const submit = () => {
    if (isWrong) return focusFirstInvalid(ref.current, () => setTried(true))
    touched.current = thisMoment()
    filesFirst.submit()
  }
  const error = isLong
    ? t('work.handIn.text.long', { most: handInLimits.text })
    : isTried && isMissing && t('work.handIn.files.missing')
  return (
    <ActForm ref={ref} className={styles.form} onSubmit={submit}>
      <FileField
        owner={`hand-in ${piece} ${pupil}`}
        most={handInLimits.files}
        keep
        files={draft.files}
        onChange={draft.change}
        onState={state => {
          setArriving(state)
          filesFirst.onState(state)
        }}
      />
      <TextArea
        label={t('work.handIn.text')}
        hint={t('work.handIn.kept')}
        value={text}
        onChange={change}
        rows={12}
        error={error}
      />
      <div className={styles.send}>
        {filesFirst.said}
        {filesFirst.isAwaited && <p className={styles.soft}>{t('work.handIn.files.stay')}</p>}
        <Button type="submit" variant="primary" icon="send" wide busy={filesFirst.isAwaited}>
          {t('work.handIn.send')}
        </Button>
        <p className={styles.soft}>{t('work.handIn.counts')}</p>
      </div>
    </ActForm>
  )
}
