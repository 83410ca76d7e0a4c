import { useSyncExternalStore } from 'react'
import { useTexts } from '../platform/catalogue.ts'
import { Button } from '../ui/button.tsx'
import { applyUpdate, postponeUpdate, subscribeToUpdate, updateReady } from './service-worker.ts'
import { texts } from './texts.ts'
import styles from './update.module.css'

/** Offers to reload for a new version. The page never reloads by itself, since the person may be writing. */
export const UpdatePrompt = () => {
  const t = useTexts(texts)
  const ready = useSyncExternalStore(subscribeToUpdate, updateReady)
  return (
    <div role="status">
      {ready && (
        <div className={styles.prompt}>
          <p>{t('app.update')}</p>
          <Button variant="quiet" onClick={applyUpdate}>
            {t('app.update-now')}
          </Button>
          <Button variant="quiet" onClick={postponeUpdate}>
            {t('app.update-later')}
          </Button>
        </div>
      )}
    </div>
  )
}
