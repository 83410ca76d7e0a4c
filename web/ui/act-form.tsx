import type { ComponentProps, FormEvent, KeyboardEvent } from 'react'

/** Enter in a field of one line would press the form's button (HTML, 4.10.21.2: implicit submission). */
const withoutEnter = (event: KeyboardEvent<HTMLFormElement>) => {
  const isComposing = event.nativeEvent.isComposing
  if (event.key === 'Enter' && !isComposing && event.target instanceof HTMLInputElement) event.preventDefault()
}

type ActFormProps = Omit<ComponentProps<'form'>, 'onSubmit' | 'onKeyDown' | 'noValidate'> & {
  readonly onSubmit: () => void
}

/** A form of an act that reaches others: its button submits it, and nothing else does. */
export const ActForm = ({ onSubmit, ...rest }: ActFormProps) => (
  <form
    {...rest}
    noValidate
    onKeyDown={withoutEnter}
    onSubmit={(event: FormEvent) => {
      event.preventDefault()
      onSubmit()
    }}
  />
)
