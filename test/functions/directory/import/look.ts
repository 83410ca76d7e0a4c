import type { PersonItem } from '../../../../functions/directory/audiences.ts'
import { personId } from '../../../../functions/directory/identity.ts'
import type { Fixture } from './fixture.ts'

/** Looks at what is stored of people, by their keys in the feed of `source`. */
export const lookAt = (fixture: () => Fixture, source: string) => {
  const person = async (key: string) =>
    (await fixture().everything()).get(`P#${personId(source, key)}|PERSON`) as PersonItem | undefined
  return {
    person,
    roles: async (key: string) => (await person(key))?.roles.map(({ role, uai }) => `${role}@${uai}`),
    groups: async (key: string) => (await person(key))?.groups.map(({ name }) => name),
    status: async (key: string) => (await person(key))?.status,
    guardians: async (key: string) => (await person(key))?.guardians,
  }
}

type Found = { readonly kind: string; readonly file?: string; readonly line?: number; readonly id?: string }

/** Findings as an operator reads them: `refused users.csv:3 p1: the reason`. */
export const lines = ({ findings }: { readonly findings: readonly (Found & { readonly reason: string })[] }) =>
  findings.map(
    ({ kind, file = '', line, id, reason }) =>
      `${kind} ${file}${line === undefined ? '' : `:${line}`}${id === undefined ? '' : ` ${id}`}: ${reason}`,
  )

/** What is said, besides, of a complete feed that is not whole. */
export const notSuspending =
  'left-out : part of the feed is missing or could not be read: nobody is suspended for being absent from it'
