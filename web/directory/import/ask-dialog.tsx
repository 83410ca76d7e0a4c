import type { ReactNode } from 'react'
import { useTexts } from '../../platform/catalogue.ts'
import type { Failure } from '../../platform/failure.ts'
import { useFailureWords } from '../../platform/failure-words.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { FieldError } from '../../ui/field.tsx'
import { texts } from './texts.ts'

type AskDialogProps = {
  readonly title: string
  readonly act: string
  readonly busy: boolean
  readonly failure: Failure | undefined
  readonly onAct: () => void
  readonly onClose: () => void
  readonly children: ReactNode
}

/** Asks before people of a school change: what follows, and a way back. */
export const AskDialog = ({ title, act, busy, failure, onAct, onClose, children }: AskDialogProps) => {
  const t = useTexts(texts)
  const why = useFailureWords()
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      actions={
        <>
          <Button variant="danger" busy={busy} onClick={onAct}>
            {act}
          </Button>
          <Button onClick={onClose}>{t('directory.import.keep')}</Button>
        </>
      }
    >
      {children}
      {failure && (
        <div role="alert">
          <FieldError>{why(failure)}</FieldError>
        </div>
      )}
    </Dialog>
  )
}
