import { useState } from 'react'
import { after } from '../../../shared/kernel/dates.ts'
import { type CollectedHandIn, type HandInReminder, handInReminderPause } from '../../../shared/work/hand-in.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useDates } from '../../platform/dates.ts'
import { useFailureWords } from '../../platform/failure-words.ts'
import { serverDate } from '../../platform/server-time.ts'
import { useWrite } from '../../platform/write.ts'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { FieldError } from '../../ui/field.tsx'
import { toast } from '../../ui/toast.tsx'
import { texts as shared } from '../texts.ts'
import { writes } from '../writes.ts'
import styles from './collected.module.css'
import { texts } from './texts.ts'

type RemindProps = {
  readonly piece: string
  readonly items: readonly CollectedHandIn[]
  readonly reminder: HandInReminder | undefined
}

/**
 * Reminds those who have not handed in: says before how many they are and when they were reminded last, and asks whether
 * their guardians are told as well.
 */
export const Remind = ({ piece, items, reminder }: RemindProps) => {
  const t = useTexts(texts, shared)
  const dates = useDates()
  const words = useFailureWords()
  const [isOpen, setOpen] = useState(false)
  const [guardians, setGuardians] = useState(false)
  const { send, state, failure } = useWrite(writes.remind)
  const people = items.filter(({ versions, hasLeft }) => versions === 0 && !hasLeft).length
  if (people === 0) return null
  const last = reminder && t('work.collected.reminded', { count: reminder.people, when: dates.dayTime(reminder.at) })
  const from = reminder && after(new Date(reminder.at), handInReminderPause)
  if (from && serverDate() < from)
    return (
      <p className={styles.soft}>
        {last} {t('work.collected.remind.from', { when: dates.dayTime(from) })}
      </p>
    )
  const remind = () =>
    send(
      { params: { piece }, body: { guardians } },
      {
        onDone: reply => {
          setOpen(false)
          toast({ text: t('work.collected.remind.done', { count: reply.people }) })
        },
      },
    )
  return (
    <>
      <Button icon="bell" onClick={() => setOpen(true)}>
        {t('work.collected.remind', { count: people })}
      </Button>
      <Dialog
        open={isOpen}
        onClose={() => setOpen(false)}
        title={t('work.collected.remind', { count: people })}
        actions={
          <Button variant="primary" icon="bell" busy={state === 'sending'} onClick={remind}>
            {t('work.collected.remind.act')}
          </Button>
        }
      >
        <p>{t('work.collected.remind.what')}</p>
        {last && <p>{last}</p>}
        <Checkbox label={t('work.collected.remind.guardians')} checked={guardians} onChange={setGuardians} />
        {failure && <FieldError role="alert">{words(failure)}</FieldError>}
      </Dialog>
    </>
  )
}
