import { isPost, looksAfter, schoolsInCharge } from '../../shared/kernel/charge.ts'
import { problem } from '../../shared/kernel/problem.ts'
import { fail, ok, type Result } from '../../shared/kernel/result.ts'
import { directoryPatterns, type PersonItem } from '../directory/audiences.ts'
import type { Platform } from '../platform/platform.ts'
import type { Caller } from '../platform/token.ts'
import type { sessionAccess } from './access.ts'

/** Somebody whose account the caller looks after, and the caller's name. */
type CaredFor = { readonly person: PersonItem; readonly by: string }
type Of = { readonly params: { readonly person: string }; readonly caller: Caller }

/** What proves the relations that the session's routes are bounded by. */
export const sessionRelations = ({ table }: Platform<typeof sessionAccess>) => {
  /** Somebody whose account the caller looks after, in a school that the caller runs; and the caller's name. */
  const caredFor = async ({ params, caller }: Of): Promise<Result<CaredFor>> => {
    const [person, actor] = await Promise.all(
      [params.person, caller.person].map(id => table.get(directoryPatterns.person, { person: id })),
    )
    if (!person || !actor) return fail(problem('not-found'))
    const schools = schoolsInCharge(caller.roles, person.roles)
    if (schools.length === 0) return fail(problem('not-found'))
    if (!schools.some(uai => looksAfter(caller.roles, person.roles, uai))) return fail(problem('not-allowed'))
    return ok({ person, by: `${actor.givenName} ${actor.familyName}` })
  }
  /** The same, of somebody else than the caller. */
  const another = async (request: Of): Promise<Result<CaredFor>> => {
    const found = await caredFor(request)
    return found.ok && found.value.person.id === request.caller.person ? fail(problem('not-allowed')) : found
  }
  return {
    caredFor,
    another,
    /** The same, of somebody who works in a school. Nobody freezes themselves, nor ends their own freeze. */
    freezable: async (request: Of): Promise<Result<CaredFor>> => {
      const found = await another(request)
      return found.ok && !found.value.person.roles.some(isPost) ? fail(problem('not-allowed')) : found
    },
  }
}
