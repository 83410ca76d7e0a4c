import { useSyncExternalStore } from 'react'
import { useTexts } from '../platform/catalogue.ts'
import { Button } from '../ui/button.tsx'
import { applyUpdate, postponeUpdate, subscribeToUpdate, updateReady } from './service-worker.ts'
import { texts } from './texts.ts'
import styles from './update.module.css'

/** Offers the new version, and never takes a page from under somebody who is writing. */
export const UpdatePrompt = () => {
  const t = useTexts(texts)
  const ready = useSyncExternalStore(subscribeToUpdate, updateReady)
  return (
    <div role="status">
      {ready && (
        <div className={styles.prompt}>
          <p>{t('app.update')}</p>
          <Button look="quiet" onClick={applyUpdate}>
            {t('app.update-now')}
          </Button>
          <Button look="quiet" onClick={postponeUpdate}>
            {t('app.update-later')}
          </Button>
        </div>
      )}
    </div>
  )
}
