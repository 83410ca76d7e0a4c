import { problem } from '../../shared/kernel/problem.ts'
import { fail } from '../../shared/kernel/result.ts'
import { workProblem } from '../../shared/work/contract.ts'
import { type OwnTask, workLimits } from '../../shared/work/shapes.ts'
import { put } from '../platform/operation.ts'
import { workPatterns } from './patterns.ts'
import type { WorkPlatform, WorkRequest } from './relations.ts'

const tasksOf = async ({ table }: WorkPlatform, person: string) =>
  (await table.get(workPatterns.tasks, { person }, { consistent: true })) ?? { tasks: [], version: 0 }

/** Writes a pupil's tasks on condition of the version they were made of. */
const written = (person: string, tasks: readonly OwnTask[], version: number) =>
  put(
    'tasks',
    workPatterns.tasks,
    { person },
    { tasks: [...tasks], version: version + 1 },
    version === 0 ? { absent: true } : { is: { version } },
  )

/** Another device of the pupil's wrote at the same moment: the request is sent again. */
const busy = { refused: () => problem('unavailable', { retryAfter: 1 }) } as const

/** Keeps a task of the pupil's own. What was done first makes room, once there are too many. */
export const keepTask =
  (platform: WorkPlatform) =>
  async ({ params: { task: id }, body, caller, commit }: WorkRequest<'keepTask'>) => {
    const { tasks, version } = await tasksOf(platform, caller.person)
    const next = { ...body, id }
    const others = tasks.filter(one => one.id !== id)
    if (others.length >= workLimits.tasks) {
      const oldest = others
        .filter(({ doneAt }) => doneAt !== undefined)
        .reduce<OwnTask | undefined>((first, one) => (first && first.day <= one.day ? first : one), undefined)
      if (!oldest) return fail(workProblem('too-many-tasks'))
      others.splice(others.indexOf(oldest), 1)
    }
    return commit([written(caller.person, [...others, next], version)], next, busy)
  }

/** Removes a task of the pupil's own. */
export const removeTask =
  (platform: WorkPlatform) =>
  async ({ params: { task: id }, caller, commit }: WorkRequest<'removeTask'>) => {
    const { tasks, version } = await tasksOf(platform, caller.person)
    if (!tasks.some(one => one.id === id)) return commit([], undefined)
    const left = tasks.filter(one => one.id !== id)
    return commit([written(caller.person, left, version)], undefined, busy)
  }
