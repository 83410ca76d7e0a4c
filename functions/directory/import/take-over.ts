import type { Zoned } from '../../../shared/kernel/territory-day.ts'
import { remove } from '../../platform/operation.ts'
import { importPatterns } from '../patterns.ts'
import { dropChildless, partIn } from './hold.ts'
import type { ImportTable, Writer } from './platform.ts'
import { relate } from './relate.ts'
import type { Counts } from './report.ts'
import { type Staged, Staging } from './staging.ts'
import { consistent, loadGrants, loadSchools } from './stored.ts'
import { upsertPeople } from './write-people.ts'

const leaveSchool = (staging: Staging, { id, person }: Staged, uai: string) => {
  if (!person) return
  const { givenName, familyName, contacts, guardian, pupils, guardianTerms } = person.record
  const asGuardian = guardian && { guardian, ...(pupils && { pupils }), ...(guardianTerms && { guardianTerms }) }
  const record = {
    givenName,
    familyName,
    ...(contacts && { contacts }),
    ...asGuardian,
    ...partIn(person.record, one => one !== uai),
  }
  if (!record.pupil) staging.run('DELETE FROM link WHERE pupil = ?', id)
  staging.setPerson(id, { ...person, record })
}

/**
 * Takes a school from the source that described it so far, once another source does: the people of that source leave
 * the school, and those who are in no other one are suspended; but for those who are moving with it. Its later
 * deliveries no longer know the school.
 */
export const takeOver = async (
  {
    table,
    writer,
    now,
    timeZone,
  }: Zoned & { readonly table: ImportTable; readonly writer: Writer; readonly now: Date },
  {
    uai,
    holder,
    counts,
    isMoving,
  }: {
    readonly uai: string
    readonly holder: string
    readonly counts: Counts
    readonly isMoving: (id: string) => boolean
  },
): Promise<void> => {
  const staging = new Staging(() => {}, now, timeZone)
  try {
    await loadSchools(staging, table, holder)
    await loadGrants(staging, table)
    for await (const page of table.pages(importPatterns.roster, { uai }, consistent))
      for (const { item } of page)
        if (item.source === holder && !item.suspended)
          staging.run('INSERT OR IGNORE INTO affected VALUES (?)', item.person)
    await relate(staging, table, true)
    for (const people of staging.people('affected'))
      staging.transaction(() => {
        for (const one of people) leaveSchool(staging, one, uai)
      })
    for (const people of staging.people('affected'))
      staging.transaction(() => {
        for (const one of people) dropChildless(staging, one)
      })
    await upsertPeople(staging, table, {
      source: holder,
      writer,
      delta: true,
      whole: false,
      now,
      counts,
      isMoving,
      counted: [],
      progress: () => {},
    })
    await writer.write([remove('feed-school', importPatterns.feedSchool, { source: holder, uai })])
  } finally {
    staging.close()
  }
}
