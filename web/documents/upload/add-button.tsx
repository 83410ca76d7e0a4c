import { useRef } from 'react'
import { useTexts } from '../../platform/catalogue.ts'
import { Button, type ButtonProps } from '../../ui/button.tsx'
import type { Goal } from './send.ts'
import { texts } from './texts.ts'
import { addUploads } from './uploads.ts'

type AddButtonProps = Partial<ButtonProps> & {
  readonly goal: Goal
  /** How many are sent of those that are chosen. Absent: all. */
  readonly most?: number
  /** Once files were chosen, with how many. */
  readonly onChosen?: (count: number) => void
}

/** Chooses files of this device, several at once, and sends them. `children`: other words than "Add". */
export const AddButton = ({ goal, most, onChosen, children, ...face }: AddButtonProps) => {
  const t = useTexts(texts)
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <Button {...face} onClick={() => input.current?.click()}>
        {children ?? t('documents.upload.add')}
      </Button>
      <input
        ref={input}
        type="file"
        multiple={goal.replaces === undefined}
        hidden
        onChange={event => {
          const chosen = [...(event.target.files ?? [])]
          addUploads(chosen.slice(0, most), goal)
          // The same file may be chosen again.
          event.target.value = ''
          onChosen?.(chosen.length)
        }}
      />
    </>
  )
}
