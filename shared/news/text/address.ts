import { unescaped } from './escape.ts'
import type { Work } from './work.ts'

/** Schemes that a link may have. */
const schemes = ['http:', 'https:', 'mailto:', 'tel:']

/** Characters of an address at most: what is longer stays text. */
const longest = 2_048

/** The address normalized as browsers do, or undefined if it is none or its scheme is not allowed. */
export const safeAddress = (address: string): string | undefined => {
  if (address.length > longest) return undefined
  try {
    const { protocol, href } = new URL(address)
    return schemes.includes(protocol) && href.length > protocol.length ? href : undefined
  } catch {
    return undefined
  }
}

const emailAddress = /^[a-z0-9][a-z0-9._%+-]{0,63}@(?:[a-z0-9][a-z0-9-]{0,62}\.)+[a-z]{2,24}$/i
const site = /^www\.[^\s./]+\.[^\s]/i
const number = /^\+?\d[\d .\u00a0\u202f-]{5,30}$/

const telephone = (typed: string): string => `tel:${typed.replace('(0)', '').replace(/[^\d+]/g, '')}`

/** The address of a link as an author writes it: with its scheme, or `www.college.fr`, an e-mail address, a number. */
export const linkAddress = (typed: string): string | undefined => {
  if (site.test(typed)) return safeAddress(`https://${typed}`)
  if (emailAddress.test(typed)) return safeAddress(`mailto:${typed}`)
  const called = typed.replace(/^tel:/i, '')
  return number.test(called) ? telephone(called) : safeAddress(typed)
}

/**
 * An address that stands in a text by itself: as it is shown, and where it ends. `address` is undefined where it is none
 * after all, such as `https://` alone.
 */
export type Found = { readonly shown: string; readonly address: string | undefined; readonly end: number }

const webStart = /(?:https?:\/\/|www\.)/iy
const webEnd = /[\s<>"«»“”`]/
const afterAddress = /[.,;:!?'’…*_~]/

/** Up to a space or a closing bracket that was not opened in it, without the punctuation that follows an address. */
const webAddress = (text: string, from: number): Found => {
  const open = { '(': 0, '[': 0 }
  let end = from
  for (; end < text.length; end++) {
    const sign = text[end] ?? ''
    if (webEnd.test(sign)) break
    if (sign === '(' || sign === '[') open[sign]++
    else if (sign === ')' && open['(']-- === 0) break
    else if (sign === ']' && open['[']-- === 0) break
  }
  while (end > from && afterAddress.test(text[end - 1] ?? '')) end--
  const shown = unescaped(text.slice(from, end))
  return { shown, address: linkAddress(shown), end }
}

/**
 * A French number in pairs of digits, all separated alike, so that a date and an hour are none; or one with the prefix of
 * its country. Longer rows of digits are other numbers.
 */
const telephoneNumber =
  /(?:\+\d{1,3}(?:[ .\u00a0\u202f-]?\(0\))?(?:[ .\u00a0\u202f-]?\d){6,12}|0[1-9]([ .\u00a0\u202f-]?)\d\d(?:\1\d\d){3})(?![ .\u00a0\u202f-]?\d|[\p{L}@])/uy

const localPart = /[a-z0-9._%+-]+/iy
const domain = /@(?:[a-z0-9][a-z0-9-]{0,62}\.)+[a-z]{2,24}(?![a-z0-9-])/iy

const matched = (pattern: RegExp, text: string, from: number): string | undefined => {
  pattern.lastIndex = from
  return pattern.exec(text)?.[0]
}

/**
 * Finds addresses in a text, from its beginning to its end: web addresses, e-mail addresses and telephone numbers, where
 * a word begins. Each stretch of the text is looked at once, whatever it holds.
 */
export class AddressFinder {
  readonly #text: string
  readonly #work: Work
  /** Before this, no e-mail address begins. */
  #noEmail = 0

  constructor(text: string, work: Work) {
    this.#text = text
    this.#work = work
  }

  find(from: number): Found | undefined {
    const text = this.#text
    const before = text[from - 1] ?? ' '
    if (/[\p{L}\p{N}@/%+-]/u.test(before)) return undefined
    if (before !== '.' && matched(webStart, text, from)) return webAddress(text, from)
    const isNumber = /[+\d]/.test(text[from] ?? '') && !(before === '.' && /\d/.test(text[from - 2] ?? ''))
    const called = isNumber ? matched(telephoneNumber, text, from) : undefined
    if (called) return { shown: called, address: telephone(called), end: from + called.length }
    if (from < this.#noEmail) return undefined
    const local = matched(localPart, text, from) ?? ''
    const end = from + local.length
    this.#noEmail = end
    this.#work.steps += local.length + 1
    const host = text[end] === '@' && local.length <= 64 ? matched(domain, text, end) : undefined
    const shown = local + host
    const address = host && linkAddress(shown)
    return host && address ? { shown, address, end: end + host.length } : undefined
  }
}
