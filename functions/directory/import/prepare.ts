import { importPatterns } from '../patterns.ts'
import { readAaf } from './aaf/read.ts'
import { loadAliases } from './aliases.ts'
import type { Chosen, Format } from './feed/chosen.ts'
import type { Delivery } from './feed/delivery.ts'
import { type HeldBack, weigh } from './guard.ts'
import { loadHanded } from './handed.ts'
import { type Held, hold, nameNeighbours } from './hold.ts'
import { loadSecret } from './joined/contacts.ts'
import { noteMoving, recognize } from './joined/recognize.ts'
import { reportJoined } from './joined/report.ts'
import { readOneRoster } from './oneroster/read.ts'
import { openPeople } from './people/apply.ts'
import { applyNamed } from './people/named.ts'
import type { ImportTable, Progress, Writer } from './platform.ts'
import { relate } from './relate.ts'
import type { Counts } from './report.ts'
import type { StagedSchool, Staging } from './staging.ts'
import { consistent, loadGrants, loadRosters, loadSchools } from './stored.ts'
import { askWhoTheyAre, renameStaged, setHeldAside, tellApart } from './tell-apart.ts'
import { stageClosing } from './years/close.ts'
import { openGroups } from './years/groups.ts'
import { nameRenamed, renameByDelta } from './years/rename.ts'
import { rolledSchools, type YearTaken, yearsTaken } from './years/report.ts'
import { yearSettingOf } from './years/setting.ts'
import { settleGroups } from './years/settle.ts'

export type Setting = {
  readonly table: ImportTable
  readonly writer: Writer
  readonly now: Date
  readonly timeZone?: string | undefined
  readonly strict: boolean
  /** Schools whose people may lose access, or which may change their source. */
  readonly confirm: ReadonlySet<string>
  readonly counts: Counts
  /** False if files of the path could not be opened. */
  readonly whole: boolean
  /** Called with the number of bytes read since the last call. */
  readonly read: (bytes: number) => void
  readonly progress: (progress: Progress) => void
  /** The school year as the operator gave it, and when one begins (month and day). */
  readonly year?: number
  readonly yearBegins?: string
}

/** What became of one delivery. `empty`: nobody in it can be imported, and nothing was written. */
export type Delivered = {
  readonly mode: 'complete' | 'delta'
  readonly held: readonly HeldBack[]
  readonly whole: boolean
  readonly empty: boolean
  readonly years: readonly YearTaken[]
}

/**
 * A delivery that is read and staged, and of which nothing is written yet: with the staging, all that its writing goes
 * by, as data, so that another process can do that later.
 */
export type Prepared = Delivered & {
  /** Absent of an undo. */
  readonly format?: Format
  readonly source: string
  readonly delta: boolean
  /** Whether those who are absent from it are suspended. */
  readonly suspends: boolean
  /** Confirmed schools that other sources described so far. */
  readonly takenOver: readonly { readonly uai: string; readonly holder: string }[]
  /** UAIs that schools of the source had before. */
  readonly renamed: readonly string[]
  /** The years of its schools, by UAI, and the schools that begin one with it. */
  readonly schoolYears: Readonly<Record<string, number>>
  readonly rolled: readonly string[]
  /** Of an undo: its school has the year again that it had before. */
  readonly undoes?: true
}

const notWhole = 'part of the feed is missing or could not be read: nobody is suspended for being absent from it'

/**
 * Nobody is absent from a feed that lacks something: those it does not name stay as they are, and so do the children
 * of those it names.
 */
const retainAbsent = (staging: Staging) =>
  staging.run(
    `INSERT OR IGNORE INTO retained
     SELECT id FROM stored WHERE (suspended = 0 OR uai = '') AND id NOT IN (SELECT id FROM ended)`,
  )

/** The sources that described schools of this delivery so far, by UAI, where they are not its own. */
const foreignSchools = async (
  staging: Staging,
  table: ImportTable,
  source: string,
  known: ReadonlySet<string>,
): Promise<Map<string, string>> => {
  const holders = new Map<string, string>()
  for (const { uai } of staging.describedSchools()) {
    if (known.has(uai)) continue
    const holder = (await table.get(importPatterns.school, { uai }, consistent))?.source
    if (holder !== undefined && holder !== source) holders.set(uai, holder)
  }
  return holders
}

/** Schools of this source that it describes under another UAI now: one key is one school. */
const renamedSchools = (staging: Staging, known: readonly StagedSchool[]): string[] => {
  const now = new Map(staging.describedSchools().map(({ key, uai }) => [key, uai]))
  return known.filter(({ key, uai }) => (now.get(key) ?? uai) !== uai).map(({ uai }) => uai)
}

const anybody = (staging: Staging, of: 'person' | 'affected' | 'stored' | 'retained'): boolean =>
  staging.get(`SELECT 1 FROM ${of} LIMIT 1`) !== undefined

/** Reads one delivery and stages what is to be written of it. Writes nothing. */
export const prepare = async (
  chosen: Chosen,
  staging: Staging,
  setting: Pick<Setting, 'table' | 'now' | 'strict' | 'confirm' | 'whole' | 'read' | 'year' | 'yearBegins'>,
): Promise<Prepared> => {
  const { format, source, delta, manifest, files } = chosen
  const { table, strict, confirm } = setting
  await loadSchools(staging, table, source)
  await loadAliases(staging, table, source)
  await loadHanded(staging, table, source)
  await loadSecret(staging, table)
  const known = staging.schools()
  const people = openPeople(staging, table, delta)
  const yearSetting = await yearSettingOf(chosen, setting, staging.day)
  const groups = openGroups(staging, table, yearSetting)
  const delivery: Delivery = { files, staging, groups, source, strict, progress: setting.read, apply: people.apply }
  const outcome = format === 'aaf' ? await readAaf(delivery, delta) : await readOneRoster(delivery, format, manifest)
  await people.flush()
  await applyNamed(staging, people)

  const whole = !delta && outcome.whole && setting.whole
  const complete = outcome.whole && setting.whole
  const { mode } = outcome
  await groups.load(staging.schools().map(({ uai }) => uai))
  if (!delta) await loadRosters(staging, table, source)
  if (!delta) await tellApart(staging, table)
  const holders = await foreignSchools(staging, table, source, new Set(known.map(({ uai }) => uai)))
  const moves = new Map([...holders].filter(([uai]) => confirm.has(uai)))
  await recognize(staging, table, { format, delta, moves })
  renameStaged(staging, delta)
  noteMoving(staging)
  const renamedGroups = delta ? await renameByDelta(staging, table) : new Map<string, string>()
  if (!delta) settleGroups(staging, groups, source)
  setHeldAside(staging, { delta, whole })
  const nothing: Prepared = {
    mode,
    format,
    source,
    delta,
    held: [],
    whole: complete,
    empty: true,
    years: [],
    schoolYears: {},
    rolled: [],
    suspends: whole,
    takenOver: [],
    renamed: [],
  }
  if (delta && !anybody(staging, 'affected') && anybody(staging, 'retained')) return nothing
  if (!delta && !whole) retainAbsent(staging)
  await relate(staging, table, delta)
  nameRenamed(staging, renamedGroups)
  if (!delta && !anybody(staging, 'person') && !anybody(staging, 'stored')) return nothing
  await loadGrants(staging, table)
  if (!delta && !whole) staging.found({ kind: 'left-out', reason: notWhole })

  const renamed = new Set(renamedSchools(staging, known))
  const rolled: ReadonlySet<string> = delta ? new Set() : rolledSchools(staging, groups)
  const heldBack: Omit<HeldBack, 'alsoElsewhere' | 'name'>[] = [
    ...(delta ? [] : weigh(staging, renamed, rolled)).map(one => ({
      ...one,
      reason: 'loses-access' as const,
    })),
    ...[...holders].map(([uai, holder]) => ({ uai, holder, losses: [], reason: 'another-source' as const })),
  ].filter(({ uai }) => !confirm.has(uai))
  const losesGuardians = heldBack.filter(({ losses }) => losses.some(({ what }) => what === 'guardian links'))
  const held: Held = {
    uais: new Set(heldBack.map(({ uai }) => uai)),
    keepsGuardians: new Set(losesGuardians.map(({ uai }) => uai)),
  }
  const names = new Map(staging.schools().map(({ uai, name }) => [uai, name]))
  for (const uai of held.uais) staging.run('INSERT OR IGNORE INTO held_back VALUES (?)', uai)
  await hold(staging, table, source, held)
  const neighbours = new Map<string, number>()
  nameNeighbours(staging, held, uai => neighbours.set(uai, (neighbours.get(uai) ?? 0) + 1))

  reportJoined(staging)
  askWhoTheyAre(staging, source)
  stageClosing(staging, groups, whole)
  return {
    ...nothing,
    empty: false,
    years: yearsTaken(staging, groups, yearSetting, chosen.date !== undefined),
    schoolYears: Object.fromEntries([...groups.years()].map(([uai, { year }]) => [uai, year])),
    rolled: [...rolled],
    takenOver: [...moves].map(([uai, holder]) => ({ uai, holder })),
    renamed: [...renamed],
    held: heldBack.map(one => ({
      ...one,
      name: names.get(one.uai) ?? one.uai,
      alsoElsewhere: neighbours.get(one.uai) ?? 0,
    })),
  }
}
