import { Link as Anchor } from 'wouter'
import { useTexts } from '../platform/catalogue.ts'
import { useDates } from '../platform/dates.ts'
import { removeWaiting, useWaiting } from '../platform/outbox/device-outbox.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import styles from './shell.module.css'
import { texts } from './texts.ts'

/** True where the browser deletes what a site stores after seven days without a visit: Safari, unless the app is installed. */
const deletesSoon = (): boolean =>
  navigator.vendor.startsWith('Apple') && !matchMedia('(display-mode: standalone)').matches

/** On every screen: what waits on this device for the network, and what was refused when it was sent; why is said there. */
export const WaitingWrites = () => {
  const t = useTexts(texts)
  const dates = useDates()
  const all = useWaiting()
  const refused = all.filter(one => one.refused)
  const count = all.length - refused.length
  return (
    <>
      <div role="status">
        {count > 0 && (
          <p className={styles.offline}>
            <Icon name="clock" size={20} />
            <span>
              {t('app.waiting', { count })} {deletesSoon() && t('app.waiting.soon')}
            </span>
          </p>
        )}
      </div>
      {refused.map(one => (
        <div key={one.key} className={styles.told}>
          <Banner
            tone="error"
            role="alert"
            action={
              <>
                <Anchor href={one.from}>{t('app.refused.see')}</Anchor>{' '}
                <Button variant="plain" onClick={() => void removeWaiting(one.key)}>
                  {t('app.refused.remove')}
                </Button>
              </>
            }
          >
            {t('app.refused', { what: one.label, when: dates.dayTime(one.at) })}
          </Banner>
        </div>
      ))}
    </>
  )
}
