/** What the address on an activation sheet contains. */
export type Sheet = { readonly login: string; readonly code: string }

/**
 * Parses login and code from an address's fragment, `#login=lea.martin&code=k7pq-2m9x-w4td`: the printed sheet's QR code. A
 * fragment never leaves the browser, so no server or log sees the code.
 */
export const sheetOf = (fragment: string): Sheet => {
  const given = new URLSearchParams(fragment.replace(/^#/, ''))
  const text = (name: string, longest: number) => (given.get(name) ?? '').trim().slice(0, longest)
  return { login: text('login', 80), code: text('code', 40) }
}
