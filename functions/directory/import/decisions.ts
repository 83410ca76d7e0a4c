import { grantPatterns } from '../grant-patterns.ts'
import type { PeopleTable } from './platform.ts'
import type { Staging } from './staging.ts'
import { consistent, loadSources } from './stored.ts'

/**
 * What an administrator decided of one adult and one child: it takes the place of what the feed says of the two, and
 * holds over imports until it is taken back or its day has passed.
 */

/** Stages the decisions that hold. */
export const loadDecisions = async (staging: Staging, table: PeopleTable): Promise<void> => {
  for (const { adult, child, kind, over } of await table.all(grantPatterns.decisions, {}, consistent))
    if (!over) staging.run('INSERT OR REPLACE INTO decision VALUES (?, ?, ?)', adult, child, kind)
}

/** Adds to those whom a delta touches the adults to whom one of its pupils was granted. */
export const affectGranted = (staging: Staging): void => {
  staging.run(
    `INSERT OR IGNORE INTO affected
     SELECT adult FROM decision WHERE kind = 'granted' AND child IN (SELECT id FROM affected)`,
  )
}

/**
 * Stages the adults to whom a pupil was granted and whom nothing else stages: those whom a complete feed no longer names,
 * and those who left. Besides the pupil they have nothing.
 */
const stageGranted = async (staging: Staging, table: PeopleTable): Promise<void> => {
  const absent = staging.all<{ adult: string }>(
    `SELECT DISTINCT adult FROM decision
     WHERE kind = 'granted' AND adult NOT IN (SELECT id FROM person)
       AND adult NOT IN (SELECT id FROM ended) AND child IN (SELECT id FROM person)`,
  )
  const items = await loadSources(
    table,
    absent.map(({ adult }) => adult),
    staging.source,
  )
  for (const { id, record } of items) {
    const { givenName, familyName, contacts } = record
    const rest = { givenName, familyName, ...(contacts && { contacts }) }
    staging.setPerson(id, { record: rest, facets: [], file: '', line: 0, key: '' })
  }
}

/**
 * Ends the links that were stopped, and makes those that were granted; of adults and pupils who are staged. Their records
 * stay what the feed says.
 */
export const applyDecisions = async (staging: Staging, table: PeopleTable): Promise<void> => {
  await stageGranted(staging, table)
  const decisions = staging.all<{ adult: string; child: string; kind: string }>(
    'SELECT adult, child, kind FROM decision',
  )
  staging.transaction(() => {
    for (const { adult, child, kind } of decisions) {
      if (kind === 'stopped') staging.run('DELETE FROM link WHERE guardian = ? AND pupil = ?', adult, child)
      else if (staging.person(adult) && staging.person(child)?.record.pupil) staging.link(adult, child)
    }
  })
}

/** True for an adult of whom something was decided: that no pupil names them is no fault of the feed. */
export const isDecided = (staging: Staging, adult: string): boolean =>
  staging.get('SELECT 1 FROM decision WHERE adult = ?', adult) !== undefined
