import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { isBlank } from '../../../shared/kernel/text.ts'
import { newsContract } from '../../../shared/news/contract.ts'
import { listLimits, type RecipientList } from '../../../shared/news/lists.ts'
import type { AudienceChoice } from '../../../shared/news/shapes.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useFailureWords } from '../../platform/failure-words.ts'
import { read } from '../../platform/read.ts'
import { useWrite } from '../../platform/write.ts'
import { Button } from '../../ui/button.tsx'
import { FieldError } from '../../ui/field.tsx'
import { Fold } from '../../ui/fold.tsx'
import { ReadState } from '../../ui/read-state.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { toast } from '../../ui/toast.tsx'
import { writes } from '../writes.ts'
import { texts } from './recipient-texts.ts'
import styles from './tools.module.css'

type SavedListsProps = {
  readonly uai: string
  readonly choices: readonly AudienceChoice[]
  readonly chosen: readonly string[]
  readonly onChange: (chosen: readonly string[]) => void
}

/** The writer's own lists of recipients: choosing one adds its recipients, saving one keeps those chosen. */
export const SavedLists = (props: SavedListsProps) => {
  const t = useTexts(texts)
  return (
    <Fold name={t('news.lists.saved')}>
      <Opened {...props} />
    </Fold>
  )
}

const Opened = ({ uai, choices, chosen, onChange }: SavedListsProps) => {
  const t = useTexts(texts)
  const words = useFailureWords()
  const query = useQuery(read(newsContract.routes.lists, { params: { uai } }))
  const [name, setName] = useState('')
  const [problem, setProblem] = useState<'missing' | 'nobody'>()
  const saving = useWrite(writes.saveList)
  const save = () => {
    const wrong = chosen.length === 0 ? 'nobody' : isBlank(name) ? 'missing' : undefined
    setProblem(wrong)
    if (wrong) return
    const onDone = () => {
      toast({ text: t('news.lists.done', { name: name.trim() }) })
      setName('')
    }
    saving.send({ params: { uai }, body: { name, audiences: [...chosen] } }, { onDone })
  }
  return (
    <>
      <ReadState query={query}>
        {({ items }) =>
          items.length > 0 && (
            <ul className={styles.rows}>
              {items.map(list => (
                <SavedList
                  key={list.id}
                  list={list}
                  uai={uai}
                  offered={list.audiences.filter(id => choices.some(one => one.id === id))}
                  onUse={audiences => onChange([...new Set([...chosen, ...audiences])])}
                />
              ))}
            </ul>
          )
        }
      </ReadState>
      <TextField
        label={t('news.lists.new')}
        hint={t('news.lists.new.hint')}
        maxLength={listLimits.name}
        autoComplete="off"
        value={name}
        error={problem && t(`news.lists.new.${problem}`)}
        onChange={setName}
      />
      <p>
        <Button icon="plus" busy={saving.state === 'sending'} onClick={save}>
          {t('news.lists.save')}
        </Button>
      </p>
      {saving.failure && (
        <div role="alert">
          <FieldError>{words(saving.failure)}</FieldError>
        </div>
      )}
    </>
  )
}

type SavedListProps = {
  readonly list: RecipientList
  readonly uai: string
  /** Those of its audiences that may be chosen today: a class may be closed, or no longer the writer's. */
  readonly offered: readonly string[]
  readonly onUse: (audiences: readonly string[]) => void
}

const SavedList = ({ list: { id, name, audiences }, uai, offered, onUse }: SavedListProps) => {
  const t = useTexts(texts)
  const words = useFailureWords()
  const removing = useWrite(writes.removeList)
  const saving = useWrite(writes.saveList)
  const gone = audiences.length - offered.length
  const remove = () =>
    removing.send(
      { params: { uai, list: id } },
      {
        onDone: () =>
          toast({
            text: t('news.lists.removed', { name }),
            undo: () => saving.send({ params: { uai }, body: { name, audiences } }),
          }),
        onFailed: failure => toast({ text: words(failure) }),
      },
    )
  return (
    <li className={styles.row}>
      <Button variant="quiet" icon="people" onClick={() => onUse(offered)}>
        {t('news.lists.use', { name })}
      </Button>
      {gone > 0 && <span className={styles.hint}>{t('news.lists.gone', { count: gone })}</span>}
      <Button variant="quiet" icon="close" bare busy={removing.state === 'sending'} onClick={remove}>
        {t('news.lists.remove', { name })}
      </Button>
    </li>
  )
}
