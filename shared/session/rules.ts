import { commonPasswords } from './common-passwords.ts'

/**
 * What a password has to be, after NIST SP 800-63B (rev. 4, 3.1.1.2): long, and not one of those tried first. Nothing
 * is asked about capitals, digits or signs, and none expires.
 */
const shortestPassword = 12

/** A password put together from this many predictable pieces or fewer is among the first ones tried. */
const tooFewPieces = 3

const rows = ['azertyuiop', 'qsdfghjklm', 'wxcvbn', 'qwertyuiop', 'qwertzuiop', 'asdfghjkl', 'zxcvbnm', 'yxcvbnm']
const runs = ['0123456789', '01234567890', 'abcdefghijklmnopqrstuvwxyz', ...rows]
const sequences = [...runs, ...runs.map(run => [...run].reverse().join(''))]
const signs: Readonly<Record<string, string>> = { '0': 'o', '3': 'e', '4': 'a', '5': 's', '7': 't', '@': 'a', $: 's' }

const folded = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
const plain = (text: string): string => folded(text).replace(/[^\p{L}\p{N}]/gu, '')

/** A password without what makes no other one of it for who guesses: capitals, accents, blanks and signs. */
export const plainPassword = (password: string): string => plain(password.normalize('NFKC'))

/** `p4ssw0rd` is password: signs that stand for letters, read as these. A 1 or ! is an i or an l. */
const unmasked = (text: string, one: string): string =>
  text.replace(/[0-9@$!]/g, sign => signs[sign] ?? (sign === '1' || sign === '!' ? one : sign))

/** A year, a day, a day and month, with or without a year: birthdays are known. */
const isDate = (text: string): boolean =>
  /^((19|20)\d\d|(0[1-9]|[12]\d|3[01])((0[1-9]|1[0-2])((19|20)?\d\d)?)?)$/.test(text)
const isRepeat = (text: string): boolean => text.length >= 3 && [...text].every(letter => letter === text[0])
const isSequence = (text: string): boolean => text.length >= 3 && sequences.some(run => run.includes(text))

/** The fewest predictable pieces `text` is made of: a word, a run of keys, a repeat, a date, or a single character. */
const piecesOf = (text: string, known: (piece: string) => boolean): number => {
  const fewest = [0]
  for (let end = 1; end <= text.length; end++) {
    const last = text[end - 1] ?? ''
    // One of the usual signs between two pieces adds nothing that is not tried.
    let best = (fewest[end - 1] ?? 0) + (/[\s\p{P}$+=]/u.test(last) ? 0 : 1)
    for (let start = Math.max(0, end - 32); start <= end - 2; start++) {
      const piece = text.slice(start, end)
      const before = fewest[start] ?? 0
      if (before + 1 < best && (known(piece) || isDate(piece) || isSequence(piece) || isRepeat(piece)))
        best = before + 1
    }
    fewest.push(best)
  }
  return fewest[text.length] ?? 0
}

/** True if `text` is one unit of up to four characters over and over. */
const isRepetitive = (text: string): boolean =>
  [1, 2, 3, 4].some(
    unit =>
      text ===
      text
        .slice(0, unit)
        .repeat(Math.ceil(text.length / unit))
        .slice(0, text.length),
  )

/**
 * Why `password` may not be chosen, or undefined. `context` is what somebody who knows the person would try: names,
 * login, school.
 */
export const refusedPassword = (
  password: string,
  context: readonly string[] = [],
): 'password-too-short' | 'password-too-common' | undefined => {
  // Counted in code points after NFKC, as it is hashed.
  if ([...password.normalize('NFKC')].length < shortestPassword) return 'password-too-short'
  const text = folded(password.normalize('NFKC'))
  const { whole, words } = commonPasswords()
  if (whole.has(plain(text)) || isRepetitive(text)) return 'password-too-common'
  const own = new Set(
    context.flatMap(one => [plain(one), ...folded(one).split(/[^\p{L}\p{N}]+/u)]).filter(one => one.length >= 2),
  )
  const known = (piece: string) => {
    const has = (one: string) => words.has(one) || own.has(one)
    return has(piece) || has(unmasked(piece, 'i')) || has(unmasked(piece, 'l'))
  }
  return piecesOf(text, known) <= tooFewPieces ? 'password-too-common' : undefined
}
