import { useTexts } from '../../platform/catalogue.ts'
import { DateTimeField } from '../../ui/date-field.tsx'
import { RadioGroup } from '../../ui/radio-group.tsx'
import { TextArea } from '../../ui/text-area.tsx'
import { TextField } from '../../ui/text-field.tsx'
import styles from './compose-form.module.css'
import type { Field, NewsForm } from './form.ts'
import { asked } from './question-fields.ts'
import { texts } from './texts.ts'

export type AskingProps = {
  readonly form: NewsForm
  readonly onChange: (change: Partial<NewsForm>) => void
  readonly error: (name: Field) => string | undefined
}

/** What a notice asks of those who sign it, and until when. */
export const Asking = ({ form, onChange, error }: AskingProps) => {
  const t = useTexts(texts)
  return (
    <div className={styles.asking}>
      <RadioGroup
        label={t('news.compose.asks')}
        value={form.asks}
        onChange={asks => onChange({ asks })}
        options={asked.map(value => ({ value, label: t(`news.asks.${value}`) }))}
      />
      {form.asks !== 'nothing' && (
        <TextField
          label={t('news.compose.question')}
          hint={t('news.compose.question.hint')}
          value={form.question}
          autoComplete="off"
          error={error('question')}
          onChange={question => onChange({ question })}
        />
      )}
      {form.asks === 'choice' && (
        <TextArea
          label={t('news.compose.choices')}
          hint={t('news.compose.choices.hint')}
          rows={4}
          value={form.choices}
          error={error('choices')}
          onChange={choices => onChange({ choices })}
        />
      )}
      <DateTimeField
        label={t('news.compose.deadline')}
        hint={t('news.compose.deadline.hint')}
        value={form.deadline}
        error={error('deadline')}
        onChange={deadline => onChange({ deadline })}
      />
    </div>
  )
}
