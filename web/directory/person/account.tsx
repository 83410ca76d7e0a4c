import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { PersonPage } from '../../../shared/directory/person-page.ts'
import { listName } from '../../../shared/kernel/names.ts'
import { sessionContract } from '../../../shared/session/contract.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useDates } from '../../platform/dates.ts'
import { useFailureWords } from '../../platform/failure-words.ts'
import { read } from '../../platform/read.ts'
import { serverDate } from '../../platform/server-time.ts'
import { useWrite } from '../../platform/write.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { FieldError } from '../../ui/field.tsx'
import { Icon, type IconName } from '../../ui/icon.tsx'
import type { Issuing } from '../issuing.ts'
import { writes } from '../writes.ts'
import { Freeze } from './freeze.tsx'
import styles from './person.module.css'
import { texts } from './texts.ts'

type AccountProps = { readonly person: PersonPage; readonly issuing: Issuing }

const icons: Record<PersonPage['account']['state'], IconName> = {
  none: 'key',
  code: 'key',
  expired: 'warning',
  active: 'check',
  suspended: 'warning',
}

const Facts = ({ person: { account } }: Pick<AccountProps, 'person'>) => {
  const t = useTexts(texts)
  const dates = useDates()
  const given = account.codeGivenAt && dates.date(account.codeGivenAt)
  const facts: readonly (readonly [string, string | undefined])[] = [
    [t('directory.person.login'), account.login],
    [
      t('directory.person.code-given'),
      given && account.codeGivenBy
        ? t('directory.person.code-given-by', { date: given, by: account.codeGivenBy })
        : given,
    ],
    [t('directory.person.activated'), account.activatedAt && dates.date(account.activatedAt)],
    [
      t('directory.person.last-sign-in'),
      account.lastSignIn
        ? dates.date(account.lastSignIn)
        : account.state === 'active'
          ? undefined
          : t('directory.person.never'),
    ],
    [t('directory.person.factor'), account.factor ? t('directory.person.factor.set') : undefined],
  ]
  return (
    <dl className={styles.facts}>
      {facts.map(
        ([name, fact]) =>
          fact && (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{fact}</dd>
            </div>
          ),
      )}
    </dl>
  )
}

/** Gives a new code: the page's main act. */
const NewCode = ({ person, issuing }: AccountProps) => {
  const t = useTexts(texts)
  const dates = useDates()
  const why = useFailureWords()
  const { state, codeGivenAt, codeExpiresAt } = person.account
  const isHeld = codeExpiresAt !== undefined && codeExpiresAt > serverDate().toISOString()
  return (
    <div className={styles.act}>
      <Button
        variant="primary"
        icon="key"
        wide
        busy={issuing.busy}
        onClick={() => issuing.issue([{ id: person.id, account: state, ...(isHeld && { holdsCode: true }) }])}
      >
        {t(state === 'none' ? 'directory.person.first-code' : 'directory.person.new-code')}
      </Button>
      {isHeld && codeGivenAt && (
        <p className={styles.soft}>{t('directory.person.new-code.voids', { date: dates.date(codeGivenAt) })}</p>
      )}
      {state === 'active' && <p className={styles.soft}>{t('directory.person.new-code.active')}</p>}
      {issuing.failure && (
        <div role="alert">
          <FieldError>{why(issuing.failure)}</FieldError>
        </div>
      )}
    </div>
  )
}

/** On how many devices the person is signed in, how often signing in failed, and the end of all sessions. */
const Sessions = ({ person }: Pick<AccountProps, 'person'>) => {
  const t = useTexts(texts)
  const why = useFailureWords()
  const params = { person: person.id }
  const query = useQuery(read(sessionContract.routes.sessionsOf, { params }))
  const [asking, setAsking] = useState(false)
  const end = useWrite(writes.endSessions)
  if (!query.data) return null
  return (
    <div className={styles.act}>
      <dl className={styles.facts}>
        <div>
          <dt>{t('directory.person.devices')}</dt>
          <dd>{query.data.count}</dd>
        </div>
        <div>
          <dt>{t('directory.person.failed')}</dt>
          <dd>{t('directory.person.failed.count', { count: query.data.failed ?? 0 })}</dd>
        </div>
      </dl>
      {end.state === 'sent' && <p role="status">{t('directory.person.end-sessions.done')}</p>}
      {query.data.count > 0 && (
        <Button icon="leave" wide onClick={() => setAsking(true)}>
          {t('directory.person.end-sessions')}
        </Button>
      )}
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t('directory.person.end-sessions.title', { name: listName(person) })}
        actions={
          <>
            <Button
              variant="danger"
              busy={end.state === 'sending'}
              onClick={() => end.send({ params }, { onDone: () => setAsking(false) })}
            >
              {t('directory.person.end-sessions')}
            </Button>
            <Button onClick={() => setAsking(false)}>{t('directory.person.keep')}</Button>
          </>
        }
      >
        <p>{t('directory.person.end-sessions.why')}</p>
        {end.failure && (
          <div role="alert">
            <FieldError>{why(end.failure)}</FieldError>
          </div>
        )}
      </Dialog>
    </div>
  )
}

/** Removes a second factor that was lost. */
const ResetFactor = ({ person }: Pick<AccountProps, 'person'>) => {
  const t = useTexts(texts)
  const why = useFailureWords()
  const [asking, setAsking] = useState(false)
  const reset = useWrite(writes.resetFactor)
  const params = { person: person.id }
  return (
    <div className={styles.act}>
      <Button icon="key" wide onClick={() => setAsking(true)}>
        {t('directory.person.reset-factor')}
      </Button>
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t('directory.person.reset-factor.title', { name: listName(person) })}
        actions={
          <>
            <Button
              variant="danger"
              busy={reset.state === 'sending'}
              onClick={() => reset.send({ params }, { onDone: () => setAsking(false) })}
            >
              {t('directory.person.reset-factor.do')}
            </Button>
            <Button onClick={() => setAsking(false)}>{t('directory.person.keep')}</Button>
          </>
        }
      >
        <p>{t('directory.person.reset-factor.why')}</p>
        {reset.failure && (
          <div role="alert">
            <FieldError>{why(reset.failure)}</FieldError>
          </div>
        )}
      </Dialog>
    </div>
  )
}

/** The person's account: where it is, a new code, the end of all sessions. */
export const Account = ({ person, issuing }: AccountProps) => {
  const t = useTexts(texts)
  const dates = useDates()
  const { state, codeExpiresAt } = person.account
  return (
    <aside className={styles.account} aria-labelledby="account">
      <h2 id="account" className={styles.title}>
        {t('directory.person.account')}
      </h2>
      <p className={state === 'active' ? styles.active : styles.waits}>
        <Icon name={icons[state]} size={20} /> {t(`directory.person.state.${state}`)}
      </p>
      {state === 'code' && codeExpiresAt && <p>{t('directory.person.waits', { date: dates.date(codeExpiresAt) })}</p>}
      <Facts person={person} />
      <Freeze person={person} />
      {person.caredForIn ? (
        <>
          <NewCode person={person} issuing={issuing} />
          <Sessions person={person} />
          {person.account.factor && person.mayFreeze && <ResetFactor person={person} />}
        </>
      ) : (
        state !== 'suspended' && <p className={styles.soft}>{t('directory.person.not-cared-for')}</p>
      )}
    </aside>
  )
}
