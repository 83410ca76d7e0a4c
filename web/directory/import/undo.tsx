import { useState } from 'react'
import type { ImportPage } from '../../../shared/directory/imports.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useDates } from '../../platform/dates.ts'
import { useWrite } from '../../platform/write.ts'
import { Button } from '../../ui/button.tsx'
import { writes } from '../writes.ts'
import { AskDialog } from './ask-dialog.tsx'
import styles from './import.module.css'
import { texts } from './texts.ts'

/** Of a confirmed import: that it was, and its undoing. Of an undoing: what it put back. */
export const Undo = ({ page, uai }: { readonly page: ImportPage; readonly uai: string }) => {
  const t = useTexts(texts)
  const dates = useDates()
  const [asks, setAsks] = useState(false)
  const undo = useWrite(writes.undoImport)
  const { undoes, undoUntil, answer } = page
  const undone = answer?.kind === 'undone' && { by: answer.by, when: dates.dayTime(answer.at) }
  if (undoes) {
    return (
      <div className={styles.settled}>
        <p>{t('directory.import.undoes', { when: dates.dayTime(undoes.at) })}</p>
        {undoes.changedSince > 0 && <p>{t('directory.import.changed-since', { count: undoes.changedSince })}</p>}
      </div>
    )
  }
  if (!page.confirmed) return null
  return (
    <div className={styles.settled}>
      <p>{t('directory.import.confirmed')}</p>
      {page.moved && <p>{t('directory.import.moved')}</p>}
      {undone && (
        <p role="status">{t(answer.ended ? 'directory.import.undone' : 'directory.import.undoing', undone)}</p>
      )}
      {undoUntil && (
        <div className={styles.acts}>
          <Button icon="undo" onClick={() => setAsks(true)}>
            {t('directory.import.undo')}
          </Button>
          <span className={styles.soft}>{t('directory.import.undo.until', { date: dates.date(undoUntil) })}</span>
        </div>
      )}
      {asks && undoUntil && (
        <AskDialog
          title={t('directory.import.undo.title')}
          act={t('directory.import.undo')}
          busy={undo.state === 'sending'}
          failure={undo.failure}
          onAct={() => undo.send({ params: { uai, import: page.id } }, { onDone: () => setAsks(false) })}
          onClose={() => setAsks(false)}
        >
          <p>{t('directory.import.undo.why')}</p>
        </AskDialog>
      )}
    </div>
  )
}
