import { flushSync } from 'react-dom'

/**
 * Marks by `mark` what is wrong in a form, then puts the focus on the first field marked: it is read out with what is
 * wrong, also if it held the focus before.
 */
export const focusFirstWrong = (form: HTMLFormElement | null, mark: () => void): void => {
  flushSync(mark)
  const first = form?.querySelector<HTMLElement>('[aria-invalid="true"], fieldset[aria-describedby] input')
  if (first === document.activeElement) first?.blur()
  first?.focus()
}
