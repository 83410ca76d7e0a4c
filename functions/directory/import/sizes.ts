import { isDeepStrictEqual } from 'node:util'
import { roles } from '../../../shared/kernel/role.ts'
import { forEachConcurrent } from '../../platform/concurrent.ts'
import { put, remove } from '../../platform/operation.ts'
import { directoryPatterns } from '../audiences.ts'
import { sizesOf } from '../sizes.ts'
import type { Change } from './change.ts'
import { isMember } from './keys.ts'
import type { PeopleTable, PeopleWriter } from './platform.ts'
import { consistent } from './stored.ts'

/** Schools counted at one time. */
const schoolsAtOnce = 4

const schoolsOf = (changes: readonly Change[]): string[] => [
  ...new Set(
    changes.flatMap(({ members }) => members).flatMap(({ key }) => (isMember(key) ? [key.pk.slice('S#'.length)] : [])),
  ),
]

/**
 * Keeps the sizes of schools, with a fingerprint of their people: takes a school's away before somebody of it changes,
 * and counts again after. An import that is interrupted in between leaves none, so that nobody is told a wrong one, and
 * the next import counts.
 */
export const openSizes = (table: PeopleTable, writer: PeopleWriter) => {
  const touched = new Map<string, Promise<void>>()

  const read = (uai: string) => table.get(directoryPatterns.sizes, { uai }, consistent)
  const forget = async (uai: string) => {
    if (await read(uai)) await writer.write([remove('sizes', directoryPatterns.sizes, { uai })])
  }
  const count = async (uai: string) => {
    const rosters = roles.map(role => table.all(directoryPatterns.schoolMembers, { uai, role }, consistent))
    const sizes = sizesOf((await Promise.all(rosters)).flat())
    if (!isDeepStrictEqual(await read(uai), sizes))
      await writer.write([put('sizes', directoryPatterns.sizes, { uai }, sizes)])
  }

  return {
    /** To be called before changes are written. */
    changing: async (changes: readonly Change[]): Promise<void> => {
      if (writer.dryRun) return
      const schools = schoolsOf(changes)
      for (const uai of schools) if (!touched.has(uai)) touched.set(uai, forget(uai))
      await Promise.all(schools.map(uai => touched.get(uai)))
    },
    /** Counts the schools that changed, and those of `schools` whose sizes an interrupted import took away. */
    finish: async (schools: readonly string[]): Promise<void> => {
      if (writer.dryRun) return
      await forEachConcurrent(
        new Set([...touched.keys(), ...schools]),
        async uai => {
          if (touched.has(uai) || !(await read(uai))) await count(uai)
        },
        schoolsAtOnce,
      )
    },
  }
}
