import { useState } from 'react'
import type { ImportPage } from '../../../shared/directory/imports.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useDates } from '../../platform/dates.ts'
import { useFailureWords } from '../../platform/failure-words.ts'
import { useWrite } from '../../platform/write.ts'
import { Button } from '../../ui/button.tsx'
import { FieldError } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { writes } from '../writes.ts'
import { AskDialog } from './ask-dialog.tsx'
import styles from './import.module.css'
import { texts } from './texts.ts'

type Held = NonNullable<ImportPage['held']>

/** Kinds of losses with a sentence of their own; the others are roles. */
const told = ['classes', 'guardian links', 'keys'] as const

/** What the file would do, in one sentence. */
const Heading = ({ held, losing }: { readonly held: Held; readonly losing: number }) => {
  const t = useTexts(texts)
  const people = held.losses.find(({ what }) => what === 'people')
  const words =
    held.reason === 'another-source'
      ? t('directory.import.another-source')
      : people
        ? t('directory.import.losing.of', { lost: people.lost, had: people.had })
        : losing > 0
          ? t('directory.import.losing', { count: losing })
          : t('directory.import.held.other')
  return <h3 className={styles.lead}>{words}</h3>
}

/** What else it would take away, what is likely, and what happens without an answer. */
const Why = ({ page, held }: { readonly page: ImportPage; readonly held: Held }) => {
  const t = useTexts(texts)
  const gone = page.classes.filter(({ had, lost }) => had === lost).map(({ name }) => name)
  const others = held.losses.filter(({ what }) => what !== 'people')
  return (
    <>
      {others.map(({ what, lost, had }) => {
        const key = told.find(one => one === what) ?? 'role'
        return <p key={what}>{t(`directory.import.loss.${key}`, { lost, had })}</p>
      })}
      {gone.length > 0 && <p>{t('directory.import.classes', { count: gone.length, names: gone.join(', ') })}</p>}
      <p>{t(held.reason === 'another-source' ? 'directory.import.another-source.why' : 'directory.import.likely')}</p>
    </>
  )
}

/** Who answered, and what follows. */
const Answered = ({ page, held }: { readonly page: ImportPage; readonly held: Held }) => {
  const t = useTexts(texts)
  const dates = useDates()
  const { answer } = page
  if (held.state === 'over') return <p>{t('directory.import.over')}</p>
  if (!answer) return null
  const said = { by: answer.by, when: dates.dayTime(answer.at) }
  if (held.state === 'refused') return <p>{t('directory.import.refused', said)}</p>
  return (
    <p role="status">{t(held.state === 'running' ? 'directory.import.running' : 'directory.import.failed', said)}</p>
  )
}

/** A held school: what the file would do, and the answers, the safe one first. */
export const HeldBack = ({
  page,
  uai,
  onSee,
}: {
  readonly page: ImportPage
  readonly uai: string
  readonly onSee: () => void
}) => {
  const t = useTexts(texts)
  const why = useFailureWords()
  const [asks, setAsks] = useState(false)
  const refuse = useWrite(writes.refuseImport)
  const confirm = useWrite(writes.confirmImport)
  const { held } = page
  if (!held) return null
  const params = { uai, import: page.id }
  const losing = page.changes.find(({ kind }) => kind === 'losing')?.count ?? 0
  const isTouched = page.changes.some(({ kind }) => kind !== 'losing')
  const waits = held.state === 'open' || held.state === 'refused'
  const act = t(losing > 0 ? 'directory.import.confirm' : 'directory.import.confirm.plain')
  return (
    <section className={held.state === 'open' ? styles.held : styles.settled} aria-labelledby="held">
      <p className={styles.sign} id="held">
        <Icon name="pause" size={20} />
        {t(isTouched ? 'directory.import.held.custody' : 'directory.import.held')}
      </p>
      <Heading held={held} losing={losing} />
      {waits && <Why page={page} held={held} />}
      <Answered page={page} held={held} />
      <div className={styles.acts}>
        {held.state === 'open' && (
          <Button busy={refuse.state === 'sending'} onClick={() => refuse.send({ params })}>
            {losing > 0 ? t('directory.import.refuse', { count: losing }) : t('directory.import.refuse.plain')}
          </Button>
        )}
        {losing > 0 && <Button onClick={onSee}>{t('directory.import.see', { count: losing })}</Button>}
        {waits && (
          <Button variant="quiet" onClick={() => setAsks(true)}>
            {act}
          </Button>
        )}
      </div>
      {refuse.failure && (
        <div role="alert">
          <FieldError>{why(refuse.failure)}</FieldError>
        </div>
      )}
      {asks && waits && (
        <AskDialog
          title={t('directory.import.confirm.title')}
          act={act}
          busy={confirm.state === 'sending'}
          failure={confirm.failure}
          onAct={() => confirm.send({ params }, { onDone: () => setAsks(false) })}
          onClose={() => setAsks(false)}
        >
          <p>
            {held.reason === 'another-source'
              ? t('directory.import.confirm.why.moves')
              : t('directory.import.confirm.why', { count: losing })}
          </p>
        </AskDialog>
      )}
    </section>
  )
}
