import { useState } from 'react'
import type { PersonPage } from '../../../shared/directory/person-page.ts'
import { listName } from '../../../shared/kernel/names.ts'
import { useMe } from '../../platform/api.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useDates } from '../../platform/dates.ts'
import { useFailureWords } from '../../platform/failure-words.ts'
import { useWrite } from '../../platform/write.ts'
import { Button } from '../../ui/button.tsx'
import { FieldError } from '../../ui/field.tsx'
import { writes } from '../writes.ts'
import { DecideDialog } from './decide-dialog.tsx'
import styles from './person.module.css'
import { texts } from './texts.ts'

type Decision = PersonPage['decisions'][number]

/** Takes a decision back. */
const TakeBack = ({ decision }: { readonly decision: Decision }) => {
  const t = useTexts(texts)
  const why = useFailureWords()
  const undecide = useWrite(writes.undecide)
  const params = { person: decision.adult.id, child: decision.child.id }
  return (
    <div>
      <Button variant="quiet" icon="undo" busy={undecide.state === 'sending'} onClick={() => undecide.send({ params })}>
        {t('directory.person.restore')}
      </Button>
      {undecide.failure && (
        <div role="alert">
          <FieldError>{why(undecide.failure)}</FieldError>
        </div>
      )}
    </div>
  )
}

const DecisionLine = ({ decision, of }: { readonly decision: Decision; readonly of: string }) => {
  const t = useTexts(texts)
  const dates = useDates()
  const { kind, adult, child, until, over, reason, by, at, inFeed } = decision
  const other = adult.id === of ? child : adult
  const when = over ? 'directory.person.decision.over' : 'directory.person.decision.until'
  return (
    <li className={styles.line}>
      <div className={styles.words}>
        <p className={styles.strong}>{t(`directory.person.decision.${kind}`, { name: listName(other) })}</p>
        <p>{reason}</p>
        {until && <p>{t(when, { date: dates.date(until) })}</p>}
        <p className={styles.soft}>{t('directory.person.decision.by', { date: dates.date(at), by })}</p>
        <p className={styles.soft}>
          {t(inFeed ? 'directory.person.decision.in-feed' : 'directory.person.decision.not-in-feed')}
        </p>
      </div>
      <TakeBack decision={decision} />
    </li>
  )
}

/**
 * What no feed knows: whose access was granted or stopped by decision, beside what the feed says, and a further decision.
 * Nobody decides of their own access.
 */
export const Decisions = ({ person }: { readonly person: PersonPage }) => {
  const t = useTexts(texts)
  const me = useMe()
  const [grants, setGrants] = useState(false)
  const [stops, setStops] = useState<{ readonly id: string; readonly name: string }>()
  const uai = person.caredForIn ?? person.roles[0]?.uai ?? ''
  const isAdult = !person.roles.some(({ role }) => role === 'pupil')
  const mayDecide = isAdult && person.id !== me.person.id
  if (!mayDecide && person.decisions.length === 0) return null
  const adult = { id: person.id, name: listName(person) }
  return (
    <section className={styles.section}>
      <h2>{t('directory.person.decisions')}</h2>
      {person.decisions.length > 0 && (
        <ul className={styles.card}>
          {person.decisions.map(decision => (
            <DecisionLine key={`${decision.adult.id} ${decision.child.id}`} decision={decision} of={person.id} />
          ))}
        </ul>
      )}
      {mayDecide && (
        <div className={styles.choicesOfActs}>
          {person.children.map(({ child }) => (
            <Button
              key={child.id}
              variant="quiet"
              icon="hidden"
              onClick={() => setStops({ id: child.id, name: listName(child) })}
            >
              {t('directory.person.stop', { child: listName(child) })}
            </Button>
          ))}
          <Button variant="quiet" icon="eye" onClick={() => setGrants(true)}>
            {t('directory.person.grant')}
          </Button>
        </div>
      )}
      {grants && <DecideDialog open onClose={() => setGrants(false)} adult={adult} uai={uai} />}
      {stops && <DecideDialog open onClose={() => setStops(undefined)} adult={adult} child={stops} uai={uai} />}
    </section>
  )
}
