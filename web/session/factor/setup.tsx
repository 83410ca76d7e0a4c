import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type Factor, factorContract, type NewPasskey, type Proof } from '../../../shared/session/factor-contract.ts'
import { renewAccess } from '../../platform/api.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useDates } from '../../platform/dates.ts'
import type { Failure } from '../../platform/failure.ts'
import { read } from '../../platform/read.ts'
import { useWrite } from '../../platform/write.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { ReadState } from '../../ui/read-state.tsx'
import { Refusal } from '../refusal.tsx'
import { writes } from '../writes.ts'
import { AppSetup } from './app-setup.tsx'
import styles from './factor.module.css'
import { PasskeySetup } from './passkey-setup.tsx'
import { makePasskey } from './passkeys.ts'
import { Prove } from './prove.tsx'
import { Recovery } from './recovery.tsx'
import { texts } from './texts.ts'

/** What is being done: an app or a passkey is added, something is removed, or recovery codes are made anew. */
type Doing =
  | { readonly what: 'app' | 'passkey' | 'recovery' }
  | { readonly what: 'removal'; readonly of: 'totp' | { readonly passkey: string } }

/** One's second factor: what there is, and everything that is done with it. Where there is one, it is asked for first. */
export const Setup = () => {
  const query = useQuery(read(factorContract.routes.factor, {}))
  return <ReadState query={query}>{factor => <Known factor={factor} />}</ReadState>
}

const Known = ({ factor }: { readonly factor: Factor }) => {
  const t = useTexts(texts)
  const [doing, setDoing] = useState<Doing>()
  const [proof, setProof] = useState<Proof>()
  const [codes, setCodes] = useState<readonly string[]>()
  const challenge = useWrite(writes.challenge)
  const begin = useWrite(writes.beginTotp)
  const confirm = useWrite(writes.confirmTotp)
  const add = useWrite(writes.addPasskey)
  const remove = useWrite(writes.removeFactor)
  const renew = useWrite(writes.renewRecovery)
  const isSet = factor.totp !== undefined || factor.passkeys.length > 0

  const stop = () => {
    setDoing(undefined)
    setProof(undefined)
    for (const one of [challenge, begin, confirm, add, remove, renew]) one.reset()
  }
  const done = ({ recovery }: { readonly recovery?: readonly string[] | undefined }) => {
    stop()
    if (recovery) setCodes(recovery)
  }
  /** The challenge is one use's: a proof by passkey answers the same one as the passkey that is made. */
  const addPasskey = (label: string, passkey: NewPasskey) =>
    add.send(
      { body: { label, passkey, ...(proof && { proof }) } },
      { onDone: done, onFailed: ({ type }) => type === 'wrong-factor' && setProof(undefined) },
    )
  const start = (next: Doing) => {
    setDoing(next)
    if (isSet || next.what === 'passkey') challenge.send({})
    if (next.what === 'app') begin.send({})
  }
  const onProof = (given: Proof) => {
    if (!doing) return
    if (doing.what === 'removal') remove.send({ body: { what: doing.of, proof: given } }, { onDone: stop })
    else if (doing.what === 'recovery') renew.send({ body: { proof: given } }, { onDone: done })
    else setProof(given)
  }

  if (codes)
    return (
      <Recovery
        codes={codes}
        onDone={() => {
          setCodes(undefined)
          void renewAccess()
        }}
      />
    )
  const failure = challenge.failure ?? begin.failure ?? add.failure ?? remove.failure ?? renew.failure
  const isBusy = [challenge, begin, add, remove, renew].some(one => one.state === 'sending')
  if (doing && isSet && !proof && challenge.reply)
    return (
      <>
        <h3>{t('session.factor.prove')}</h3>
        <Prove
          code={factor.totp !== undefined || factor.recovery > 0}
          passkey={challenge.reply.prove.allowCredentials.length > 0 ? challenge.reply.prove : undefined}
          action={t('session.factor.confirm')}
          busy={isBusy}
          failure={failure}
          onProof={onProof}
        >
          <Button onClick={stop}>{t('session.factor.cancel')}</Button>
        </Prove>
      </>
    )
  if (doing?.what === 'app' && begin.reply)
    return (
      <AppSetup
        secret={begin.reply}
        busy={confirm.state === 'sending'}
        failure={confirm.failure}
        onCode={code => confirm.send({ body: { code, ...(proof && { proof }) } }, { onDone: done })}
        onCancel={stop}
      />
    )
  const create = challenge.reply?.create
  if (doing?.what === 'passkey' && create)
    return (
      <PasskeySetup
        busy={isBusy}
        failure={failure}
        make={() => makePasskey(create)}
        onMade={addPasskey}
        onCancel={stop}
      />
    )
  return <Listed factor={factor} busy={isBusy} failure={failure} onStart={start} />
}

type ListedProps = {
  readonly factor: Factor
  readonly busy: boolean
  readonly failure: Failure | undefined
  readonly onStart: (doing: Doing) => void
}

const Listed = ({ factor, busy, failure, onStart }: ListedProps) => {
  const t = useTexts(texts)
  const dates = useDates()
  const { totp, passkeys, recovery, reset } = factor
  const isSet = totp !== undefined || passkeys.length > 0
  return (
    <div className={styles.form}>
      {failure && <Refusal failure={failure} left={0} />}
      {reset && (
        <Banner tone="warn">
          {reset.by
            ? t('session.factor.reset.by', { by: reset.by, when: dates.dayTime(reset.at) })
            : t('session.factor.reset', { when: dates.dayTime(reset.at) })}
        </Banner>
      )}
      {isSet ? (
        <ul className={styles.list}>
          {totp !== undefined && (
            <li className={styles.line}>
              <div>
                <p className={styles.strong}>{t('session.factor.app')}</p>
                <p className={styles.soft}>{t('session.factor.since', { date: dates.date(totp) })}</p>
              </div>
              <Button
                aria-label={t('session.factor.remove-name', { label: t('session.factor.app') })}
                onClick={() => onStart({ what: 'removal', of: 'totp' })}
              >
                {t('session.factor.remove')}
              </Button>
            </li>
          )}
          {passkeys.map(({ id, label, since, lastUsed }) => (
            <li key={id} className={styles.line}>
              <div>
                <p className={styles.strong}>{label}</p>
                <p className={styles.soft}>
                  {lastUsed
                    ? t('session.factor.used', { date: dates.date(since), when: dates.dayTime(lastUsed) })
                    : t('session.factor.since', { date: dates.date(since) })}
                </p>
              </div>
              <Button
                aria-label={t('session.factor.remove-name', { label })}
                onClick={() => onStart({ what: 'removal', of: { passkey: id } })}
              >
                {t('session.factor.remove')}
              </Button>
            </li>
          ))}
          <li className={styles.line}>
            <p>{t('session.factor.left', { count: recovery })}</p>
            <Button onClick={() => onStart({ what: 'recovery' })}>{t('session.factor.renew')}</Button>
          </li>
        </ul>
      ) : (
        <p>{t('session.factor.none')}</p>
      )}
      <div className={styles.acts}>
        <Button icon="device" busy={busy} onClick={() => onStart({ what: 'app' })}>
          {t(totp === undefined ? 'session.factor.add-app' : 'session.factor.replace-app')}
        </Button>
        <Button icon="key" busy={busy} onClick={() => onStart({ what: 'passkey' })}>
          {t('session.factor.add-passkey')}
        </Button>
      </div>
    </div>
  )
}
