import { documentsProblem } from '../../shared/documents/contract.ts'
import { type Space, StoredFile } from '../../shared/documents/shapes.ts'
import { fold } from '../../shared/kernel/names.ts'
import { fail, ok } from '../../shared/kernel/result.ts'
import { directoryPatterns } from '../directory/audiences.ts'
import { mediaSecret } from '../platform/media.ts'
import { pick } from '../platform/pick.ts'
import { dispositionOf } from './disposition.ts'
import { type Limits, ownQuota } from './limits.ts'
import { documentsPatterns, type EntryItem } from './patterns.ts'
import type { DocumentsPlatform, DocumentsRequest } from './relations.ts'
import { linkedEntry, linksIn, shownEntry } from './shown.ts'
import type { SignGet } from './signed-get.ts'
import { listEntries, readSpace } from './spaces.ts'

const pageSize = 50

/**
 * One's own space and those of one's classes and groups. What is filled of them is read for the audiences of the token, side by
 * side with the person; then for those that one has got since.
 */
export const spaces =
  ({ table }: DocumentsPlatform, limits: Limits) =>
  async ({ caller }: DocumentsRequest<'spaces'>) => {
    const filledOf = async (audiences: readonly string[]): Promise<(readonly [string, number])[]> => {
      const found = await table.getMany(
        documentsPatterns.classSpace,
        audiences.map(audience => ({ audience })),
      )
      return audiences.map((audience, at) => [audience, found[at]?.used ?? 0] as const)
    }
    const [person, own, ofToken] = await Promise.all([
      table.get(directoryPatterns.person, { person: caller.person }),
      readSpace(table, { kind: 'own', person: caller.person }),
      filledOf(caller.audiences),
    ])
    const held = person?.status === 'active' ? person.audiences.filter(({ kind }) => kind === 'class') : []
    const since = held.flatMap(({ id }) => (caller.audiences.includes(id) ? [] : [id]))
    const filled = new Map([...ofToken, ...(await filledOf(since))])
    const { largest } = limits
    const items: Space[] = [
      { id: 'mine', used: own.used, quota: ownQuota(limits, caller.roles), largest },
      ...held.map(({ id, label, group }) => {
        const kind = person?.groups.find(one => one.id === group)?.kind ?? 'class'
        return { id, label, used: filled.get(id) ?? 0, quota: limits[kind], largest }
      }),
    ]
    return ok({ items })
  }

const isNamed = (entry: EntryItem, words: readonly string[]): boolean => {
  const name = ` ${fold(entry.name)}`
  return words.every(word => name.includes(word))
}

/** A page of what is in a folder, or of what is called so anywhere in the space. */
export const list =
  ({ table, keys, now }: DocumentsPlatform) =>
  async ({ query: { cursor, folder, name }, related: { space } }: DocumentsRequest<'list'>) => {
    const words = name === undefined ? undefined : fold(name).split(' ')
    const isListed = (entry: EntryItem) =>
      entry.trashedAt === undefined && (words ? isNamed(entry, words) : entry.folder === folder)
    const page = await listEntries(table, space, { limit: pageSize, cursor, keep: isListed })
    if (!page.ok) return page
    const linkTo = linksIn(mediaSecret(await keys.current()), space, now())
    return ok({ ...page.value, items: page.value.items.map(item => linkedEntry(item, linkTo)) })
  }

/** A page of the trash: of what one may restore. */
export const trash =
  ({ table }: DocumentsPlatform) =>
  async ({ query: { cursor }, caller, related: { space } }: DocumentsRequest<'trash'>) => {
    const isListed = (entry: EntryItem) =>
      entry.trashedAt !== undefined && (space.kind === 'own' || space.adult || entry.by.id === caller.person)
    const page = await listEntries(table, space, { limit: pageSize, cursor, keep: isListed })
    return page.ok ? ok({ ...page.value, items: page.value.items.map(shownEntry) }) : page
  }

/** A document with its versions. */
export const entry =
  ({ keys, now }: DocumentsPlatform) =>
  async ({ related: { space, entry: item } }: DocumentsRequest<'entry'>) => {
    const linkTo = linksIn(mediaSecret(await keys.current()), space, now())
    const { file, by, at, former = [] } = item
    const versions = file ? [{ file, by, at }, ...former] : []
    const history = versions.map(version => {
      const link = linkTo(version.file, item.name)
      return { ...version, file: pick(StoredFile, version.file), ...(link !== undefined && { link }) }
    })
    return ok({ ...linkedEntry(item, linkTo), history })
  }

/** An address at the bucket itself: the edge serves nothing that is not clean. */
export const unscanned =
  (sign: SignGet) =>
  async ({ related: { entry: item } }: DocumentsRequest<'unscanned'>) =>
    item.file?.scan === 'unscannable'
      ? ok({ url: await sign(item.file, dispositionOf(item.name, undefined)) })
      : fail(documentsProblem('not-served'))
