import { useEffect, useRef, useState } from 'react'
import { randomId } from '../../../shared/kernel/ids.ts'
import { lengthOf } from '../../../shared/kernel/length.ts'
import { isBlank } from '../../../shared/kernel/text.ts'
import type { Me } from '../../../shared/session/contract.ts'
import { workContract } from '../../../shared/work/contract.ts'
import { type Assignment, handInLimits } from '../../../shared/work/hand-in.ts'
import { dueFor } from '../../../shared/work/hand-in-rules.ts'
import { call } from '../../platform/api.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useDates } from '../../platform/dates.ts'
import { serverDate } from '../../platform/server-time.ts'
import { ActForm } from '../../ui/act-form.tsx'
import { Button } from '../../ui/button.tsx'
import { focusFirstInvalid } from '../../ui/first-invalid.ts'
import { Icon } from '../../ui/icon.tsx'
import { TextArea } from '../../ui/text-area.tsx'
import { forgetDraft, useHandInDraft } from './draft.ts'
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

type WritingProps = {
  readonly me: Me
  readonly piece: string
  readonly title: string
  readonly pupil: string
  /** What was handed in last, to begin with. */
  readonly start: string | undefined
  readonly onDone: () => void
}

/** The text to hand in, kept on the device while it is written. That one has begun is told to the teacher, once. */
export const Writing = ({ me, piece, title, pupil, start, onDone }: WritingProps) => {
  const t = useTexts(texts)
  const ref = useRef<HTMLFormElement>(null)
  const { text, change } = useHandInDraft(me.person.id, { piece, pupil }, start)
  const [isTried, setTried] = useState(false)
  const isLong = lengthOf(text) > handInLimits.text
  const isWrong = isBlank(text) || isLong
  const hasBegun = text !== '' && start === undefined && pupil === me.person.id
  useEffect(() => {
    if (!hasBegun) return
    void call(workContract.routes.start, { params: { piece, pupil } }, { key: randomId(), retry: false })
  }, [hasBegun, piece, pupil])
  const submit = () => {
    if (isWrong) return focusFirstInvalid(ref.current, () => setTried(true))
    const made = text.trim()
    // The draft stays until the device has what is handed in: nothing is lost if the page is closed at once.
    void handIn({ piece, pupil, title, text: made }).then(
      isKept => isKept && forgetDraft(me.person.id, { piece, pupil }, made),
    )
    onDone()
  }
  const error = isLong
    ? t('work.handIn.text.long', { most: handInLimits.text })
    : isTried && isBlank(text) && t('work.handIn.text.missing')
  return (
    <ActForm ref={ref} className={styles.form} onSubmit={submit}>
      <TextArea
        label={t('work.handIn.text')}
        hint={t('work.handIn.kept')}
        value={text}
        onChange={change}
        rows={12}
        error={error}
      />
      <div className={styles.send}>
        <Button type="submit" variant="primary" icon="send" wide>
          {t('work.handIn.send')}
        </Button>
        <p className={styles.soft}>{t('work.handIn.counts')}</p>
      </div>
    </ActForm>
  )
}
