import type * as z from 'zod/mini'
import { homeContract } from '../../shared/home/contract.ts'
import { randomId } from '../../shared/kernel/ids.ts'
import { workContract } from '../../shared/work/contract.ts'
import type { OwnTask } from '../../shared/work/shapes.ts'
import { pollBoardsSoon } from '../platform/boards/boards.ts'
import { readKey } from '../platform/read.ts'
import { write } from '../platform/write.ts'

const { collected, edit, extend, giveBack, keepTask, mine, piece, remove, removeTask, restore, set } =
  workContract.routes

type Home = z.infer<typeof homeContract.routes.state.reply>

type Client = Parameters<NonNullable<ReturnType<typeof write<typeof set>>['onDone']>>[0]

/** What was written is asked for anew: the teacher's weeks, the piece itself, the boards. */
const noteSet = (client: Client, id?: string): unknown => {
  pollBoardsSoon()
  return Promise.all([
    client.invalidateQueries({
      predicate: ({ queryKey: [kind, address] }) =>
        kind === 'read' && typeof address === 'string' && address.startsWith(mine.path),
    }),
    ...(id === undefined ? [] : [client.invalidateQueries({ queryKey: readKey(piece, { params: { piece: id } }) })]),
  ])
}

const own = readKey(homeContract.routes.state, {})

const noteTasks = (client: Client): unknown => client.invalidateQueries({ queryKey: own })

/** Shows the pupil's own tasks as they will be; gives back what takes that back. */
const changeTasks = (client: Client, to: (tasks: readonly OwnTask[]) => OwnTask[]): (() => void) => {
  const before = client.getQueryData<Home>(own)
  if (before) {
    const items = before.work.items.map(item => ({ ...item, tasks: to(item.tasks) }))
    client.setQueryData<Home>(own, { ...before, work: { items } })
  }
  return () => client.setQueryData(own, before)
}

/** The hand-ins of a piece are asked for anew. */
const noteCollected = (client: Client, piece: string): unknown =>
  client.invalidateQueries({ queryKey: readKey(collected, { params: { piece } }) })

/** The writes of the work. */
export const writes = {
  set: write('work.set', set, { onDone: client => noteSet(client) }),
  edit: write('work.edit', edit, { onDone: (client, _, { params }) => noteSet(client, params.piece) }),
  remove: write('work.remove', remove, { onDone: (client, _, { params }) => noteSet(client, params.piece) }),
  restore: write('work.restore', restore, { onDone: (client, _, { params }) => noteSet(client, params.piece) }),
  giveBack: write('work.giveBack', giveBack, {
    onDone: (client, _, { params }) => noteCollected(client, params.piece),
  }),
  extend: write('work.extend', extend, { onDone: (client, _, { params }) => noteCollected(client, params.piece) }),
  keepTask: write('work.keepTask', keepTask, {
    optimistic: (client, { params: { task: id }, body }) =>
      changeTasks(client, tasks => [...tasks.filter(one => one.id !== id), { ...body, id }]),
    onDone: noteTasks,
  }),
  removeTask: write('work.removeTask', removeTask, {
    optimistic: (client, { params }) => changeTasks(client, tasks => tasks.filter(({ id }) => id !== params.task)),
    onDone: noteTasks,
  }),
}

/** An id for a task of one's own. */
export const newTaskId = (): string => randomId(22)
