import { holds, type Role, type SchoolRole } from '../kernel/role.ts'
import type { PieceState } from './shapes.ts'

/** Those who look after what is set in their school: they may take it back. */
const direction = ['head', 'pupil-life', 'administrator'] as const satisfies readonly Role[]

/** Who sets work. */
export const setters = ['teacher'] as const satisfies readonly Role[]

type Taught = {
  readonly roles: readonly SchoolRole[]
  readonly groups: readonly { readonly id: string; readonly uai: string }[]
}

/** True if somebody teaches a class or group today, and so sets work for it. */
export const mayTeach = (person: Taught, of: { readonly id: string; readonly uai: string }): boolean =>
  holds(person.roles, of.uai, setters) && person.groups.some(({ id, uai }) => id === of.id && uai === of.uai)

/** Who follows, changes or takes back a piece: whoever set it while they teach there, and those who run the school. */
export const mayManage = (
  piece: { readonly uai: string; readonly author: { readonly id: string } },
  caller: { readonly person: string; readonly roles: readonly SchoolRole[] },
): boolean =>
  holds(caller.roles, piece.uai, direction) ||
  (caller.person === piece.author.id && holds(caller.roles, piece.uai, setters))

/**
 * Who may be told which pupils ticked a piece, and bring it back: those who run the school, and whoever set it while they
 * teach its class. By the directory, since a teacher may have lost the class since.
 */
export const mayFollow = (
  piece: { readonly uai: string; readonly author: { readonly id: string }; readonly group: { readonly id: string } },
  person: Taught & { readonly id: string },
): boolean =>
  holds(person.roles, piece.uai, direction) ||
  (person.id === piece.author.id && mayTeach(person, { id: piece.group.id, uai: piece.uai }))

/** What decides where a piece is in its life: instants. */
type Dated = { readonly publishedAt: string; readonly removedAt?: string | undefined }

/** Where a piece is in its life. */
export const stateOf = ({ publishedAt, removedAt }: Dated, now: Date): PieceState => {
  if (removedAt !== undefined) return 'removed'
  return publishedAt > now.toISOString() ? 'scheduled' : 'published'
}

/** A day `days` after another one. */
export const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00.000Z`) + days * 86_400_000).toISOString().slice(0, 10)

/** The Monday of a day's week. */
export const mondayOf = (day: string): string =>
  dayAfter(day, -((new Date(`${day}T00:00:00.000Z`).getUTCDay() + 6) % 7))

/** The week of a day by ISO 8601, whose year is that of its Thursday: `2026-W48`. */
export const weekOf = (day: string): string => {
  const thursday = dayAfter(mondayOf(day), 3)
  const year = thursday.slice(0, 4)
  const days = (Date.parse(`${thursday}T00:00:00.000Z`) - Date.parse(`${year}-01-01T00:00:00.000Z`)) / 86_400_000
  return `${year}-W${String(Math.floor(days / 7) + 1).padStart(2, '0')}`
}
