import { forEachConcurrent } from '../../../platform/concurrent.ts'
import { personId } from '../../identity.ts'
import { importPatterns, type SourceItem } from '../../patterns.ts'
import type { Format } from '../feed/chosen.ts'
import { handedTo, isJoinedKey, setHanded } from '../handed.ts'
import { isKeptAlone } from '../people/kept.ts'
import type { ImportTable } from '../platform.ts'
import { isNamedAlike } from '../same-person.ts'
import type { Staged, StagedPerson, Staging } from '../staging.ts'
import { consistent, loadSources } from '../stored.ts'
import { type ContactKind, foundUnder, sharedKind } from './contacts.ts'
import { idsIn } from './pages.ts'
import { otherSources } from './sources.ts'

/** Somebody whom the source has not described before. `first`: the id of who had their key first. */
type Newcomer = { readonly id: string; readonly first: string; readonly nth: number; readonly person: StagedPerson }

/** Somebody whom a newcomer may be, and by what. */
type Candidate = { readonly newcomer: Newcomer; readonly person: string; readonly why: string }

/** Queries under way at one time. */
const queriesAtOnce = 16

/** What recognizing needs of a delivery. `moves`: the schools that move to its source, and those which described them. */
type Recognizing = {
  readonly format: Format
  readonly delta: boolean
  readonly moves: ReadonlyMap<string, string>
}

const newcomerOf = (staging: Staging, { id, person }: Staged): Newcomer[] => {
  if (!person || person.facets.length === 0 || person.key === '') return []
  const handed = handedTo(staging, id)
  // Who was joined once is not looked for again, and who was separated by hand stays so.
  if (handed) return handed.held || handed.apart || isJoinedKey(handed) ? [] : [{ ...handed, id, person }]
  return [{ id, first: id, nth: 1, person }]
}

/** Those of some staged people whom the source describes for the first time, or has kept without access so far. */
const newcomersAmong = async (
  people: readonly Staged[],
  staging: Staging,
  table: ImportTable,
  delta: boolean,
): Promise<Newcomer[]> => {
  const ids = people.map(one => one.id)
  const known = delta
    ? (await loadSources(table, ids, staging.source)).filter(item => !isKeptAlone(item)).map(item => item.id)
    : staging
        .all<{ id: string }>(
          "SELECT DISTINCT id FROM stored WHERE uai <> '' AND id IN (SELECT value FROM json_each(?))",
          JSON.stringify(ids),
        )
        .map(row => row.id)
  const isKnown = new Set(known)
  return people.flatMap(one => (isKnown.has(one.id) ? [] : newcomerOf(staging, one)))
}

/** Stages the ids of those who are in the schools that move. */
const loadTaken = async (staging: Staging, table: ImportTable, moves: Recognizing['moves']): Promise<void> => {
  for (const [uai, holder] of moves)
    for await (const page of table.pages(importPatterns.roster, { uai }, consistent))
      staging.transaction(() => {
        for (const { item } of page)
          if (item.source === holder && !item.suspended)
            staging.run('INSERT OR IGNORE INTO taken VALUES (?)', item.person)
      })
}

/** Whom keys of other sources mean. */
const keyedBy = async (
  table: ImportTable,
  keys: readonly { readonly source: string; readonly key: string }[],
): Promise<string[]> => {
  const firsts = keys.map(({ source, key }) => ({ source, first: personId(source, key) }))
  const handed = await table.getMany(importPatterns.handedKey, firsts, consistent)
  return firsts.map(({ first }, at) => handed[at]?.person ?? first)
}

/**
 * Keys say who somebody is where they are of one système d'information: of pupils, only as long as their school is the
 * same.
 */
const hasNationalKey = ({ person: { record } }: Newcomer): boolean =>
  !record.pupil && (record.guardian !== undefined || record.staff !== undefined)

const wasPupil = ({ record, left }: SourceItem): boolean =>
  record.pupil !== undefined || (left?.roles ?? []).some(({ role }) => role === 'pupil')

/** True if a person of another source may be the newcomer, as far as names and sources tell. */
const mayBe = (staging: Staging, { newcomer, why }: Candidate, item: SourceItem | undefined): boolean =>
  item !== undefined &&
  item.source !== staging.source &&
  !isKeptAlone(item) &&
  isNamedAlike(item.record, newcomer.person.record) &&
  // The source describes them under another key already.
  handedTo(staging, item.id) === undefined &&
  (why === 'move' || wasPupil(item) === (newcomer.person.record.pupil !== undefined))

/** Those whom newcomers may be, as far as another source's keys tell. */
const byKey = async (
  newcomers: readonly Newcomer[],
  staging: Staging,
  table: ImportTable,
  sources: readonly string[],
  moves: Recognizing['moves'],
): Promise<Candidate[]> => {
  const holders = new Set(moves.values())
  const asked = newcomers.flatMap(newcomer => [
    ...[...holders].map(source => ({ newcomer, source, key: newcomer.person.key, why: 'move' })),
    ...(hasNationalKey(newcomer) ? sources : []).map(source => ({
      newcomer,
      source,
      key: newcomer.person.key,
      why: `the same key in ${source} and both names`,
    })),
  ])
  const people = await keyedBy(table, asked)
  return asked.flatMap(({ newcomer, why }, at) => {
    const person = people[at]
    if (person === undefined || person === newcomer.id) return []
    if (why === 'move' && !staging.get('SELECT 1 FROM taken WHERE id = ?', person)) return []
    return [{ newcomer, person, why }]
  })
}

const reasons: Readonly<Record<ContactKind, string>> = {
  mail: 'both names and the same mail address',
  mobile: 'both names and the same mobile phone',
  ine: 'both names and the same national pupil number',
}

/** Those whom newcomers may be, as far as contacts tell. */
const byContact = async (newcomers: readonly Newcomer[], table: ImportTable): Promise<Candidate[]> => {
  const candidates: Candidate[] = []
  await forEachConcurrent(
    newcomers,
    async newcomer => {
      const { record } = newcomer.person
      const names = foundUnder(record)
      if (names === undefined) return
      for (const { person, contacts } of await table.all(importPatterns.contacts, { names }, consistent)) {
        const kind = sharedKind(record.contacts, contacts)
        if (kind && person !== newcomer.id) candidates.push({ newcomer, person, why: reasons[kind] })
      }
    },
    queriesAtOnce,
  )
  return candidates
}

const claim = (staging: Staging, { newcomer: { id }, person, why }: Candidate) =>
  staging.run('INSERT OR IGNORE INTO claim VALUES (?, ?, ?)', id, person, why)

const join = (staging: Staging, { id, first, nth, person: { key } }: Newcomer, who: string, why: string): void => {
  setHanded(staging, { first, key, person: who, nth })
  staging.run('INSERT OR REPLACE INTO renamed VALUES (?, ?)', id, who)
  staging.run('INSERT INTO joining VALUES (?, ?, ?)', who, first, why)
}

type Claim = { readonly person: string; readonly why: string }

/**
 * Joins a newcomer to the one person whom they may be; where there are several, or several newcomers, somebody is
 * asked.
 */
const joinOrAsk = (staging: Staging, newcomer: Newcomer): void => {
  const { id, person: staged } = newcomer
  const all = staging.all<Claim>('SELECT person, why FROM claim WHERE id = ?', id)
  const moved = all.filter(({ why }) => why === 'move')
  const claims = moved.length > 0 ? moved : all
  const [one] = claims
  if (!one) return
  const others = staging.all<{ id: string }>(
    'SELECT DISTINCT id FROM claim WHERE person = ? AND id <> ?',
    one.person,
    id,
  )
  const people = [...new Set(claims.map(({ person }) => person))]
  if (people.length === 1 && others.length === 0) {
    join(staging, newcomer, one.person, one.why)
    return
  }
  const { file, line, key } = staged
  const those = people.length > 1 ? `it may be any of ${people.join(', ')}` : `several here may be ${one.person}`
  staging.found({
    kind: 'asked',
    file,
    line,
    id: key,
    reason: `${those}, whom other sources describe: they stay apart, with an account each. To join two of them: npm run directory -- join <login or id> ${id}`,
  })
}

/**
 * Finds people whom other sources describe among those whom this one describes for the first time: from then on the key
 * means them. Never by their names alone.
 */
export const recognize = async (
  staging: Staging,
  table: ImportTable,
  { format, delta, moves }: Recognizing,
): Promise<void> => {
  await loadTaken(staging, table, moves)
  const { all, sameKeys: sources } = await otherSources(staging, table, format)
  if (all.length === 0 && moves.size === 0) return
  for (const people of staging.people(delta ? 'affected' : 'person')) {
    const newcomers = await newcomersAmong(people, staging, table, delta)
    const candidates = [
      ...(await byKey(newcomers, staging, table, sources, moves)),
      ...(await byContact(newcomers, table)),
    ]
    const ids = [...new Set(candidates.map(({ person }) => person))]
    const items = await table.getMany(
      importPatterns.source,
      ids.map(person => ({ person })),
      consistent,
    )
    const known = new Map(items.flatMap(item => (item ? [[item.id, item] as const] : [])))
    staging.transaction(() => {
      for (const candidate of candidates)
        if (mayBe(staging, candidate, known.get(candidate.person))) claim(staging, candidate)
    })
  }
  for (const claimed of idsIn(staging, 'claim'))
    staging.transaction(() => {
      for (const id of claimed)
        for (const newcomer of newcomerOf(staging, { id, person: staging.person(id) })) joinOrAsk(staging, newcomer)
    })
}

/** Notes who stays who they are while their school moves: once the delivery's people are staged under their ids. */
export const noteMoving = (staging: Staging): void => {
  staging.run('INSERT OR IGNORE INTO moving SELECT id FROM taken WHERE id IN (SELECT id FROM person)')
}
