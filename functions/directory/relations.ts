import type { directoryContract } from '../../shared/directory/contract.ts'
import { problem } from '../../shared/kernel/problem.ts'
import { fail, ok, type Result } from '../../shared/kernel/result.ts'
import { holds } from '../../shared/kernel/role.ts'
import type { Platform } from '../platform/platform.ts'
import type { RequestOf } from '../platform/request.ts'
import type { Caller } from '../platform/token.ts'
import type { directoryAccess } from './access.ts'
import { audienceId, directoryPatterns, type GroupItem, type PersonItem } from './audiences.ts'
import { mayIssueCode } from './codes/rules.ts'

export type DirectoryPlatform = Platform<typeof directoryAccess>

/** Those who run the group's school, and its own teachers: they and the pupils alone belong to the class's audience. */
const mayLookInto = (group: GroupItem, caller: Caller): boolean =>
  holds(caller.roles, group.uai, ['pupil-life', 'head', 'administrator']) ||
  (holds(caller.roles, group.uai, ['teacher']) && caller.audiences.includes(audienceId('class', group.group)))

/** What proves the relations that the directory's routes are bounded by. */
export const directoryRelations = ({ table }: DirectoryPlatform) => ({
  /** The class or group, for those who may look into it. */
  group: async ({ params, caller }: { readonly params: { readonly group: string }; readonly caller: Caller }) => {
    const group = await table.get(directoryPatterns.group, { group: params.group })
    return group && mayLookInto(group, caller) ? ok(group) : fail(problem('not-found'))
  },

  /** The people who are to get a code, if each is the caller's to give one to. */
  recipients: async (request: {
    readonly params: { readonly uai: string }
    readonly body: { readonly people: readonly string[] }
    readonly caller: Caller
  }): Promise<Result<readonly PersonItem[]>> => {
    const ids = [...new Set(request.body.people)]
    const people = [request.caller.person, ...ids].map(person => ({ person }))
    const [issuer, ...recipients] = await table.getMany(directoryPatterns.person, people)
    const found = recipients.flatMap(person => person ?? [])
    const allowed =
      issuer && found.length === ids.length && found.every(person => mayIssueCode(issuer, person, request.params.uai))
    return allowed ? ok(found) : fail(problem('not-allowed'))
  },
})

type Routes = (typeof directoryContract)['routes']

/** The request of one of the directory's routes. */
export type DirectoryRequest<Name extends keyof Routes> = RequestOf<
  Routes[Name],
  typeof directoryAccess,
  ReturnType<typeof directoryRelations>
>
