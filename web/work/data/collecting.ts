import { homeContract } from '../../../shared/home/contract.ts'
import type { Me } from '../../../shared/session/contract.ts'
import type { Collecting } from '../../../shared/work/hand-in.ts'
import { setters } from '../../../shared/work/rules.ts'
import { read } from '../../platform/read.ts'
import { useRead } from '../../platform/reads.ts'
import { privateInterval } from './private-interval.ts'

/** Milliseconds before now and from now on in which an assignment is due that Home shows though nothing waits in it. */
const [past, coming] = [7 * 86_400_000, 14 * 86_400_000]

/** The most assignments on Home. */
const most = 6

/** What a teacher's Home shows of assignments: first those with something to give back, then what is due about now. */
export const shownCollecting = (all: readonly Collecting[], now: Date): readonly Collecting[] => {
  const sorted = [...all].sort((a, b) => (a.dueAt < b.dueAt ? -1 : a.dueAt > b.dueAt ? 1 : 0))
  const isNear = ({ dueAt }: Collecting) => {
    const away = Date.parse(dueAt) - now.getTime()
    return -past < away && away < coming
  }
  const waiting = sorted.filter(({ toReturn }) => toReturn > 0)
  const others = sorted.filter(one => one.toReturn === 0 && isNear(one))
  return [...waiting, ...others].slice(0, most)
}

/** True for somebody who sets work in one of their schools. */
export const isSetter = ({ roles }: Me): boolean =>
  roles.some(({ role }) => (setters as readonly string[]).includes(role))

/** How far the assignments of a teacher are handed in, by the private read of Home. `isLoading`: nothing is known yet. */
export const useCollecting = (me: Me): { readonly collecting: readonly Collecting[]; readonly isLoading: boolean } => {
  const { data, isLoading } = useRead({
    ...read(homeContract.routes.state, {}, { every: privateInterval }),
    enabled: isSetter(me),
  })
  return { collecting: data?.work.collecting ?? [], isLoading }
}
