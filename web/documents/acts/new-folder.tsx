import { useState } from 'react'
import { useTexts } from '../../platform/catalogue.ts'
import { useWrite } from '../../platform/write.ts'
import { Button, type ButtonProps } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import type { Goal } from '../upload/send.ts'
import { writes } from '../writes.ts'
import { NameForm } from './name-form.tsx'
import { texts } from './texts.ts'

/** Makes a folder in the one that is open. */
export const NewFolder = ({ goal: { space, folder }, ...face }: { readonly goal: Goal } & Partial<ButtonProps>) => {
  const t = useTexts(texts)
  const [isOpen, setOpen] = useState(false)
  const { send, state, failure, reset } = useWrite(writes.addFolder)
  const close = () => {
    setOpen(false)
    reset()
  }
  return (
    <>
      <Button {...face} icon="folder" onClick={() => setOpen(true)}>
        {t('documents.folder.new')}
      </Button>
      <Dialog open={isOpen} onClose={close} title={t('documents.folder.new.title')}>
        <NameForm
          name=""
          act={t('documents.folder.make')}
          failure={failure}
          isSending={state === 'sending'}
          onName={name => send({ params: { space }, body: { name, ...(folder && { folder }) } }, { onDone: close })}
        />
      </Dialog>
    </>
  )
}
