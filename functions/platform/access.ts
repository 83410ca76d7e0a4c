import { type Problem, problem } from '../../shared/kernel/problem.ts'
import type { Route } from '../../shared/kernel/route.ts'
import type { Caller } from './caller.ts'

/**
 * Whether a route may be called at all: signed in, in a role it is declared for, in the school its path names.
 * What the declaration leaves to the caller's relation to an item is the handler's to decide.
 */
export const refusal = (
  route: Route,
  caller: Caller | undefined,
  params: Readonly<Record<string, unknown>>,
): Problem | undefined => {
  // The edge has checked the audience before asking: see functions/edge/viewer.js.
  if (route.kind === 'shared' || route.callers === 'anyone') return undefined
  if (!caller) return problem('signed-out')
  if (route.callers === 'signed-in') {
    const member = route.within !== 'school' || caller.roles.some(held => held.uai === params.uai)
    return member ? undefined : problem('not-allowed')
  }
  const wanted = route.callers
  const allowed = caller.roles.some(
    held => wanted.includes(held.role) && (route.within !== 'school' || held.uai === params.uai),
  )
  return allowed ? undefined : problem('not-allowed')
}
