import type { documentsContract } from '../../shared/documents/contract.ts'
import { documentsProblem } from '../../shared/documents/contract.ts'
import type { SpaceId } from '../../shared/documents/shapes.ts'
import { problem } from '../../shared/kernel/problem.ts'
import { fail, ok, type Result } from '../../shared/kernel/result.ts'
import { directoryPatterns, readHeldAudiences } from '../directory/audiences.ts'
import type { Platform } from '../platform/platform.ts'
import type { RequestOf } from '../platform/request.ts'
import type { Caller } from '../platform/token.ts'
import type { documentsAccess } from './access.ts'
import { documentsPatterns, type EntryItem, type FileItem } from './patterns.ts'
import { readEntry, type SpaceRef } from './spaces.ts'

export type DocumentsPlatform = Platform<typeof documentsAccess>

/** A space that the caller is a member of. `adult`: they are no pupil there, and may change what others placed. */
export type MemberOf = SpaceRef & { readonly group?: string | undefined; readonly adult: boolean }

/** Where something is placed: the folder, if it is not the space itself, and the document that a new version replaces. */
export type Target = { readonly folder: string | undefined; readonly replaces: EntryItem | undefined }

type InSpace = { readonly params: { readonly space: SpaceId }; readonly caller: Caller }
type InEntry = { readonly params: { readonly entry: string }; readonly caller: Caller }
type Before = { readonly space: MemberOf }

/** True if somebody may rename, move, replace or remove an entry: their own, or any where they are no pupil. */
const mayManage = (entry: EntryItem, space: MemberOf, { person }: Caller): boolean =>
  space.kind === 'own' || space.adult || entry.by.id === person

/** What proves the relations that the documents' routes are bounded by. */
export const documentsRelations = ({ table }: DocumentsPlatform) => {
  const memberOf = async (space: SpaceId, caller: Caller): Promise<Result<MemberOf>> => {
    if (space === 'mine')
      return ok({ kind: 'own', person: caller.person, adult: caller.roles.some(({ role }) => role !== 'pupil') })
    const of = await table.get(directoryPatterns.audience, { audience: space })
    if (of?.kind !== 'class') return fail(problem('not-found'))
    // By the token; where it has no room for the audience, by the directory.
    const isHeld = caller.audiences.includes(space) || (await readHeldAudiences(table, caller.person)).includes(space)
    if (!isHeld) return fail(problem('not-found'))
    const adult = caller.roles.some(({ uai, role }) => uai === of.uai && role !== 'pupil')
    return ok({ kind: 'class', audience: space, uai: of.uai, group: of.group, adult })
  }

  const entryIn = async (space: SpaceRef, entry: string): Promise<EntryItem | undefined> =>
    readEntry(table, space, entry, { consistent: true })

  return {
    space: ({ params: { space }, caller }: InSpace) => memberOf(space, caller),

    /** A document or folder of the space that is not in the trash. */
    entry: async ({ params: { entry } }: InEntry, { space }: Before): Promise<Result<EntryItem>> => {
      const found = await entryIn(space, entry)
      return found && !found.trashedAt ? ok(found) : fail(problem('not-found'))
    },

    /** One that the caller may change, in the trash or not. */
    managed: async ({ params: { entry }, caller }: InEntry, { space }: Before): Promise<Result<EntryItem>> => {
      const found = await entryIn(space, entry)
      if (!found) return fail(problem('not-found'))
      return mayManage(found, space, caller) ? ok(found) : fail(problem('not-allowed'))
    },

    /** The folder of the body, and the document that it replaces, which the caller may change. */
    target: async (
      {
        body,
        caller,
      }: {
        readonly body: { readonly folder?: string | undefined; readonly replaces?: string | undefined }
        readonly caller: Caller
      },
      { space }: Before,
    ) => {
      const [folder, replaces] = await Promise.all([
        body.folder === undefined ? undefined : entryIn(space, body.folder),
        body.replaces === undefined ? undefined : entryIn(space, body.replaces),
      ])
      if (body.folder !== undefined && (!folder || folder.file || folder.trashedAt))
        return fail(documentsProblem('not-a-folder'))
      if (body.replaces !== undefined) {
        if (!replaces?.file || replaces.trashedAt) return fail(problem('not-found'))
        if (!mayManage(replaces, space, caller)) return fail(problem('not-allowed'))
      }
      return ok<Target>({ folder: body.folder, replaces })
    },

    /** The document of the body that is copied, in a space that the caller is a member of. */
    source: async ({
      body,
      caller,
    }: {
      readonly body: { readonly from: SpaceId; readonly entry: string }
      readonly caller: Caller
    }): Promise<Result<EntryItem>> => {
      const from = await memberOf(body.from, caller)
      if (!from.ok) return from
      const found = await entryIn(from.value, body.entry)
      return found?.file && !found.trashedAt ? ok(found) : fail(problem('not-found'))
    },

    /** A file that the caller has announced. */
    upload: async ({
      params: { file },
      caller,
    }: {
      readonly params: { readonly file: string }
      readonly caller: Caller
    }): Promise<Result<FileItem>> => {
      const found = await table.get(documentsPatterns.file, { file }, { consistent: true })
      return found?.by.id === caller.person ? ok(found) : fail(problem('not-found'))
    },
  }
}

type Routes = (typeof documentsContract)['routes']

/** The request of one of the documents' routes. */
export type DocumentsRequest<Name extends keyof Routes> = RequestOf<
  Routes[Name],
  typeof documentsAccess,
  ReturnType<typeof documentsRelations>
>
