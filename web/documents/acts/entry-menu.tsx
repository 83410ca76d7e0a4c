import { type ComponentProps, useState } from 'react'
import { useTexts } from '../../platform/catalogue.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { texts } from '../texts.ts'
import { EntryActs, hasActs } from './entry-acts.tsx'

/** The button at the end of a row, and what it opens. */
export const EntryMenu = (props: ComponentProps<typeof EntryActs>) => {
  const t = useTexts(texts)
  const [isOpen, setOpen] = useState(false)
  const { name } = props.entry
  if (!hasActs(props.entry, props.manages)) return null
  return (
    <>
      <Button bare variant="quiet" icon="more" onClick={() => setOpen(true)}>
        {t('documents.acts', { name })}
      </Button>
      <Dialog open={isOpen} onClose={() => setOpen(false)} title={name}>
        <EntryActs
          {...props}
          onDone={() => setOpen(false)}
          onGone={() => {
            setOpen(false)
            props.onGone()
          }}
        />
      </Dialog>
    </>
  )
}
