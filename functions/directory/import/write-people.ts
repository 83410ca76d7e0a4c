import { beginOf } from '../../../shared/kernel/territory-day.ts'
import { forEachConcurrent } from '../../platform/concurrent.ts'
import { argsOf } from '../../platform/pattern.ts'
import { lookForChanges } from '../changes-due.ts'
import { importPatterns } from '../patterns.ts'
import type { Change } from './change.ts'
import { type Changed, type Comparing, openComparison } from './compare-people.ts'
import { writeMerged } from './joined/parts.ts'
import type { PeopleTable, PeopleWriter } from './platform.ts'
import { openSizes } from './sizes.ts'
import type { Staging } from './staging.ts'

type Options = Comparing & {
  readonly writer: PeopleWriter
  /** The schools that must have sizes afterwards, besides those that change. */
  readonly counted: readonly string[]
  /** Called with the number of people that were compared and written. */
  readonly progress: (people: number) => void
}

/** Writes the changes part by part: an import that stops between two of them finds the difference again. */
const writeChanges = async (
  table: PeopleTable,
  writer: PeopleWriter,
  changes: readonly Change[],
  isMoving: (id: string) => boolean,
): Promise<void> => {
  await writer.write(changes.flatMap(change => change.source))
  await writer.write(changes.flatMap(change => change.rows))
  await writer.write(changes.flatMap(change => (change.several ? [] : change.person)))
  const merged = changes.flatMap(({ id, several, person }) => (several && person.length > 0 && !isMoving(id) ? id : []))
  await writeMerged(table, writer, merged)
  await writer.write(changes.flatMap(change => change.members))
}

/** Pages of some hundred people under way at one time: some are compared while others are written. */
const pagesAtOnce = 2

/** Writes people who were compared. `zone`: the territory's. `finish`: see openSizes. */
export const openPeopleWriter = (
  table: PeopleTable,
  writer: PeopleWriter,
  zone: string | undefined,
  isMoving: (id: string) => boolean = () => false,
) => {
  const sizes = openSizes(table, writer)
  const scheduled = new Set<string>()
  /** Before the changes themselves: what an import that stops has written is made anew on its day all the same. */
  const writeDue = async (changes: readonly Change[]): Promise<void> => {
    const dues = changes.flatMap(({ rows }) =>
      rows.flatMap(row => {
        const on = row.verb === 'put' ? argsOf(importPatterns.changingOn, row.key) : undefined
        const text = on && `${on.uai} ${on.day}`
        if (!on || !text || scheduled.has(text)) return []
        scheduled.add(text)
        return lookForChanges(on.uai, beginOf(on.day, zone))
      }),
    )
    await writer.write(dues)
  }

  return {
    write: async (changed: readonly Changed[]): Promise<void> => {
      const changes = changed.map(({ change }) => change)
      // Before what takes people out of their groups.
      await writer.write(changed.flatMap(({ closed }) => closed))
      await writeDue(changes)
      await sizes.changing(changes)
      await writeChanges(table, writer, changes, isMoving)
    },
    finish: sizes.finish,
  }
}

/** Writes people as the feed says: only what differs. */
export const upsertPeople = async (staging: Staging, table: PeopleTable, options: Options): Promise<void> => {
  const { parts, people, compare } = openComparison(staging, table, options)
  const { write, finish } = openPeopleWriter(table, options.writer, staging.zone, options.isMoving)
  for (const part of parts)
    await forEachConcurrent(
      people(part),
      async page => {
        await write(await compare(part, page))
        options.progress(page.length)
      },
      pagesAtOnce,
    )
  await finish(options.counted)
}
