import { forEachConcurrent } from '../../platform/concurrent.ts'
import { importPatterns, type SourceItem } from '../patterns.ts'
import type { PersonRecord } from '../record.ts'
import { affectGranted, applyDecisions, isDecided, loadDecisions } from './decisions.ts'
import { meansJoined } from './handed.ts'
import { recordEver } from './people/dated.ts'
import { describedRecord, isReferable } from './people/kept.ts'
import { ownRoles } from './people/roles.ts'
import type { PeopleTable } from './platform.ts'
import type { Staged, StagedPerson, Staging } from './staging.ts'
import { consistent, loadSources } from './stored.ts'

/** People read from the table at one time. */
const pageSize = 500

const ofNobody = 'a guardian of nobody: no pupil names them. They are kept without access until one does'

const nobody: PersonRecord = { givenName: '', familyName: '' }

/** Queries under way at one time. */
const queriesAtOnce = 8

const stageSources = (staging: Staging, items: readonly SourceItem[]) => {
  for (const item of items) {
    const { id, children } = item
    const said = describedRecord(item)
    if (!said) continue
    const record = meansJoined(staging, said)
    staging.setPerson(id, { record, facets: [], file: '', line: 0, key: '' })
    for (const child of children) staging.link(id, child)
  }
}

/** Stages what is stored of the people `sql` names by `id` and who are not staged, but for those whose account ends. */
const loadPeople = async (staging: Staging, table: PeopleTable, sql: string): Promise<void> => {
  for (let after = ''; ; ) {
    const wanted = staging.all<{ id: string }>(
      `SELECT DISTINCT id FROM (${sql}) WHERE id > ? AND id NOT IN (SELECT id FROM person)
       AND id NOT IN (SELECT id FROM ended) ORDER BY id LIMIT ${pageSize}`,
      after,
    )
    const last = wanted.at(-1)
    if (!last) return
    const items = await loadSources(
      table,
      wanted.map(({ id }) => id),
      staging.source,
    )
    staging.transaction(() => stageSources(staging, items))
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
        kind: 'left-out',
        file,
        line,
        id: key,
        reason:
          known || staging.get('SELECT 1 FROM other WHERE id = ?', guardian)
            ? 'it names a guardian who is none by their own record: the pupil is imported without'
            : 'it names a guardian who is not in the feed: the pupil is imported without',
      })
  }
}

/** Reports guardians whom no pupil names, but not those named without custody (personnes en charge). */
const reportOfNobody = (staging: Staging, id: string, { record, file, line, key, facets }: StagedPerson) => {
  if (!record.guardian || !facets.includes('guardian')) return
  if (staging.get('SELECT 1 FROM link WHERE guardian = ?', id)) return
  if (staging.get('SELECT 1 FROM other WHERE id = ?', id) || isDecided(staging, id)) return
  staging.found({ kind: 'left-out', file, line, id: key, reason: ofNobody })
}

const isGuardianInSchool = (staging: Staging, id: string): boolean =>
  staging
    .all<{ pupil: string }>('SELECT pupil FROM link WHERE guardian = ?', id)
    .some(({ pupil }) =>
      [...ownRoles(recordEver(staging.person(pupil)?.record ?? nobody)).values()].flat().includes('pupil'),
    )

/**
 * Sets aside who is in no school on any day: guardians without custody, pupils and staff of other schools. They have no
 * access; a later delta may refer to them without describing them again.
 */
const setAside = (staging: Staging, people: readonly Staged[]) => {
  for (const { id, person } of people) {
    if (!person) continue
    const { record } = person
    reportOfNobody(staging, id, person)
    if (ownRoles(recordEver(record)).size > 0 || isGuardianInSchool(staging, id)) continue
    if (isReferable(record)) staging.keep(id, record)
    else staging.run('DELETE FROM person WHERE id = ?', id)
  }
}

/** Finds the pupils whose feeds named a guardian before the guardian came. */
const findAwaiting = async (staging: Staging, table: PeopleTable): Promise<void> => {
  for (const people of staging.people('arrived'))
    await forEachConcurrent(
      people,
      async ({ id: guardian }) => {
        for (const { pupil } of await table.all(importPatterns.awaiting, { guardian }, consistent))
          staging.run('INSERT OR IGNORE INTO affected VALUES (?)', pupil)
      },
      queriesAtOnce,
    )
}

/** Stages all whom a delta touches, their guardians, and those guardians' other children. */
const loadKin = async (staging: Staging, table: PeopleTable): Promise<void> => {
  await findAwaiting(staging, table)
  affectGranted(staging)
  await loadPeople(staging, table, 'SELECT id FROM affected')
  for (const people of staging.people('affected'))
    staging.transaction(() => {
      for (const { person } of people)
        for (const guardian of person?.record.pupil?.guardians ?? [])
          staging.run('INSERT OR IGNORE INTO affected VALUES (?)', guardian)
    })
  await loadPeople(staging, table, 'SELECT id FROM affected')
  await loadPeople(staging, table, 'SELECT pupil AS id FROM link')
}

/**
 * Joins pupils and guardians, in a second pass. For a delta, loads what is stored of everybody concerned: the guardians
 * of a pupil that changed, those guardians' other children, and who waited for a guardian that came.
 */
export const relate = async (staging: Staging, table: PeopleTable, delta: boolean): Promise<void> => {
  await loadDecisions(staging, table)
  // People whose record was refused stay as they are stored, and so do their children and guardians.
  await loadPeople(staging, table, 'SELECT id FROM retained')
  if (delta) await loadKin(staging, table)
  for (const people of staging.people('person'))
    staging.transaction(() => {
      for (const { id, person } of people)
        if (person?.record.pupil || delta) person && linkPupil(staging, id, person, person.facets.length > 0)
    })
  await applyDecisions(staging, table)
  for (const people of staging.people(delta ? 'affected' : 'person'))
    staging.transaction(() => setAside(staging, people))
}
