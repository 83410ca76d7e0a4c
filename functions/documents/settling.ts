import type { refusals } from '../../shared/documents/shapes.ts'
import type { ScanState } from '../../shared/kernel/attachment.ts'
import { after, day, epochSeconds } from '../../shared/kernel/dates.ts'
import { due } from '../platform/due.ts'
import { put, update } from '../platform/operation.ts'
import { reservedOf, spaceOfFile } from './announcing.ts'
import type { Arrivals } from './arriving.ts'
import { dueOfFile } from './due.ts'
import { fitsType, judgedBytes } from './first-bytes.ts'
import type { Stored } from './object-name.ts'
import { documentsPatterns, type EntryItem, type FileItem } from './patterns.ts'
import { released } from './releasing.ts'
import { changeEntry, countSpace, holderOf, putEntry, readEntry, type SpaceRef } from './spaces.ts'
import { tell } from './telling.ts'
import { withdrawn } from './withdrawals.ts'

type Reason = (typeof refusals)[number]

/** Earlier versions that a document keeps. */
const mostFormer = 9
/** Seconds for which whoever announced a file can see why it was refused. */
export const refusedFor = 7 * day
/** Times that a file is looked at in one go, where others change the same entries. */
const attempts = 5

/** Source: Amazon GuardDuty User Guide, "Using tag-based access control with Malware Protection for S3". */
const scanTag = 'GuardDutyMalwareScanStatus'
const scans: Readonly<Record<string, ScanState>> = {
  NO_THREATS_FOUND: 'clean',
  THREATS_FOUND: 'infected',
  UNSUPPORTED: 'unscannable',
  ACCESS_DENIED: 'unscannable',
  FAILED: 'unscannable',
}

/** Why the object of an announced file is not what was announced. `none`: there is no object. */
const judged = async ({ objects }: Arrivals, file: FileItem): Promise<Reason | 'none' | undefined> => {
  const object = await objects.head(file)
  if (!object) return 'none'
  if (object.length !== file.length) return 'length'
  const expected = file.parts ? `${file.sha256}-${file.parts.length}` : file.sha256
  if (object.sha256 !== expected) return 'checksum'
  return fitsType(await objects.firstBytes(file, judgedBytes), file.type) ? undefined : 'type'
}

const refuse = async ({ table, objects, now }: Arrivals, file: FileItem, reason: Reason): Promise<boolean> => {
  const { bytes, entries } = reservedOf(file)
  const expiresAt = epochSeconds(after(now(), refusedFor))
  const refused = { state: 'refused', reason, expiresAt } as const
  const done = await table.transact([
    update('file', documentsPatterns.file, { file: file.id }, { set: refused }, { is: { state: 'announced' } }),
    countSpace(spaceOfFile(file), { bytes: -bytes, entries: -entries }),
    ...due([dueOfFile(file)], []),
  ])
  if (done.ok) await objects.remove({ id: file.id })
  return done.ok
}

/** The folder that a file was announced for, unless it is there no more. */
const folderOf = async ({ table }: Arrivals, space: SpaceRef, folder: string | undefined) => {
  const found = folder === undefined ? undefined : await readEntry(table, space, folder, { consistent: true })
  return found && !found.trashedAt ? { folder } : {}
}

type Version = Pick<EntryItem, 'by' | 'at'> & { readonly file: NonNullable<EntryItem['file']> }

/** A document with a new version: the oldest goes where there would be more than it keeps. */
const versionsAfter = async ({ table, now }: Arrivals, space: SpaceRef, before: EntryItem, version: Version) => {
  const { file, by, at, former = [] } = before
  const earlier = [...(file ? [{ file, by, at }] : []), ...former]
  const kept = earlier.slice(0, mostFormer)
  const left = new Set([version.file.id, ...kept.map(one => one.file.id)])
  const dropped = [...new Set(earlier.slice(mostFormer).map(one => one.file.id))].filter(id => !left.has(id))
  const holder = holderOf(space)
  const taken = await Promise.all(dropped.map(id => released(table, id, holder, before.id)))
  // Members may have kept addresses of what is dropped, and it may hang elsewhere.
  const ordered = space.kind === 'class' ? withdrawn(dropped, now()) : []
  return [changeEntry(space, before, { set: { ...version, former: kept } }), ...taken.flat(), ...ordered]
}

/** The document that an arrived file becomes: a new one, or a version of the one that it replaces. */
const store = async (arrivals: Arrivals, item: FileItem): Promise<boolean> => {
  const { table, now } = arrivals
  const space = spaceOfFile(item)
  const { id, length, type, sha256, scan, by, target } = item
  const file = { id, length, type, sha256, scan }
  const at = now().toISOString()
  const replaces = target.replaces
  const before = replaces === undefined ? undefined : await readEntry(table, space, replaces, { consistent: true })
  const current = before?.trashedAt === undefined ? before : undefined
  const entry = current?.file ? current.id : id
  const reserved = reservedOf(item)
  const place = { holder: holderOf(space), entry }
  const written = current?.file
    ? [
        ...(await versionsAfter(arrivals, space, current, { file, by, at })),
        countSpace(space, { bytes: length - current.file.length - reserved.bytes, entries: 0 }),
      ]
    : [
        putEntry(space, {
          ...{ id: entry, name: target.name, by, at, file, version: 1 },
          ...(await folderOf(arrivals, space, target.folder)),
        } as EntryItem),
        countSpace(space, { bytes: length - reserved.bytes, entries: 1 - reserved.entries }),
      ]
  const stored = { state: 'stored', entry, places: 1 } as const
  const done = await table.transact([
    update('file', documentsPatterns.file, { file: id }, { set: stored }, { is: { state: 'announced' } }),
    put('place', documentsPatterns.place, { file: id, ...place }, place),
    ...written,
    ...due([dueOfFile(item)], []),
  ])
  return done.ok
}

/** Brings a file to the state that follows from its object and its tags. False if something else changed it meanwhile. */
const settleOnce = async (arrivals: Arrivals, { id, copy }: Required<Stored>): Promise<boolean> => {
  const { table, objects } = arrivals
  const file = await table.get(documentsPatterns.file, { file: id }, { consistent: true })
  // Nobody waits for it any more: cancelled, forgotten, refused, or removed, and then put again by the same grant. Or it
  // has been withdrawn from its former name.
  if (!file || file.state === 'refused' || copy < (file.copy ?? 0)) {
    await objects.remove({ id, copy })
    return true
  }
  if (file.state === 'announced') {
    const reason = await judged(arrivals, file)
    if (reason === 'none') return true
    if (reason !== undefined) return refuse(arrivals, file, reason)
    if (!(await store(arrivals, file))) return false
  }
  const scan = scans[(await objects.tags(file))[scanTag] ?? '']
  if (scan === undefined) return true
  if (scan !== file.scan) {
    const is = { is: { scan: file.scan } }
    const done = await table.transact([update('file', documentsPatterns.file, { file: id }, { set: { scan } }, is)])
    if (!done.ok) return false
  }
  return tell(arrivals, { ...file, scan })
}

/** Settles a file. Throws if others change it at each attempt: it is looked at again with the next message. */
export const settle = async (arrivals: Arrivals, stored: Required<Stored>): Promise<void> => {
  for (let attempt = 1; attempt <= attempts; attempt++) if (await settleOnce(arrivals, stored)) return
  throw new Error('a file was changed by others at each attempt to settle it')
}
