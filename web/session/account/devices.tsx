import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type Device, sessionContract } from '../../../shared/session/contract.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useDates } from '../../platform/dates.ts'
import { useFailureWords } from '../../platform/failure-words.ts'
import { read } from '../../platform/read.ts'
import { useWrite } from '../../platform/write.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { FieldError } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { ReadState } from '../../ui/read-state.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Tag } from '../../ui/tag.tsx'
import { toast } from '../../ui/toast.tsx'
import { writes } from '../writes.ts'
import styles from './account.module.css'
import { Section } from './section.tsx'
import { texts } from './texts.ts'

/** How many devices are shown unfolded: the API lists this one first, then those seen last. */
const shown = 5

/** What the label says of the machine: phones and tablets are held in the hand. */
const iconOf = ({ label }: Device) => (/\b(Windows|macOS|Linux|ChromeOS)$/.test(label) ? 'computer' : 'device')

/** Signs another device out. Each device has its own, so that each says by itself what became of it. */
const EndDevice = ({ device, seen }: { readonly device: Device; readonly seen: string }) => {
  const t = useTexts(texts)
  const words = useFailureWords()
  const end = useWrite(writes.endDevice)
  return (
    <>
      <Button
        variant="quiet"
        busy={end.state === 'sending'}
        aria-label={t('session.end-device-name', { label: device.label })}
        aria-describedby={seen}
        onClick={() =>
          end.send({ params: { session: device.id } }, { onDone: () => toast({ text: t('session.device-ended') }) })
        }
      >
        {t('session.end-device')}
      </Button>
      {end.failure && (
        <div role="alert" className={styles.whole}>
          <FieldError>{words(end.failure)}</FieldError>
        </div>
      )}
    </>
  )
}

const Lines = ({ devices }: { readonly devices: readonly Device[] }) => {
  const t = useTexts(texts)
  const dates = useDates()
  return (
    <ul className={styles.lines}>
      {devices.map(device => (
        <li key={device.id} className={styles.line}>
          <Icon name={iconOf(device)} />
          <div>
            <p className={styles.strong}>{device.label}</p>
            <p className={styles.soft} id={`seen-${device.id}`}>
              {t('session.device-seen', { when: dates.ago(device.lastSeen), since: dates.dayTime(device.since) })}
            </p>
          </div>
          {device.current ? (
            <Tag tone="done">{t('session.this-device')}</Tag>
          ) : (
            <EndDevice device={device} seen={`seen-${device.id}`} />
          )}
        </li>
      ))}
    </ul>
  )
}

/** The devices one is signed in on, and signing out of this one or of all. */
export const Devices = () => {
  const t = useTexts(texts)
  const words = useFailureWords()
  const devices = useQuery(read(sessionContract.routes.devices, {}))
  const [asking, setAsking] = useState(false)
  const here = useWrite(writes.signOut)
  const everywhere = useWrite(writes.signOutEverywhere)
  const failure = here.failure ?? everywhere.failure
  return (
    <Section title={t('session.devices')}>
      <ReadState query={devices} loading={<Skeleton rows={2} />}>
        {({ items }) => (
          <>
            <Lines devices={items.slice(0, shown)} />
            {items.length > shown && (
              <details className={styles.folded}>
                <summary>{t('session.more-devices', { count: items.length - shown })}</summary>
                <Lines devices={items.slice(shown)} />
              </details>
            )}
          </>
        )}
      </ReadState>
      {failure && (
        <Banner tone="error" role="alert">
          {words(failure)}
        </Banner>
      )}
      <div className={styles.buttons}>
        <Button icon="leave" busy={here.state === 'sending'} onClick={() => here.send({})}>
          {t('session.sign-out-here')}
        </Button>
        <Button variant="quiet" onClick={() => setAsking(true)}>
          {t('session.sign-out-everywhere')}
        </Button>
      </div>
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t('session.sign-out-everywhere')}
        actions={
          <>
            <Button
              variant="danger"
              icon="leave"
              busy={everywhere.state === 'sending'}
              onClick={() => everywhere.send({})}
            >
              {t('session.sign-out-everywhere')}
            </Button>
            <Button onClick={() => setAsking(false)}>{t('session.cancel')}</Button>
          </>
        }
      >
        <p>{t('session.sign-out-everywhere-lead')}</p>
        {everywhere.failure && <p role="alert">{words(everywhere.failure)}</p>}
      </Dialog>
    </Section>
  )
}
