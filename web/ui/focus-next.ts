const focusable = 'a[href], button, summary, input, select, textarea'

/** Moves the focus to the control after `element`, which is about to go: it would fall to the page's beginning. */
export const focusNext = (element: HTMLElement): void => {
  const all = [...document.querySelectorAll<HTMLElement>(focusable)]
  const next = all[all.indexOf(element) + 1]
  next?.focus({ preventScroll: true })
}
