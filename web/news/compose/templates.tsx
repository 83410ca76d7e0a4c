import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { isBlank } from '../../../shared/kernel/text.ts'
import { newsContract } from '../../../shared/news/contract.ts'
import { runsSchool } from '../../../shared/news/rules.ts'
import { type TemplateSummary, templateLimits, templateOwners } from '../../../shared/news/templates.ts'
import type { Me } from '../../../shared/session/contract.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useFailureWords } from '../../platform/failure-words.ts'
import { read } from '../../platform/read.ts'
import { serverDate } from '../../platform/server-time.ts'
import { useWrite } from '../../platform/write.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { FieldError } from '../../ui/field.tsx'
import { Fold } from '../../ui/fold.tsx'
import { RadioGroup } from '../../ui/radio-group.tsx'
import { ReadState } from '../../ui/read-state.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { toast } from '../../ui/toast.tsx'
import { writes } from '../writes.ts'
import { templateOf } from './copy-form.ts'
import { type NewsForm, problemsOf } from './form.ts'
import { texts } from './template-texts.ts'
import styles from './tools.module.css'

type TemplatesProps = { readonly me: Me; readonly uai: string; readonly form: NewsForm }

/** Templates to begin from, and what is being written as one. */
export const Templates = (props: TemplatesProps) => {
  const t = useTexts(texts)
  return (
    <Fold name={t('news.templates')}>
      <Opened {...props} />
    </Fold>
  )
}

const Opened = ({ me, uai, form }: TemplatesProps) => {
  const t = useTexts(texts)
  const query = useQuery(read(newsContract.routes.templates, { params: { uai } }))
  const runs = runsSchool(me.roles, uai)
  return (
    <>
      <ReadState query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <p>{t('news.templates.none')}</p>
          ) : (
            <ul className={styles.rows}>
              {items.map(one => (
                <TemplateRow key={one.id} template={one} uai={uai} mayRemove={one.of === 'mine' || runs} />
              ))}
            </ul>
          )
        }
      </ReadState>
      <SaveTemplate uai={uai} form={form} runs={runs} />
    </>
  )
}

type TemplateRowProps = { readonly template: TemplateSummary; readonly uai: string; readonly mayRemove: boolean }

const TemplateRow = ({ template: { id, name, of }, uai, mayRemove }: TemplateRowProps) => {
  const t = useTexts(texts)
  const words = useFailureWords()
  const { send, state } = useWrite(writes.removeTemplate)
  const remove = () =>
    send(
      { params: { uai, template: id } },
      {
        onDone: () => toast({ text: t('news.templates.removed', { name }) }),
        onFailed: failure => toast({ text: words(failure) }),
      },
    )
  return (
    <li className={styles.row}>
      <LinkButton variant="quiet" icon="pen" to="/news/write" search={{ template: id, of: uai }}>
        {t('news.templates.begin', { name })}
      </LinkButton>
      {of === 'school' && <span className={styles.hint}>{t('news.templates.of.school')}</span>}
      {mayRemove && (
        <Button variant="quiet" icon="close" bare busy={state === 'sending'} onClick={remove}>
          {t('news.templates.remove', { name })}
        </Button>
      )}
    </li>
  )
}

type SaveTemplateProps = { readonly uai: string; readonly form: NewsForm; readonly runs: boolean }

const SaveTemplate = ({ uai, form, runs }: SaveTemplateProps) => {
  const t = useTexts(texts)
  const words = useFailureWords()
  const [name, setName] = useState('')
  const [of, setOf] = useState<(typeof templateOwners)[number]>('mine')
  const [problem, setProblem] = useState<'missing' | 'incomplete'>()
  const { send, state, failure } = useWrite(writes.saveTemplate)
  const save = () => {
    const { audiences: _, ...wrong } = problemsOf(form, [], serverDate())
    const found = Object.keys(wrong).length > 0 ? 'incomplete' : isBlank(name) ? 'missing' : undefined
    setProblem(found)
    if (found) return
    const onDone = () => {
      toast({ text: t('news.templates.done', { name: name.trim() }) })
      setName('')
    }
    send({ params: { uai }, body: { of, name, ...templateOf(form, serverDate()) } }, { onDone })
  }
  return (
    <>
      <TextField
        label={t('news.templates.name')}
        hint={t('news.templates.hint')}
        maxLength={templateLimits.name}
        autoComplete="off"
        value={name}
        error={problem && t(`news.templates.${problem}`)}
        onChange={setName}
      />
      {runs && (
        <RadioGroup
          label={t('news.templates.whose')}
          value={of}
          onChange={setOf}
          options={templateOwners.map(value => ({ value, label: t(`news.templates.${value}`) }))}
        />
      )}
      <p>
        <Button icon="plus" busy={state === 'sending'} onClick={save}>
          {t('news.templates.save')}
        </Button>
      </p>
      {failure && (
        <div role="alert">
          <FieldError>{words(failure)}</FieldError>
        </div>
      )}
    </>
  )
}
