import { type AwaitedItem, importKeys, type SourceItem } from './items.ts'
import type { Staged, StagedPerson, Staging } from './staging.ts'
import { spread, type Table } from './table.ts'

const together = 500

const stageStored = (staging: Staging, items: readonly SourceItem[]) => {
  for (const { id, record, left, children } of items) {
    if (left) continue
    staging.setPerson(id, { record, facets: [], file: '', line: 0, key: '' })
    for (const child of children) staging.link(id, child)
  }
}

/** Brings in what is stored of the people `sql` names by `id` and who are not staged. */
const bringIn = async (staging: Staging, table: Table, sql: string): Promise<void> => {
  for (let after = ''; ; ) {
    const wanted = staging.all<{ id: string }>(
      `SELECT DISTINCT id FROM (${sql}) WHERE id > ? AND id NOT IN (SELECT id FROM person) ORDER BY id LIMIT ${together}`,
      after,
    )
    const last = wanted.at(-1)
    if (!last) return
    const items = await table.getMany<SourceItem>(wanted.map(({ id }) => importKeys.source(id)))
    staging.transaction(() => stageStored(staging, items))
    after = last.id
  }
}

const linkPupil = (staging: Staging, id: string, { record, file, line, key }: StagedPerson, reported: boolean) => {
  staging.run('DELETE FROM link WHERE pupil = ?', id)
  for (const guardian of record.pupil?.guardians ?? []) {
    const known = staging.person(guardian)
    if (known?.record.guardian) staging.link(guardian, id)
    else if (reported)
      staging.found({
        ...{ kind: 'left-out', file, line, id: key },
        reason: 'it names a guardian who is not in the feed: the pupil is imported without',
      })
  }
}

const dropGuardian = (staging: Staging, id: string, person: StagedPerson) => {
  const { guardian: _, ...record } = person.record
  if (record.pupil || record.staff) staging.setPerson(id, { ...person, record })
  else staging.run('DELETE FROM person WHERE id = ?', id)
}

/** A guardian without a child in the feed is no guardian. Those who look after a child without the law's word come thus. */
const weedGuardians = (staging: Staging, people: readonly Staged[]) => {
  for (const { id, person } of people) {
    if (!person?.record.guardian || staging.get('SELECT 1 FROM link WHERE guardian = ?', id)) continue
    const { file, line, key, facets } = person
    if (facets.includes('guardian') && !staging.get('SELECT 1 FROM other WHERE id = ?', id))
      staging.found({ kind: 'refused', file, line, id: key, reason: 'a guardian of nobody: no pupil names them' })
    dropGuardian(staging, id, person)
  }
}

/** Finds the pupils whose feeds named somebody before they came. */
const findAwaiting = async (staging: Staging, table: Table): Promise<void> => {
  for (const people of staging.people('arrived'))
    await spread(people, async ({ id }) => {
      const { pk, sk } = importKeys.awaited(id, '')
      for (const { pupil } of await table.all<AwaitedItem>(pk, sk))
        staging.run('INSERT OR IGNORE INTO affected VALUES (?)', pupil)
    })
}

/** Brings in all whom a delta touches, their guardians, and those guardians' other children. */
const bringInKin = async (staging: Staging, table: Table): Promise<void> => {
  await findAwaiting(staging, table)
  await bringIn(staging, table, 'SELECT id FROM affected')
  for (const people of staging.people('affected'))
    staging.transaction(() => {
      for (const { person } of people)
        for (const guardian of person?.record.pupil?.guardians ?? [])
          staging.run('INSERT OR IGNORE INTO affected VALUES (?)', guardian)
    })
  await bringIn(staging, table, 'SELECT id FROM affected')
  await bringIn(staging, table, 'SELECT pupil AS id FROM link')
}

/**
 * Joins pupils and guardians, in a second pass. For a delta, brings in what is stored of everybody concerned: the
 * guardians of a pupil that changed, those guardians' other children, and who waited for a guardian that came.
 */
export const relate = async (staging: Staging, table: Table, delta: boolean): Promise<void> => {
  // Whose record was refused stays as they are, and so does who depends on them.
  await bringIn(staging, table, 'SELECT id FROM kept')
  if (delta) await bringInKin(staging, table)
  for (const people of staging.people('person'))
    staging.transaction(() => {
      for (const { id, person } of people)
        if (person?.record.pupil || delta) person && linkPupil(staging, id, person, person.facets.length > 0)
    })
  for (const people of staging.people(delta ? 'affected' : 'person'))
    staging.transaction(() => weedGuardians(staging, people))
}
