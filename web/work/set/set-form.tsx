import { Suspense, useId, useRef, useState } from 'react'
import type { Me } from '../../../shared/session/contract.ts'
import { workLimits } from '../../../shared/work/shapes.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { isDay } from '../../platform/dates.ts'
import type { Failure } from '../../platform/failure.ts'
import { useFailureWords } from '../../platform/failure-words.ts'
import { serverDate } from '../../platform/server-time.ts'
import { ActForm } from '../../ui/act-form.tsx'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { DateField, DateTimeField } from '../../ui/date-field.tsx'
import { FieldError } from '../../ui/field.tsx'
import { FileField } from '../../ui/files/file-field.tsx'
import { useFilesFirst } from '../../ui/files/files-first.tsx'
import { focusFirstInvalid } from '../../ui/first-invalid.ts'
import { RadioGroup } from '../../ui/radio-group.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { TextArea } from '../../ui/text-area.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { today } from '../days.ts'
import type { KnownBudget } from './budget.ts'
import { Collecting } from './collecting.tsx'
import { isRight, minutesOf, problemsOf, type WorkForm } from './form.ts'
import { Load } from './load.tsx'
import { LongDays } from './long-days.tsx'
import styles from './set-form.module.css'
import { texts } from './texts.ts'

/** A class or group that the caller teaches. */
export type Taught = { readonly id: string; readonly name: string }

/** The classes and groups that somebody teaches in a school, by their audiences. */
export const taughtIn = (me: Me, uai: string): Taught[] =>
  me.audiences.flatMap(({ kind, uai: of, group, label, children }) =>
    kind === 'class' && of === uai && group !== undefined && (children ?? []).length === 0
      ? [{ id: group, name: label }]
      : [],
  )

export type SetFormProps = {
  readonly form: WorkForm
  /** Its name, for the files that are on their way to it. */
  readonly owner: string
  readonly onChange: (form: WorkForm) => void
  /** Those offered; of an edit the one it is for. */
  readonly groups: readonly Taught[]
  readonly isEdit?: boolean
  /** Subjects that were written before. */
  readonly subjects: readonly string[]
  readonly budget: KnownBudget
  /** `isLong`: it passes the school's budget, which was told. */
  readonly onSend: (isLong: boolean) => void
  readonly isSending: boolean
  readonly failure: Failure | undefined
}

/** What there is to do, then for whom and for when, with what the class has on that day already. */
export const SetForm = (props: SetFormProps) => (
  <Suspense fallback={<Skeleton rows={8} />}>
    <Fields {...props} />
  </Suspense>
)

const Fields = ({ form, onChange, groups, isEdit = false, subjects, budget, ...rest }: SetFormProps) => {
  const t = useTexts(texts)
  const words = useFailureWords()
  const list = useId()
  const ref = useRef<HTMLFormElement>(null)
  const [isTried, setTried] = useState(false)
  const problems = problemsOf(form, serverDate())
  const told = isTried ? problems : { days: [] }
  const set = (more: Partial<WorkForm>) => onChange({ ...form, ...more })
  const isTask = form.kind === 'task'
  const chosen = Object.keys(form.days).length
  const longDays = budget.longDays(form)
  const [known, setKnown] = useState('')
  const long = JSON.stringify(longDays)
  const isTold = longDays.length > 0 && (known === long || rest.failure?.type === 'over-budget')
  const filesFirst = useFilesFirst(() => rest.onSend(longDays.length > 0))
  const submit = () => {
    if (!isRight(problems)) focusFirstInvalid(ref.current, () => setTried(true))
    else if (longDays.length > 0 && !isTold) setKnown(long)
    else filesFirst.submit()
  }
  const choose = (group: string, isChosen: boolean) => {
    const { [group]: _, ...others } = form.days
    const [last = isTask ? '' : today()] = Object.values(others).reverse()
    set({ days: isChosen ? { ...others, [group]: last } : others })
  }
  const sendWords = isEdit
    ? t('work.set.save')
    : isTask
      ? t('work.set.send', { count: chosen })
      : t('work.set.send.session')
  return (
    <ActForm ref={ref} className={styles.form} onSubmit={submit}>
      <div className={styles.what}>
        {!isEdit && (
          <RadioGroup
            label={t('work.set.kind')}
            value={form.kind}
            onChange={kind => set({ kind })}
            options={[
              { value: 'task', label: t('work.set.kind.task') },
              { value: 'session', label: t('work.set.kind.session') },
            ]}
          />
        )}
        <TextField
          label={t('work.set.subject')}
          value={form.subject}
          onChange={subject => set({ subject })}
          maxLength={workLimits.subject}
          list={list}
          autoComplete="off"
          error={told.subject && t('work.set.subject.missing')}
        />
        <datalist id={list}>
          {subjects.map(subject => (
            <option key={subject} value={subject} />
          ))}
        </datalist>
        <TextField
          label={t('work.set.what')}
          value={form.title}
          onChange={title => set({ title })}
          maxLength={workLimits.title}
          autoComplete="off"
          error={told.title && t('work.set.what.missing')}
        />
        <TextArea
          label={t(isTask ? 'work.set.text' : 'work.set.text.session')}
          optional={t('work.set.optional')}
          value={form.text}
          onChange={text => set({ text })}
          rows={4}
          error={told.text && t('work.set.text.long', { most: workLimits.text })}
        />
        <FileField
          owner={rest.owner}
          files={form.attachments}
          onChange={attachments => set({ attachments: [...attachments] })}
          onState={filesFirst.onState}
          failure={rest.failure}
        />
        <div className={styles.beside}>
          {isTask && (
            <TextField
              label={t('work.set.minutes')}
              optional={t('work.set.optional')}
              value={form.minutes}
              onChange={minutes => set({ minutes })}
              inputMode="numeric"
              autoComplete="off"
              error={told.minutes && t('work.set.minutes.wrong', { most: workLimits.minutes })}
            />
          )}
          <DateTimeField
            label={t('work.set.publishAt')}
            optional={t('work.set.optional')}
            hint={t('work.set.publishAt.hint')}
            value={form.publishAt}
            onChange={publishAt => set({ publishAt })}
            error={told.publishAt && t(`work.set.date.${told.publishAt}`)}
          />
        </div>
        {isTask && <Collecting form={form} told={told} set={set} />}
      </div>
      <fieldset className={styles.whom}>
        <legend className={styles.legend}>{t(isTask ? 'work.set.for' : 'work.set.for.session')}</legend>
        {groups.map(({ id, name }) => {
          const day = form.days[id]
          return (
            <div key={id} className={styles.group}>
              {isEdit ? (
                <p className={styles.name}>{name}</p>
              ) : (
                <Checkbox label={name} checked={day !== undefined} onChange={is => choose(id, is)} />
              )}
              {day !== undefined && (
                <>
                  <DateField
                    label={t('work.set.day', { group: name })}
                    value={day}
                    onChange={next => set({ days: { ...form.days, [id]: next } })}
                    error={told.days.includes(id) && t('work.set.day.missing', { group: name })}
                  />
                  {isTask && isDay(day) && (
                    <Load of={budget.loadOf(id, day)} own={minutesOf(form) || 0} allowed={budget.allowedFor(id, day)} />
                  )}
                </>
              )}
            </div>
          )
        })}
        {told.groups && <FieldError>{t('work.set.for.missing')}</FieldError>}
      </fieldset>
      <div className={styles.send}>
        {filesFirst.said}
        {isTold && <LongDays of={longDays} groups={groups} />}
        {rest.failure && !isTold && <FieldError role="alert">{words(rest.failure)}</FieldError>}
        <Button type="submit" variant="primary" busy={rest.isSending || filesFirst.isAwaited}>
          {isTold ? t(isEdit ? 'work.set.save.over' : 'work.set.send.over') : sendWords}
        </Button>
      </div>
    </ActForm>
  )
}
