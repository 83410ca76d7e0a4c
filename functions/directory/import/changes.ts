import { epochSeconds } from '../../../shared/kernel/dates.ts'
import { sortName } from '../../../shared/kernel/names.ts'
import type { Role } from '../../../shared/kernel/role.ts'
import { put, remove } from '../../platform/operation.ts'
import type { Table } from '../../platform/table.ts'
import type { unattendedAccess } from '../access.ts'
import { closedPatterns } from '../closed-groups.ts'
import { importPatterns, type SourceItem } from '../patterns.ts'
import type { PersonRecord } from '../record.ts'
import { type ChangedPerson, changePatterns, changesKeptFor, type StoredKind } from './change-patterns.ts'
import { recordOn } from './people/dated.ts'
import { printOf } from './people/print.ts'
import { foremostFirst, ownRoles } from './people/roles.ts'
import type { Prepared } from './prepare.ts'
import type { RunItem } from './runs.ts'
import type { Staging } from './staging.ts'
import { consistent, loadSources } from './stored.ts'

type Noted = { readonly id: string; readonly kind: 'arrived' | 'changed' | 'left' | 'losing' }
type Named = ChangedPerson & { readonly kind: StoredKind; readonly name: string }

/** People in one item: 20 KB at most. */
const peopleAnItem = 100
/** Schools whose changes are written between two notes of how far the writing is. */
const schoolsAPortion = 20

/**
 * What tells whether somebody is still as an import left them: the print of their record, or that they left. It does not
 * change when an administrator decides of their access, or when a day comes on which something of the record counts.
 */
export const stateOf = (record: PersonRecord | undefined, left = false): string =>
  left || !record ? 'left' : printOf(record)

const classesIn = (record: PersonRecord | undefined, uai: string): string[] =>
  [...(record?.pupil?.groups ?? []), ...(record?.staff?.groups ?? [])]
    .flatMap(group => (group.uai === uai && group.kind === 'class' ? group.name : []))
    .sort()

const roleIn = (record: PersonRecord | undefined, uai: string): Role | undefined => {
  const [role] = record ? foremostFirst(ownRoles(record).get(uai) ?? []) : []
  return role
}

/**
 * Writes what a delivery changes in each school before anything of it is written, so that what is stored is still what
 * was there: whom by name, and for a school that was confirmed also what undoes it. Repeated, it writes the same.
 */
export const openChanges = (
  staging: Staging,
  table: Table<typeof unattendedAccess>,
  { prepared, run, began }: { readonly prepared: Prepared; readonly run: RunItem; readonly began: Date },
) => {
  const { source } = prepared
  const expiresAt = epochSeconds(began) + changesKeptFor
  const day = staging.day
  const takenOver = new Set(prepared.takenOver.map(one => one.uai))
  const heldBack = new Set(prepared.held.map(one => one.uai))
  /** A school that another source described so far is not given back here: that source's next delivery asks to have it. */
  const isUndoable = (uai: string) => run.confirm.includes(uai) && !takenOver.has(uai) && !heldBack.has(uai)

  /** A school that no source has described before, of more people than one item holds: nobody reads their names here. */
  const isNewSchool = (uai: string, people: readonly Noted[]) =>
    !prepared.delta &&
    !isUndoable(uai) &&
    people.length > peopleAnItem &&
    people.every(one => one.kind === 'arrived') &&
    staging.get('SELECT 1 FROM stored WHERE uai = ? LIMIT 1', uai) === undefined

  const named = ({ id, kind }: Noted, uai: string, stored: SourceItem | undefined): Named => {
    const next = kind === 'left' || kind === 'losing' ? undefined : staging.person(id)?.record
    const [before, after] = [stored && !stored.left ? stored.record : undefined, next]
    const [then, now] = [before, after].map(record => record && recordOn(record, day))
    const [from, to] = [classesIn(then, uai), classesIn(now, uai)]
    const isSame = from.join('\n') === to.join('\n')
    return {
      person: id,
      kind: kind === 'changed' ? (isSame ? 'other' : 'moved') : kind,
      name: sortName((after ?? before ?? stored?.record ?? { givenName: '', familyName: '' }) as PersonRecord),
      role: roleIn(now, uai) ?? roleIn(then, uai) ?? 'guardian',
      from: kind === 'arrived' ? [] : from,
      to,
      after: stateOf(staging.person(id)?.record),
    }
  }

  const writeNames = async (uai: string, people: readonly Named[]): Promise<void> => {
    const sorted = [...people].sort((a, b) => (a.name < b.name ? -1 : 1))
    const nth = String(run.deliveries.length).padStart(2, '0')
    const items = [...Map.groupBy(sorted, one => one.kind)].flatMap(([kind, those]) =>
      Array.from({ length: Math.ceil(those.length / peopleAnItem) }, (_, at) => {
        const some = those.slice(at * peopleAnItem, (at + 1) * peopleAnItem)
        const listed = some.map(({ kind: _kind, name: _name, ...one }) => one)
        const page = `${nth}-${String(at).padStart(3, '0')}`
        return put(
          'change',
          changePatterns.change,
          { uai, run: run.run, kind, page },
          { run: run.run, kind, people: listed, expiresAt },
        )
      }),
    )
    await table.writeMany(items)
  }

  /** What a run of several deliveries found first is what was there before it. */
  const writeFormer = async (uai: string, stored: readonly SourceItem[]): Promise<void> => {
    const keys = stored.map(({ id }) => ({ person: id, run: run.run }))
    const known = await table.getMany(changePatterns.former, keys, consistent)
    await table.writeMany(
      stored.flatMap(({ id, record, left }, at) =>
        known[at]
          ? []
          : put(
              'former',
              changePatterns.former,
              { person: id, run: run.run },
              { run: run.run, source, record, ...(left && { left }), expiresAt },
            ),
      ),
    )
    const school = { uai, run: run.run }
    if (await table.get(changePatterns.formerSchool, school, consistent)) return
    const groups = await table.all(importPatterns.schoolGroups, { uai }, consistent)
    const year = (await table.get(importPatterns.school, { uai }, consistent))?.year
    const former = groups
      .filter(one => one.source === source && !one.replaced)
      .map(({ group, name, kind, key, year, from, to }) => ({
        group,
        name,
        kind,
        ...(key !== undefined && { key }),
        ...(year !== undefined && { year }),
        ...(from !== undefined && { from }),
        ...(to !== undefined && { to }),
      }))
    await table.writeMany([
      put('former-school', changePatterns.formerSchool, school, {
        run: run.run,
        at: began.toISOString(),
        source,
        ...(year !== undefined && { year }),
        groups: former,
        expiresAt,
      }),
    ])
  }

  const writeClasses = async (uai: string): Promise<void> => {
    const losing = new Set(
      staging.all<{ id: string }>("SELECT id FROM change WHERE uai = ? AND kind = 'losing'", uai).map(one => one.id),
    )
    const classes = new Map<string, { name: string; had: number; lost: number }>()
    for await (const page of table.pages(importPatterns.roster, { uai }, consistent))
      for (const { item } of page)
        if (item.role === 'pupil' && !item.suspended)
          for (const { id, name, kind } of item.classes) {
            if (kind !== 'class') continue
            const { had, lost } = classes.get(id) ?? { had: 0, lost: 0 }
            classes.set(id, { name, had: had + 1, lost: lost + Number(losing.has(item.person)) })
          }
    const lost = [...classes.values()]
      .filter(one => one.lost > 0)
      .sort((a, b) => Number(b.lost === b.had) - Number(a.lost === a.had) || (a.name < b.name ? -1 : 1))
    await table.writeMany([
      put(
        'held-classes',
        changePatterns.heldClasses,
        { uai, run: run.run },
        { run: run.run, classes: lost, expiresAt },
      ),
    ])
  }

  /** What people kept of groups that the undone run closed in the school: the groups are back. */
  const reopen = async (uai: string, undone: string, ids: readonly string[]): Promise<void> => {
    const { at } = (await table.get(changePatterns.formerSchool, { uai, run: undone }, consistent)) ?? {}
    if (at === undefined) return
    const keys = ids.map(person => ({ person, at }))
    const items = await table.getMany(closedPatterns.closedAt, keys, consistent)
    await table.writeMany(
      keys.flatMap((key, nth) => {
        const item = items[nth]
        const elsewhere = item?.groups.filter(group => group.uai !== uai) ?? []
        if (!item || elsewhere.length === item.groups.length) return []
        return elsewhere.length > 0
          ? put('closed', closedPatterns.closedAt, key, { ...item, groups: elsewhere })
          : remove('closed', closedPatterns.closedAt, key)
      }),
    )
  }

  const writeSchool = async (uai: string): Promise<void> => {
    const people = staging.all<Noted>('SELECT id, kind FROM change WHERE uai = ? ORDER BY id', uai)
    if (isNewSchool(uai, people)) return
    const former: SourceItem[] = []
    const list: Named[] = []
    const isFirstLoad = people.every(one => one.kind === 'arrived') && !isUndoable(uai)
    for (let from = 0; from < people.length; from += 500) {
      const page = people.slice(from, from + 500)
      const wanted = page.filter(one => !isFirstLoad && (one.kind !== 'arrived' || isUndoable(uai)))
      const items = await loadSources(
        table,
        wanted.map(one => one.id),
        source,
      )
      const byId = new Map(items.map(item => [item.id, item]))
      list.push(...page.map(one => named(one, uai, byId.get(one.id))))
      if (isUndoable(uai)) former.push(...items)
    }
    await writeNames(uai, list)
    if (run.undo?.uai === uai)
      await reopen(
        uai,
        run.undo.run,
        people.map(one => one.id),
      )
    if (heldBack.has(uai)) await writeClasses(uai)
    if (isUndoable(uai)) await writeFormer(uai, former)
  }

  return {
    /** Writes some schools after `cursor`; gives the last of them, or nothing if there are no more. */
    write: async (cursor: string): Promise<string> => {
      const uais = staging
        .all<{ uai: string }>(
          'SELECT DISTINCT uai FROM change WHERE uai > ? ORDER BY uai LIMIT ?',
          cursor,
          schoolsAPortion,
        )
        .map(one => one.uai)
      for (const uai of uais) await writeSchool(uai)
      return uais.length < schoolsAPortion ? '' : (uais.at(-1) ?? '')
    },
  }
}
