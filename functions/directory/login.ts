import { fold } from './name.ts'

/** Letters that keep their shape when accents are taken off, as French keyboards would type them. */
const typed: Readonly<Record<string, string>> = { đ: 'd', ð: 'd', ł: 'l', ø: 'o', ß: 'ss', þ: 'th', ħ: 'h', ı: 'i' }

/** Two parts of this length, a dot and a number stay within what a login may hold. */
const longest = 32

const part = (name: string): string =>
  fold(name)
    .replace(/[^a-z0-9 ]/g, letter => typed[letter] ?? '')
    .trim()
    .replace(/ +/g, '-')
    .slice(0, longest)
    .replace(/-$/, '')

/** The `nth` login to try for a person: `lea.martin`, `lea.martin2`, … A name in another script gives its id's start. */
export const loginOf = (person: { id: string; givenName: string; familyName: string }, nth: number): string => {
  const parts = [part(person.givenName), part(person.familyName)].filter(one => one !== '')
  const name = parts.length > 0 ? parts.join('.') : person.id.slice(0, 8)
  return nth === 1 && name.length >= 2 ? name : `${name}${nth}`
}
