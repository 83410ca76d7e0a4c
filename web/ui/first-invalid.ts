import { flushSync } from 'react-dom'

/**
 * Renders a form's errors by `mark`, then moves the focus to the first invalid field, so that screen readers announce it
 * with its error, also if it had the focus before.
 */
export const focusFirstInvalid = (form: HTMLFormElement | null, mark: () => void): void => {
  flushSync(mark)
  const first = form?.querySelector<HTMLElement>('[aria-invalid="true"], fieldset[aria-describedby] input')
  if (first === document.activeElement) first?.blur()
  first?.focus()
}
