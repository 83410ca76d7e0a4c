import { personId } from '../identity.ts'
import { importPatterns } from '../patterns.ts'
import type { PersonRecord } from '../record.ts'
import { ImportRefused } from './feed/finding.ts'
import { type HeldKey, handedOf, heldKeys, isHeld, loadHanded, setHanded, takeBack, writeHanded } from './handed.ts'
import { kinOf } from './keys.ts'
import { type ImportPlatform, type ImportTable, openWriter } from './platform.ts'
import { relate } from './relate.ts'
import { Staging } from './staging.ts'
import { consistent, loadGrants, loadSchools, loadSources } from './stored.ts'
import { writeAffected } from './write-affected.ts'

/** `another`: the key is another person's now. `same`: only the name of the person is another one. */
export type Identity = 'another' | 'same'

type Question = { readonly source: string; readonly key: string; readonly as: Identity }

const renamed = (record: PersonRecord, was: string, id: string): PersonRecord => {
  const { pupil } = record
  if (!pupil) return record
  const mean = (ids: readonly string[]) => ids.map(one => (one === was ? id : one))
  const namedBy = pupil.namedBy && mean(pupil.namedBy)
  return { ...record, pupil: { ...pupil, guardians: mean(pupil.guardians), ...(namedBy && { namedBy }) } }
}

/** Stages those who wait for the held person as pupils of the one they are. */
const renameGuardian = async (staging: Staging, table: ImportTable, { person, held: { former } }: HeldKey) => {
  const awaiting = await table.all(importPatterns.awaiting, { guardian: person }, consistent)
  for (const { id, record } of await loadSources(
    table,
    awaiting.map(({ pupil }) => pupil),
    staging.source,
  )) {
    staging.setPerson(id, { record: renamed(record, person, former), facets: [], file: '', line: 0, key: '' })
    staging.run('INSERT OR IGNORE INTO affected VALUES (?)', id)
  }
  for (const other of heldKeys(staging))
    setHanded(staging, { ...other, held: { ...other.held, record: renamed(other.held.record, person, former) } })
}

const nameOf = ({ givenName, familyName }: PersonRecord) => `${givenName} ${familyName}`.trim()

/**
 * Answers who somebody is whom an import held because their key was another person's. `another`: they come into the
 * directory, as new. `same`: the former person is there again, under the new name. An answer that was interrupted is
 * given again.
 * @returns the name of the person
 * @throws ImportRefused with a sentence, where nothing waits for that answer
 */
export const identify = async (
  { table, now, timeZone }: Pick<ImportPlatform, 'table' | 'now' | 'timeZone'>,
  { source, key, as }: Question,
): Promise<{ readonly givenName: string; readonly familyName: string }> => {
  const staging = new Staging(() => {}, now(), timeZone)
  const writer = openWriter(table, false)
  try {
    await loadSchools(staging, table, source)
    await loadHanded(staging, table, source)
    const item = handedOf(staging, personId(source, key))
    if (!isHeld(item)) throw new ImportRefused(`nobody waits under the key ${key} of ${source}`)
    const { first, person, nth, held } = item
    const id = as === 'another' ? person : held.former
    if (as === 'same') await renameGuardian(staging, table, item)
    staging.setPerson(id, { record: held.record, facets: [], file: '', line: 0, key })
    for (const set of ['affected', 'arrived']) staging.run(`INSERT OR IGNORE INTO ${set} VALUES (?)`, id)
    // Those whom an answer that was interrupted has joined to them already no longer wait for them.
    for (const begun of await loadSources(table, [id], source))
      for (const one of [...kinOf(begun), ...begun.parted])
        staging.run('INSERT OR IGNORE INTO affected VALUES (?)', one)
    await loadGrants(staging, table)
    await relate(staging, table, true)
    if (!staging.person(id))
      throw new ImportRefused(
        `${nameOf(held.record)} is nobody's guardian yet: answer once the feed names their children`,
      )
    await writeAffected(staging, table, { source, writer, now: now() })
    // After people are written: until then the answer may be given again.
    if (as === 'another') setHanded(staging, { first, key: item.key, person, nth })
    else takeBack(staging, item)
    await writeHanded(staging, writer, source)
    return held.record
  } finally {
    staging.close()
  }
}
