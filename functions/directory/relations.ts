import type { directoryContract } from '../../shared/directory/contract.ts'
import { schoolsInCharge } from '../../shared/kernel/charge.ts'
import { problem } from '../../shared/kernel/problem.ts'
import { fail, ok, type Result } from '../../shared/kernel/result.ts'
import { holds } from '../../shared/kernel/role.ts'
import type { Platform } from '../platform/platform.ts'
import type { RequestOf } from '../platform/request.ts'
import type { Caller } from '../platform/token.ts'
import { accountPatterns } from '../session/accounts.ts'
import type { directoryAccess } from './access.ts'
import { audienceId, directoryPatterns, type GroupItem, type PersonItem, sourcesOf } from './audiences.ts'
import { mayIssueCode } from './codes/rules.ts'
import { runsAllOf } from './erasing/rules.ts'
import { runPatterns } from './import/runs.ts'
import { runOf } from './imports/ids.ts'

/** `wake`: tells the imports that there is something to do. Without, their schedule finds it within minutes. */
export type DirectoryPlatform = Platform<typeof directoryAccess> & { readonly wake?: () => Promise<void> }

/** Those who run the group's school, and its own teachers: they and the pupils alone belong to the class's audience. */
const mayLookInto = (group: GroupItem, caller: Caller): boolean =>
  holds(caller.roles, group.uai, ['pupil-life', 'head', 'administrator']) ||
  (holds(caller.roles, group.uai, ['teacher']) && caller.audiences.includes(audienceId('class', group.group)))

/** An adult, a pupil, the school in which their access is decided, and who decides. */
export type Bond = {
  readonly adult: PersonItem
  readonly child: PersonItem
  readonly uai: string
  readonly actor: PersonItem
}

const isOfOneFeed = (adult: PersonItem, child: PersonItem): boolean => {
  const sources = sourcesOf(child)
  return sourcesOf(adult).some(one => sources.includes(one))
}

/** What proves the relations that the directory's routes are bounded by. */
export const directoryRelations = ({ table }: DirectoryPlatform) => ({
  /** The class or group, for those who may look into it. */
  group: async ({ params, caller }: { readonly params: { readonly group: string }; readonly caller: Caller }) => {
    const group = await table.get(directoryPatterns.group, { group: params.group })
    return group && mayLookInto(group, caller) ? ok(group) : fail(problem('not-found'))
  },

  /** Somebody who has, or had, a role in a school that the caller runs. */
  person: async ({ params, caller }: { readonly params: { readonly person: string }; readonly caller: Caller }) => {
    const person = await table.get(directoryPatterns.person, { person: params.person })
    return person && schoolsInCharge(caller.roles, person.roles).length > 0 ? ok(person) : fail(problem('not-found'))
  },

  /** Somebody who has, or had, roles in schools that the caller runs and in no other, and who asks. */
  departed: async ({
    params,
    caller,
  }: {
    readonly params: { readonly person: string }
    readonly caller: Caller
  }): Promise<Result<{ readonly person: PersonItem; readonly actor: PersonItem }>> => {
    const keys = [params.person, caller.person].map(person => ({ person }))
    const [person, actor] = await table.getMany(directoryPatterns.person, keys, { consistent: true })
    if (!person || !actor || schoolsInCharge(caller.roles, person.roles).length === 0) return fail(problem('not-found'))
    return runsAllOf(caller, person) ? ok({ person, actor }) : fail(problem('not-allowed'))
  },

  /**
   * An adult and a pupil between whom the caller may grant or stop access: the pupil of a school that the caller runs, an
   * adult who has or had a role there, of the same feed. Nobody decides of their own access.
   */
  bond: async ({
    params,
    caller,
  }: {
    readonly params: { readonly person: string; readonly child: string }
    readonly caller: Caller
  }): Promise<Result<Bond>> => {
    const keys = [params.person, params.child, caller.person].map(person => ({ person }))
    const [adult, child, actor] = await table.getMany(directoryPatterns.person, keys)
    if (!adult || !child || !actor || schoolsInCharge(caller.roles, adult.roles).length === 0)
      return fail(problem('not-found'))
    const pupilAt = child.roles.filter(({ role }) => role === 'pupil')
    const [uai] = child.status === 'active' ? schoolsInCharge(caller.roles, pupilAt) : []
    if (uai === undefined) return fail(problem('not-found'))
    const isAdult = !adult.roles.some(({ role }) => role === 'pupil')
    if (!isAdult || adult.id === caller.person || !isOfOneFeed(adult, child)) return fail(problem('not-allowed'))
    return ok({ adult, child, uai, actor })
  },

  /** A school's part of an import. */
  import: async ({
    params: { uai, import: id },
  }: {
    readonly params: { readonly uai: string; readonly import: string }
  }) => {
    const run = await table.get(runPatterns.schoolRun, { uai, run: runOf(id) })
    return run ? ok(run) : fail(problem('not-found'))
  },

  /** The people who are to get a code, if each is the caller's to give one to, and the caller. */
  recipients: async (request: {
    readonly params: { readonly uai: string }
    readonly body: { readonly people: readonly string[] }
    readonly caller: Caller
  }): Promise<Result<{ readonly issuer: PersonItem; readonly people: readonly PersonItem[] }>> => {
    const ids = [...new Set(request.body.people)]
    const keys = ids.map(person => ({ person }))
    const [[issuer, ...recipients], accounts] = await Promise.all([
      table.getMany(directoryPatterns.person, [{ person: request.caller.person }, ...keys]),
      table.getMany(accountPatterns.account, keys),
    ])
    const people = recipients.flatMap((person, at) => {
      const active = accounts[at]?.password !== undefined
      return issuer && person && mayIssueCode(issuer, person, request.params.uai, active) ? [person] : []
    })
    return issuer && people.length === ids.length ? ok({ issuer, people }) : fail(problem('not-allowed'))
  },
})

type Routes = (typeof directoryContract)['routes']

/** The request of one of the directory's routes. */
export type DirectoryRequest<Name extends keyof Routes> = RequestOf<
  Routes[Name],
  typeof directoryAccess,
  ReturnType<typeof directoryRelations>
>
