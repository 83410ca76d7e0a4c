import { useTexts } from '../../platform/catalogue.ts'
import { Checkbox } from '../../ui/checkbox.tsx'
import { DateTimeField } from '../../ui/date-field.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { useZoneWords } from '../../ui/zone-words.ts'
import type { FormProblems, WorkForm } from './form.ts'
import styles from './set-form.module.css'
import { texts } from './texts.ts'

type CollectingProps = {
  readonly form: WorkForm
  readonly told: Partial<FormProblems>
  readonly set: (more: Partial<WorkForm>) => void
}

/** Whether the work is handed in: until which time of its day, and whether it is taken late. */
export const Collecting = ({ form, told, set }: CollectingProps) => {
  const t = useTexts(texts)
  const zone = useZoneWords()
  return (
    <>
      <Checkbox
        label={t('work.set.collects')}
        hint={t('work.set.collects.hint')}
        checked={form.collects}
        onChange={collects => set({ collects })}
      />
      {form.collects && (
        <div className={styles.collecting}>
          <TextField
            label={t('work.set.dueTime')}
            hint={zone}
            type="time"
            value={form.dueTime}
            onChange={dueTime => set({ dueTime })}
            error={told.dueTime && t('work.set.dueTime.missing')}
          />
          <Checkbox
            label={t('work.set.late')}
            hint={t('work.set.late.hint')}
            checked={form.late}
            onChange={late => set({ late })}
          />
          {form.late && (
            <DateTimeField
              label={t('work.set.closesAt')}
              optional={t('work.set.optional')}
              value={form.closesAt}
              onChange={closesAt => set({ closesAt })}
              error={told.closesAt && t(`work.set.closesAt.${told.closesAt}`)}
            />
          )}
        </div>
      )}
    </>
  )
}
