import { useQuery } from '@tanstack/react-query'
import { type ReactNode, Suspense, useRef, useState } from 'react'
import { newsContract } from '../../../shared/news/contract.ts'
import { notices } from '../../../shared/news/shapes.ts'
import { useTexts } from '../../platform/catalogue.ts'
import type { Failure } from '../../platform/failure.ts'
import { useFailureWords } from '../../platform/failure-words.ts'
import { read } from '../../platform/read.ts'
import { serverDate } from '../../platform/server-time.ts'
import { ActForm } from '../../ui/act-form.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { DateTimeField } from '../../ui/date-field.tsx'
import { FileField } from '../../ui/files/file-field.tsx'
import { useFilesFirst } from '../../ui/files/files-first.tsx'
import { focusFirstInvalid } from '../../ui/first-invalid.ts'
import { RadioGroup } from '../../ui/radio-group.tsx'
import { ReadState } from '../../ui/read-state.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { Asking } from './asking.tsx'
import { AudiencePicker } from './audience-picker.tsx'
import styles from './compose-form.module.css'
import { type Field, type FieldProblems, fields, type NewsForm, problemsOf, refusedFields } from './form.ts'
import { ReachedPeople } from './reached.tsx'
import { SavedLists } from './saved-lists.tsx'
import { SendBar } from './send-bar.tsx'
import { TextEditor } from './text-editor.tsx'
import { texts } from './texts.ts'

export type ComposeFormProps = {
  readonly uai: string
  readonly form: NewsForm
  /** Its name, for the files that are on their way to it. */
  readonly owner: string
  readonly onChange: (change: Partial<NewsForm>) => void
  readonly onSend: () => void
  readonly isSending: boolean
  readonly failure: Failure | undefined
  /** Beside the submit button: whether the draft is stored. */
  readonly draftState?: ReactNode
  /** Of an item already published: its date can no longer be changed. */
  readonly publishedAt?: string | undefined
  readonly isNoticeFixed?: boolean
  readonly isEdit?: boolean
}

/** The form of a news item, with the number of people it reaches beside the submit button. */
export const ComposeForm = (props: ComposeFormProps) => (
  <Suspense fallback={<Skeleton rows={8} />}>
    <Fields {...props} />
  </Suspense>
)

const Fields = (props: ComposeFormProps) => {
  const { uai, form, onChange, failure, publishedAt } = props
  const t = useTexts(texts)
  const words = useFailureWords()
  const ref = useRef<HTMLFormElement>(null)
  const query = useQuery(read(newsContract.routes.choices, { params: { uai } }))
  const choices = query.data?.items ?? []
  const [typed, setTyped] = useState('')
  const [isTried, setTried] = useState(false)
  const refused = failure ? refusedFields(failure) : {}
  const problems: FieldProblems = {
    ...refused,
    ...(isTried ? problemsOf(form, choices, serverDate(), publishedAt, typed) : {}),
  }
  const error = (name: Field) => {
    const problem = problems[name]
    return problem && t(`news.problem.${problem}`, { typed: typed.trim() })
  }
  const count = fields.filter(name => problems[name] !== undefined).length

  const isOther = failure && Object.keys(refused).length === 0
  const failed = isOther && (failure.type === 'conflict' ? t('news.conflict') : words(failure))
  const wrong = count > 0 ? t('news.problems', { count }) : failed

  const filesFirst = useFilesFirst(props.onSend)
  const submit = () => {
    const missing = problemsOf(form, choices, serverDate(), publishedAt, typed)
    if (Object.keys(missing).length === 0) filesFirst.submit()
    else focusFirstInvalid(ref.current, () => setTried(true))
  }

  const isSending = props.isSending || filesFirst.isAwaited
  return (
    <ActForm ref={ref} className={styles.form} onSubmit={() => !isSending && submit()}>
      <ReadState query={query}>
        {({ items }) => (
          <div>
            <AudiencePicker
              choices={items}
              chosen={form.audiences}
              typed={typed}
              onType={setTyped}
              error={error('audiences')}
              onChange={audiences => onChange({ audiences: [...audiences] })}
            />
            <SavedLists
              uai={uai}
              choices={items}
              chosen={form.audiences}
              onChange={audiences => onChange({ audiences: [...audiences] })}
            />
            <ReachedPeople uai={uai} audiences={form.audiences} />
          </div>
        )}
      </ReadState>
      <TextField
        label={t('news.compose.title')}
        value={form.title}
        autoComplete="off"
        error={error('title')}
        onChange={title => onChange({ title })}
      />
      <TextEditor value={form.body} error={error('body')} onChange={body => onChange({ body })} />
      <FileField
        owner={props.owner}
        files={form.attachments ?? []}
        onChange={attachments => onChange({ attachments: [...attachments] })}
        onState={filesFirst.onState}
        failure={failure}
      />
      <fieldset className={styles.options}>
        <legend>{t('news.compose.options')}</legend>
        <Checkbox label={t('news.compose.urgent')} checked={form.urgent} onChange={urgent => onChange({ urgent })} />
        <Checkbox label={t('news.compose.pinned')} checked={form.pinned} onChange={pinned => onChange({ pinned })} />
      </fieldset>
      <RadioGroup
        label={t('news.compose.notice')}
        value={form.notice}
        onChange={notice => onChange({ notice })}
        {...(error('notice') && { error: error('notice') })}
        {...(props.isNoticeFixed && { hint: t('news.problem.notice-fixed') })}
        options={notices.map(value => ({
          value,
          label: t(`news.notice.${value}`),
          disabled: props.isNoticeFixed === true && value !== form.notice,
        }))}
      />
      {form.notice !== 'none' && <Asking form={form} onChange={onChange} error={error} />}
      <fieldset className={styles.dates}>
        <legend>{t('news.compose.when')}</legend>
        {publishedAt === undefined && (
          <DateTimeField
            label={t('news.compose.publishAt')}
            hint={t('news.compose.publishAt.hint')}
            value={form.publishAt}
            error={error('publishAt')}
            onChange={publishAt => onChange({ publishAt })}
          />
        )}
        <DateTimeField
          label={t('news.compose.until')}
          hint={t('news.compose.until.hint')}
          value={form.until}
          error={error('until')}
          onChange={until => onChange({ until })}
        />
      </fieldset>
      <SendBar
        uai={uai}
        audiences={form.audiences}
        isSending={isSending}
        error={wrong}
        draftState={
          <>
            {filesFirst.said}
            {props.draftState}
          </>
        }
        label={t(props.isEdit ? 'news.save' : form.publishAt ? 'news.schedule' : 'news.publish')}
      />
    </ActForm>
  )
}
