import { sortName } from '../../../shared/kernel/names.ts'
import type { PersonRecord } from '../record.ts'
import { anyHanded, end, handOver, heldKeys, meansJoined, setHanded, takeBack } from './handed.ts'
import { isReferable } from './people/kept.ts'
import type { ImportTable } from './platform.ts'
import { renameReferences } from './references.ts'
import { isNotOf } from './same-person.ts'
import type { Staged, Staging } from './staging.ts'
import { loadSources } from './stored.ts'

/** Those of some staged people who stand in a roster under another name. */
const underAnotherName = (staging: Staging, people: readonly Staged[]): Staged[] => {
  const rows = staging.all<{ id: string; sk: string }>(
    "SELECT id, sk FROM stored WHERE uai <> '' AND id IN (SELECT value FROM json_each(?))",
    JSON.stringify(people.map(one => one.id)),
  )
  const names = Map.groupBy(rows, row => row.id)
  return people.filter(
    ({ id, person }) => person && names.get(id)?.some(({ sk }) => sk.split('#')[2] !== sortName(person.record)),
  )
}

/** Finds the keys of a complete feed that mean somebody else than is stored under them. */
export const tellApart = async (staging: Staging, table: ImportTable): Promise<void> => {
  for (const people of staging.people('person')) {
    const suspects = underAnotherName(staging, people)
    if (suspects.length === 0) continue
    const items = await loadSources(
      table,
      suspects.map(({ id }) => id),
      staging.source,
    )
    const known = new Map(items.map(item => [item.id, item]))
    staging.transaction(() => {
      for (const { id, person } of suspects) {
        const item = known.get(id)
        if (person && item && isNotOf(item, person.record)) handOver(staging, item, person.key, item.record)
      }
    })
  }
}

type Renamed = { readonly was: string; readonly id: string }

function* renamedPeople(staging: Staging): Generator<Renamed[]> {
  for (let after = ''; ; ) {
    const rows = staging.all<Renamed>('SELECT was, id FROM renamed WHERE was > ? ORDER BY was LIMIT 500', after)
    const last = rows.at(-1)
    if (!last) return
    yield rows
    after = last.was
  }
}

/**
 * What the delivery said under a key is said of whom it means now. Records that the delivery does not repeat speak of
 * whom the key meant when they were read: of a delta, only guardians that it states itself are renamed, and those who were
 * joined to somebody, whom the key means for as long as it has been theirs.
 */
export const renameStaged = (staging: Staging, delta: boolean): void => {
  if (!anyHanded(staging)) return
  staging.run('INSERT OR IGNORE INTO other SELECT person FROM handed WHERE first IN (SELECT id FROM other)')
  if (!delta && !staging.get('SELECT 1 FROM renamed LIMIT 1')) return
  const mean = (was: string) => staging.get<{ id: string }>('SELECT id FROM renamed WHERE was = ?', was)?.id ?? was
  staging.transaction(() => {
    for (const table of ['other', 'affected', 'arrived', 'restated'])
      staging.run(`INSERT OR IGNORE INTO ${table} SELECT id FROM renamed WHERE was IN (SELECT id FROM ${table})`)
    for (const rows of renamedPeople(staging))
      for (const { was, id } of rows) {
        const person = staging.person(was)
        if (person?.facets.length && !staging.person(id)?.facets.length) staging.setPerson(id, person)
        staging.run('DELETE FROM person WHERE id = ?', was)
      }
  })
  for (const people of staging.people('person'))
    staging.transaction(() => {
      for (const { id, person } of people) {
        if (!person) continue
        const isStated = !delta || staging.get('SELECT 1 FROM restated WHERE id = ?', id) !== undefined
        const record = isStated ? renameReferences(person.record, mean) : meansJoined(staging, person.record)
        if (record && record !== person.record) staging.setPerson(id, { ...person, record })
      }
    })
}

/**
 * Takes people who wait for an answer out of what is staged, before anybody is joined to them. Their records are kept
 * with their keys; a key that nobody has any more is as it was before.
 */
export const setHeldAside = (staging: Staging, { delta, whole }: { delta: boolean; whole: boolean }): void => {
  staging.transaction(() => {
    for (const item of heldKeys(staging)) {
      const { person: id, first, held } = item
      const person = staging.person(id)
      const isRetained = staging.get('SELECT 1 FROM retained WHERE id = ?', id)
      staging.run('DELETE FROM person WHERE id = ?', id)
      if (!delta || person) end(staging, held.former)
      if (person ? !isReferable(person.record) : whole && !isRetained) takeBack(staging, item)
      else if (person) {
        setHanded(staging, { ...item, held: { ...held, record: person.record } })
        staging.run('UPDATE handed SET file = ?, line = ? WHERE first = ?', person.file, person.line, first)
      }
    }
  })
}

const nameOf = ({ givenName, familyName }: Pick<PersonRecord, 'givenName' | 'familyName'>) =>
  `${givenName} ${familyName}`.trim()

/**
 * Asks who they are: each whom the delivery names under the key of somebody else. A held school keeps its people as they
 * were: whose key it was is asked once the school is imported.
 */
export const askWhoTheyAre = (staging: Staging, source: string): void => {
  for (const item of heldKeys(staging)) {
    const { first, key, held } = item
    const { former, was, at, record } = held
    const where = staging.get<{ file: string; line: number }>(
      'SELECT file, line FROM handed WHERE first = ? AND file IS NOT NULL',
      first,
    )
    if (!where) continue
    if (staging.person(former)) {
      takeBack(staging, item)
      staging.run('DELETE FROM ended WHERE id = ?', former)
      continue
    }
    const schools = at.map(uai => `${staging.school(uai)?.name ?? uai} (${uai})`).join(', ')
    staging.found({
      kind: 'asked',
      ...where,
      id: key,
      reason: `it was the key of ${nameOf(was)}, ${schools}, whose account is ended. ${nameOf(record)} waits: say --as another if that is another person, --as same if only the name is: npm run directory -- identify --person ${key} --source ${source} --as <another|same>`,
    })
  }
  // Nothing that the feed said of them may be referred to: their key is somebody else's.
  staging.run('DELETE FROM kept WHERE id IN (SELECT id FROM ended)')
}
