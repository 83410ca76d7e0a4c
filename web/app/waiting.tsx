import { Link as Anchor } from 'wouter'
import { useTexts } from '../platform/catalogue.ts'
import { useDates } from '../platform/dates.ts'
import { useDeviceFiles } from '../platform/device-files/device-files.ts'
import { hasWords, useFailureWords } from '../platform/failure-words.ts'
import { useOnline } from '../platform/online.ts'
import { isHeldUp, isKept, putBack, removeWaiting, useWaiting } from '../platform/outbox/device-outbox.ts'
import type { Waiting } from '../platform/outbox/waiting.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { toast } from '../ui/toast.tsx'
import styles from './shell.module.css'
import { texts } from './texts.ts'

/** True where the browser deletes what a site stores after seven days without a visit: Safari, unless the app is installed. */
const deletesSoon = (): boolean =>
  navigator.vendor.startsWith('Apple') && !matchMedia('(display-mode: standalone)').matches

/** What was refused when it was sent: where it was made, or there alone where its text can be saved, it is seen to. */
const Refused = ({ of }: { readonly of: Waiting }) => {
  const t = useTexts(texts)
  const words = useFailureWords()
  const dates = useDates()
  const remove = () => {
    void removeWaiting(of.key)
    toast({ text: t('app.refused.removed'), undo: () => putBack(of) })
  }
  return (
    <div className={styles.told}>
      <Banner
        tone="error"
        role="alert"
        action={
          <>
            <Anchor href={of.from}>{t('app.refused.see')}</Anchor>{' '}
            {!of.hasText && (
              <Button variant="plain" onClick={remove}>
                {t('app.refused.remove')}
              </Button>
            )}
          </>
        }
      >
        {t('app.refused', { what: of.label, when: dates.dayTime(of.at) })}{' '}
        {of.refused && hasWords(of.refused) && words(of.refused)}
      </Banner>
    </div>
  )
}

/** On every screen: what waits on this device for the network, what it cannot keep, and what was refused when it was sent. */
export const WaitingWrites = () => {
  const t = useTexts(texts)
  useOnline()
  const all = useWaiting().filter(one => !one.isQuiet)
  // Whether their files are kept is told by these.
  useDeviceFiles()
  const waiting = all.filter(one => !one.refused)
  const count = waiting.filter(isHeldUp).length
  const lost = all.filter(one => !isKept(one))
  return (
    <>
      <div role="status">
        {count > 0 && (
          <p className={styles.offline}>
            <Icon name="clock" size={20} />
            <span>
              {t('app.waiting', { count })} {lost.length === 0 && t('app.waiting.kept')}{' '}
              {deletesSoon() && t('app.waiting.soon')}
            </span>
          </p>
        )}
      </div>
      {lost.length > 0 && (
        <div className={styles.told}>
          <Banner tone="error" role="alert">
            {t('app.waiting.lost', { count: lost.length })}{' '}
            <ul>
              {lost.map(({ key, from, label }) => (
                <li key={key}>
                  <Anchor href={from}>{label}</Anchor>
                </li>
              ))}
            </ul>
          </Banner>
        </div>
      )}
      {all.map(one => one.refused && <Refused key={one.key} of={one} />)}
    </>
  )
}
