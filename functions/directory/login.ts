import { fold, plain } from '../../shared/kernel/names.ts'

/** Two parts of this length, a dot and a number stay within what a login may hold. */
const longest = 32

const part = (name: string): string =>
  plain(fold(name))
    .replace(/[^a-z0-9 ]/g, '')
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
