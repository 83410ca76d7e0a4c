import { readFileSync } from 'node:fs'
import { plainPassword, refusedPassword } from '../../shared/session/rules.ts'

/** Whether a password is a leaked one. */
export type LeakedPasswords = { readonly has: (password: string) => boolean }

/** The shortest word that a password is not made of with digits alone around it. */
const shortestWord = 5

/** The most digits, such as a date, that make no new password of a leaked one when they stand around it. */
const mostDigits = 8

/** A password in plain letters and digits, and what is left of it without the digits around it. */
const formsOf = (password: string): string[] => {
  const plain = plainPassword(password)
  const [, before = '', word = '', after = ''] = /^(\d*)(.*?)(\d*)$/.exec(plain) ?? []
  const isDecorated = before.length + after.length <= mostDigits && word.length >= shortestWord
  return isDecorated ? [plain, before + word, word + after, word] : [plain]
}

const newline = 10

/** True if `word` is a line of a text whose lines are in the order of their bytes. */
const holdsLine = (text: Buffer, word: Buffer): boolean => {
  let [low, high] = [0, text.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    const start = middle === 0 ? 0 : text.lastIndexOf(newline, middle - 1) + 1
    const found = text.indexOf(newline, start)
    const end = found === -1 ? text.length : found
    const order = text.subarray(start, end).compare(word)
    if (order === 0) return true
    if (order < 0) low = end + 1
    else high = start
  }
  return false
}

/**
 * Leaked passwords from a file: one a line, in plain letters and digits, in the order of their bytes. It is read with the
 * first password that is looked up.
 * Decision: docs/decisions/0048-leaked-passwords.md
 */
export const openLeakedPasswords = (file: string | URL): LeakedPasswords => {
  let lines: Buffer | undefined
  return {
    has: password => {
      lines ??= readFileSync(file)
      const text = lines
      return formsOf(password).some(form => holdsLine(text, Buffer.from(form)))
    },
  }
}

/** Why `password` may not be chosen: by the rules that the browser knows too, or because it is a leaked one. */
export const refusedChoice = (
  password: string,
  context: readonly string[],
  leaked: LeakedPasswords,
): ReturnType<typeof refusedPassword> =>
  refusedPassword(password, context) ?? (leaked.has(password) ? 'password-too-common' : undefined)
