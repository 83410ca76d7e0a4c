import * as z from 'zod/mini'
import type { AudienceKind } from '../../shared/kernel/audience.ts'
import { Instant } from '../../shared/kernel/dates.ts'
import { problem } from '../../shared/kernel/problem.ts'
import { fail, ok, type Result } from '../../shared/kernel/result.ts'
import { uses } from '../platform/access.ts'
import { many, one } from '../platform/pattern.ts'
import type { Table } from '../platform/table.ts'
import type { Caller } from '../platform/token.ts'
import { audienceId, directoryPatterns, type PersonItem } from './audiences.ts'

/**
 * The classes and groups of past years that a person reads, as every feature may ask. They are no audiences of the person:
 * they stand in no token and in no index, and are read by the API alone.
 */

/** A class or group of a past year, or one that ended, as one of its members had it. */
const ClosedGroup = z.object({
  group: z.string(),
  uai: z.string(),
  school: z.string(),
  name: z.string(),
  kind: z.enum(['class', 'group']),
  year: z.number(),
  as: z.enum(['pupil', 'teacher']),
})
export type ClosedGroup = z.infer<typeof ClosedGroup>

/**
 * The groups somebody was in when they were closed: `at` is when. `guardians`: of a pupil, the adults who read for them
 * then. What was written to the groups until that instant stays theirs.
 */
export const ClosedItem = z.object({
  at: Instant,
  guardians: z.optional(z.array(z.string())),
  groups: z.array(ClosedGroup),
})
export type ClosedItem = z.infer<typeof ClosedItem>

export const closedPatterns = {
  closed: many('P#{person}', 'CLOSED#', ClosedItem, {
    reads: '0.5 for 2 years, when somebody looks at past years; a guardian’s: of each child',
    hottest: 'none: one partition a person',
  }),
  closedAt: one('P#{person}', 'CLOSED#{at}', ClosedItem, {
    writes: '1 a pupil or teacher and year, by imports',
    hottest: 'none: an import bounds its own writes',
  }),
} as const

export const closedAccess = uses({ get: [directoryPatterns.person], query: [closedPatterns.closed] })

/**
 * An audience of a closed group. `until`: what was published later is not for this reader. `children`: those of a guardian
 * for whose sake they read it.
 */
export type ClosedAudience = Omit<ClosedGroup, 'as'> & {
  readonly audience: string
  readonly audienceKind: Extract<AudienceKind, 'class' | 'class-guardians'>
  readonly until: string
  readonly children: readonly string[]
}

const ofGroup = (
  { as: _, ...group }: ClosedGroup,
  audienceKind: ClosedAudience['audienceKind'],
  until: string,
  children: readonly string[] = [],
): ClosedAudience => ({ ...group, audience: audienceId(audienceKind, group.group), audienceKind, until, children })

const ownOf = (rows: readonly ClosedItem[], current: ReadonlySet<string>): ClosedAudience[] =>
  rows.flatMap(({ at, groups }) =>
    groups
      .filter(({ group }) => !current.has(group))
      .flatMap(group => [
        ofGroup(group, 'class', at),
        ...(group.as === 'teacher' ? [ofGroup(group, 'class-guardians', at)] : []),
      ]),
  )

type Child = PersonItem['children'][number]

/** What a guardian reads of a child's: who read for the child at the closing, and is their guardian now. */
const ofChild = (rows: readonly ClosedItem[], guardian: string, children: readonly Child[]): ClosedAudience[] => {
  const current = new Set(children.flatMap(child => child.groups))
  const [child] = children
  return rows
    .filter(row => row.guardians?.includes(guardian))
    .flatMap(({ at, groups }) =>
      groups
        .filter(({ group, as }) => as === 'pupil' && !current.has(group))
        .map(group => ofGroup(group, 'class-guardians', at, child ? [child.id] : [])),
    )
}

/** Each audience once, until the latest instant; for the sake of all children. */
const eachOnce = (audiences: readonly ClosedAudience[]): ClosedAudience[] => {
  const found = new Map<string, ClosedAudience>()
  for (const one of audiences) {
    const known = found.get(one.audience)
    const children = [...new Set([...(known?.children ?? []), ...one.children])]
    found.set(one.audience, { ...(known && known.until > one.until ? known : one), children })
  }
  return [...found.values()]
}

const byYear = (a: ClosedAudience, b: ClosedAudience) =>
  b.year - a.year ||
  a.school.localeCompare(b.school, 'fr') ||
  a.kind.localeCompare(b.kind) ||
  a.name.localeCompare(b.name, 'fr', { numeric: true }) ||
  a.audienceKind.localeCompare(b.audienceKind)

/**
 * The audiences of closed groups that a person reads, the last year first: their own, and those of the pupils whose
 * guardian they were then and are now. None of somebody suspended or unknown. One GetItem, and one Query for the person
 * and for each child; consistent, as what was lost is lost.
 */
export const readClosedAudiences = async (
  table: Table<typeof closedAccess>,
  person: string,
): Promise<readonly ClosedAudience[]> => {
  const consistent = { consistent: true } as const
  const found = await table.get(directoryPatterns.person, { person }, consistent)
  if (found?.status !== 'active') return []
  const rowsOf = (id: string) => table.all(closedPatterns.closed, { person: id }, consistent)
  const current = new Set(found.groups.map(({ id }) => id))
  const children = [...Map.groupBy(found.children, child => child.id)]
  const audiences = await Promise.all([
    rowsOf(person).then(rows => ownOf(rows, current)),
    ...children.map(async ([id, places]) => ofChild(await rowsOf(id), person, places)),
  ])
  return eachOnce(audiences.flat()).sort(byYear)
}

/**
 * The relation to a closed audience that a path names: of who reads it. Others are answered `not-found`.
 * Requests as of {@link readClosedAudiences}.
 */
export const closedRelation =
  (table: Table<typeof closedAccess>) =>
  async ({
    params,
    caller,
  }: {
    readonly params: { readonly audience: string }
    readonly caller: Pick<Caller, 'person'>
  }): Promise<Result<ClosedAudience>> => {
    const found = (await readClosedAudiences(table, caller.person)).find(one => one.audience === params.audience)
    return found ? ok(found) : fail(problem('not-found'))
  }
