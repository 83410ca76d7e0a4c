import { after, day, epochSeconds } from '../../../shared/kernel/dates.ts'
import type { NewsMark } from '../../../shared/news/shapes.ts'
import { uses } from '../../platform/access.ts'
import { forEachConcurrent } from '../../platform/concurrent.ts'
import { update } from '../../platform/operation.ts'
import type { Table } from '../../platform/table.ts'
import { newsPatterns } from '../patterns.ts'
import { type AudienceMarks, type Entry, noMarks, type SignatureOf, withEntries, withoutSignature } from './entry.ts'
import { pack, unpack } from './packed.ts'

const marksAccess = uses({ getMany: [newsPatterns.marks], update: [newsPatterns.marks] })

/** Seconds for which the marks of an audience are kept after they were last touched: a school year and its holidays. */
const marksLifetime = 400 * day

/** Until when marks that are touched `now` are kept, in epoch seconds. */
export const marksEnd = (now: Date): number => epochSeconds(after(now, marksLifetime))

/** Times that changes are tried of items that others change at the same moment. */
const tries = 8

/** What to add to a person's marks, by audience. */
export type Additions = ReadonlyMap<string, readonly Entry[]>

/** One entry, for each of these audiences. */
export const additions = (audiences: readonly string[], entry: Entry): Additions =>
  new Map(audiences.map(audience => [audience, [entry]]))

const isSame = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0

/** What becomes of a person's marks, by audience. */
type MarksChanges = ReadonlyMap<string, (marks: AudienceMarks) => AudienceMarks>

/**
 * The updates that change a person's marks, each on the condition that its item is still the one that was read; none
 * where nothing changes. The items are read consistently.
 * @returns by audience: the update if there is one, and the entries as they are after it
 */
const changesOf = async (table: Table<typeof marksAccess>, person: string, changes: MarksChanges, now: Date) => {
  const audiences = [...changes.keys()]
  const stored = await table.getMany(
    newsPatterns.marks,
    audiences.map(audience => ({ person, audience })),
    { consistent: true },
  )
  return [...changes].map(([audience, change], at) => {
    const item = stored[at]
    const before = item ? unpack(item.news) : noMarks
    const next = change(before)
    const news = pack(next)
    if (item ? isSame(item.news, news) : next.entries.length === 0) return { audience, entries: next.entries }
    const operation = update(
      'marks',
      newsPatterns.marks,
      { person, audience },
      { set: { news, version: (item?.version ?? 0) + 1, expiresAt: marksEnd(now) } },
      item
        ? { is: { version: item.version } }
        : { any: [{ lacks: ['version'] }, { notAbove: { expiresAt: epochSeconds(now) } }] },
    )
    return { audience, entries: next.entries, operation }
  })
}

const adding = (added: Additions, now: Date): MarksChanges =>
  new Map([...added].map(([audience, entries]) => [audience, marks => withEntries(marks, entries, now)]))

/** The updates that add to a person's marks, as {@link changesOf} makes them. */
export const updatesOf = (table: Table<typeof marksAccess>, person: string, added: Additions, now: Date) =>
  changesOf(table, person, adding(added, now), now)

const changeMarks = async (table: Table<typeof marksAccess>, person: string, changes: MarksChanges, now: Date) => {
  let left = changes
  for (let tried = 0; left.size > 0; tried++) {
    if (tried === tries) throw new Error('marks were changed by others at each try')
    const refused = new Set<string>()
    await forEachConcurrent(await changesOf(table, person, left, now), async ({ audience, operation }) => {
      if (operation && !(await table.applyIf(operation))) refused.add(audience)
    })
    left = new Map([...left].filter(([audience]) => refused.has(audience)))
  }
}

/** Adds to a person's marks. Repeating it changes nothing. Throws if others change the same items again and again. */
export const addMarks = (
  table: Table<typeof marksAccess>,
  person: string,
  added: Additions,
  now: Date,
): Promise<void> => changeMarks(table, person, adding(added, now), now)

/** Takes a signature out of a person's marks of these audiences. As {@link addMarks}. */
export const removeSignature = (
  table: Table<typeof marksAccess>,
  person: string,
  audiences: readonly string[],
  signature: SignatureOf,
  now: Date,
): Promise<void> =>
  changeMarks(table, person, new Map(audiences.map(of => [of, marks => withoutSignature(marks, signature)])), now)

/** True if an entry says more than that the first edition of the news was seen. */
export const hasActs = ({ seenEdition, signedAt, signedFor, remindedAt }: Entry): boolean =>
  [seenEdition, signedAt, signedFor, remindedAt].some(act => act !== undefined)

/** An entry as its person sees it. */
export const markOfEntry = (entry: Entry): NewsMark => {
  const { news, seenEdition, signedAt, signedFor, signedEdition, remindedAt } = entry
  return {
    news,
    ...(seenEdition !== undefined && { seenEdition }),
    ...(signedEdition !== undefined && { signedEdition }),
    ...(signedAt !== undefined && { signedAt }),
    ...(signedFor !== undefined && { signedFor: [...signedFor] }),
    ...(remindedAt !== undefined && { remindedAt }),
  }
}
