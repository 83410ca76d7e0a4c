import { documentsProblem } from '../../shared/documents/contract.ts'
import { cleanName } from '../../shared/kernel/file-name.ts'
import { timeId } from '../../shared/kernel/ids.ts'
import { problem } from '../../shared/kernel/problem.ts'
import { fail } from '../../shared/kernel/result.ts'
import { due } from '../platform/due.ts'
import { put, update } from '../platform/operation.ts'
import { dueOfTrash } from './due.ts'
import { type Limits, mostEntries } from './limits.ts'
import { documentsPatterns, type EntryItem } from './patterns.ts'
import { placerOf } from './placer.ts'
import { quotaOf } from './quota.ts'
import type { DocumentsPlatform, DocumentsRequest, MemberOf } from './relations.ts'
import { filesOf } from './releasing.ts'
import { shownEntry } from './shown.ts'
import { allEntries, changeEntry, countSpace, holderOf, listEntries, putEntry, readEntry, readSpace } from './spaces.ts'
import { withdrawn } from './withdrawals.ts'

const tooMany = (refused: readonly string[]) =>
  refused.includes('space') ? documentsProblem('too-many-documents') : problem('conflict')

/** Makes a folder. */
export const addFolder =
  ({ table }: DocumentsPlatform) =>
  async ({ body, caller, now, commit, related: { space, target } }: DocumentsRequest<'addFolder'>) => {
    const item: EntryItem = {
      id: timeId(now),
      name: cleanName(body.name) ?? '',
      by: await placerOf(table, caller.person),
      at: now.toISOString(),
      version: 1,
      ...(target.folder !== undefined && { folder: target.folder }),
    }
    return commit(
      [putEntry(space, item), countSpace(space, { bytes: 0, entries: 1, most: mostEntries })],
      shownEntry(item),
      { refused: tooMany },
    )
  }

/** True if something may be moved into a folder: it is one of the space, and neither the thing itself nor within it. */
const mayMoveTo = async (
  { table }: DocumentsPlatform,
  space: MemberOf,
  moved: EntryItem,
  folder: string,
): Promise<boolean> => {
  const folders = new Map((await allEntries(table, space)).map(one => [one.id, one]))
  const to = folders.get(folder)
  if (!to || to.file || to.trashedAt) return false
  const passed = new Set<string>()
  for (let at: string | undefined = folder; at !== undefined && !passed.has(at); at = folders.get(at)?.folder) {
    if (at === moved.id) return false
    passed.add(at)
  }
  return true
}

/** Renames or moves. */
export const change =
  (platform: DocumentsPlatform) =>
  async ({ body, commit, related: { space, managed: item } }: DocumentsRequest<'change'>) => {
    const { folder } = body
    if (typeof folder === 'string' && !(await mayMoveTo(platform, space, item, folder)))
      return fail(documentsProblem('not-a-folder'))
    const name = body.name === undefined ? item.name : (cleanName(body.name) ?? item.name)
    const { folder: before, ...rest } = item
    const to = folder === null ? undefined : (folder ?? before)
    const changed = {
      set: { name, ...(to !== undefined && { folder: to }) },
      remove: to === undefined ? (['folder'] as const) : [],
    }
    return commit(
      [changeEntry(space, item, changed)],
      shownEntry({ ...rest, name, ...(to !== undefined && { folder: to }) }),
    )
  }

/**
 * Places a document of another space, or of this one, here: the stored file hangs in one place more, and no byte is
 * copied. What was found infected is not handed on, nor to a pupil's places what no scanner can look into.
 */
export const copy =
  ({ table }: DocumentsPlatform, limits: Limits) =>
  async ({ caller, now, commit, related: { space, target, source } }: DocumentsRequest<'copy'>) => {
    const { file } = source
    if (!file || file.scan === 'infected' || (file.scan === 'unscannable' && !space.adult))
      return fail(documentsProblem('not-served'))
    const [quota, { used }, by] = await Promise.all([
      quotaOf(table, space, caller, limits),
      readSpace(table, space),
      placerOf(table, caller.person),
    ])
    const full = documentsProblem('space-full', { room: { needed: file.length, left: Math.max(0, quota - used) } })
    const item: EntryItem = {
      id: timeId(now),
      name: source.name,
      by,
      at: now.toISOString(),
      file,
      version: 1,
      ...(target.folder !== undefined && { folder: target.folder }),
    }
    const place = { holder: holderOf(space), entry: item.id }
    const { scan, copy: served } = file
    const known = served === undefined ? ({ is: { scan }, lacks: ['copy'] } as const) : { is: { scan, copy: served } }
    return commit(
      [
        // As the source knows it: what changes meanwhile is told to all places of the file, and this is none yet.
        update('file', documentsPatterns.file, { file: file.id }, { add: { places: 1 } }, known),
        put('place', documentsPatterns.place, { file: file.id, ...place }, place),
        putEntry(space, item),
        countSpace(space, { bytes: file.length, entries: 1, quota, most: mostEntries }),
      ],
      shownEntry(item),
      { refused: refused => (refused.includes('space') ? full : problem('conflict')) },
    )
  }

/** Puts something into the trash, for 30 days: it counts no more. */
export const remove =
  ({ table }: DocumentsPlatform) =>
  async ({ now, commit, related: { space, managed: item } }: DocumentsRequest<'remove'>) => {
    if (item.trashedAt !== undefined) return commit([], undefined)
    if (!item.file) {
      const inIt = (one: EntryItem) => one.folder === item.id && one.trashedAt === undefined
      const page = await listEntries(table, space, { limit: 1, keep: inIt })
      if (!page.ok || page.value.items.length > 0) return fail(documentsProblem('folder-not-empty'))
    }
    const trashedAt = now.toISOString()
    return commit(
      [
        changeEntry(space, item, { set: { trashedAt } }),
        countSpace(space, { bytes: -(item.file?.length ?? 0), entries: 0 }),
        ...(space.kind === 'class' ? withdrawn(filesOf(item), now) : []),
        ...due([], [dueOfTrash(space, item.id, trashedAt)]),
      ],
      undefined,
    )
  }

/** Takes something out of the trash. */
export const restore =
  ({ table }: DocumentsPlatform, limits: Limits) =>
  async ({ caller, commit, related: { space, managed: item } }: DocumentsRequest<'restore'>) => {
    const { trashedAt, ...back } = item
    if (trashedAt === undefined) return commit([], shownEntry(item))
    const [quota, { used }, folder] = await Promise.all([
      quotaOf(table, space, caller, limits),
      readSpace(table, space),
      item.folder === undefined ? undefined : readEntry(table, space, item.folder, { consistent: true }),
    ])
    const bytes = item.file?.length ?? 0
    const full = documentsProblem('space-full', { room: { needed: bytes, left: Math.max(0, quota - used) } })
    const isLost = item.folder !== undefined && (!folder || folder.trashedAt !== undefined)
    const { folder: _, ...atTop } = back
    return commit(
      [
        changeEntry(space, item, { remove: isLost ? ['trashedAt', 'folder'] : ['trashedAt'] }),
        countSpace(space, { bytes, entries: 0, quota }),
        ...due([dueOfTrash(space, item.id, trashedAt)], []),
      ],
      shownEntry(isLost ? atTop : back),
      { refused: refused => (refused.includes('space') ? full : problem('conflict')) },
    )
  }
