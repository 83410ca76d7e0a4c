import type * as z from 'zod/mini'
import { homeContract } from '../../shared/home/contract.ts'
import { workContract } from '../../shared/work/contract.ts'
import { isLegal } from '../../shared/work/hand-in-states.ts'
import type { OwnTask } from '../../shared/work/shapes.ts'
import { pollBoardsSoon } from '../platform/boards/boards.ts'
import { readKey } from '../platform/read.ts'
import { write } from '../platform/write.ts'
import { keepReceipts } from './data/receipts.ts'
import { noteTicked, subjectOfTick } from './data/ticked-here.ts'
import { forgetDraft } from './hand-in/draft.ts'
import { forgetFilesDraft } from './hand-in/files/draft.ts'
import { subjectOfHandIn } from './hand-in/subject.ts'

const {
  budget,
  collected,
  edit,
  extend,
  giveBack,
  giveCorrection,
  handIn,
  keepTask,
  longDays,
  mine,
  piece,
  remind,
  remove,
  removeTask,
  restore,
  sendHandIn,
  set,
  setBudget,
  tick,
  withdrawCorrection,
} = workContract.routes

type Home = z.infer<typeof homeContract.routes.state.reply>
type Collected = z.infer<typeof collected.reply>

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

/**
 * Shows the pupil's own tasks as they are now. A read that is under way may have been answered before: it is given up. Where
 * nothing was read yet it is asked for; else the next read tells, as one right after a write may not know of it.
 */
const noteTasks = async (client: Client, to: (tasks: readonly OwnTask[]) => OwnTask[]): Promise<void> => {
  await client.cancelQueries({ queryKey: own }, { revert: false, silent: true })
  const known = client.getQueryData<Home>(own)
  if (!known) return client.invalidateQueries({ queryKey: own })
  const items = known.work.items.map(item => ({ ...item, tasks: to(item.tasks) }))
  client.setQueryData<Home>(own, { ...known, work: { ...known.work, items } })
}

/** Of a task of one's own what was done with it last says it all. */
const ofTask = {
  subjectOf: ({ params }: { readonly params: { readonly task: string } }) => `task ${params.task}`,
  lastCounts: true,
} as const

/** The hand-ins of a piece are asked for anew. */
const noteCollected = (client: Client, piece: string): unknown =>
  client.invalidateQueries({ queryKey: readKey(collected, { params: { piece } }) })

/** The class's correction is another one: in the list of hand-ins, in the piece, on the boards. */
const noteCorrected = (client: Client, piece: string): unknown =>
  Promise.all([noteSet(client, piece), noteCollected(client, piece)])

/**
 * What was given back is counted on Home at once, as the list of hand-ins shows it. Home's own read is not asked for: it is
 * counted some seconds later there, and would show the former count until it is read again.
 */
const noteGivenBack = (client: Client, piece: string, returned: readonly string[]): unknown => {
  const of = readKey(collected, { params: { piece } })
  const items = client.getQueryData<Collected>(of)?.items
  const toReturn = items?.filter(({ id, state }) => isLegal('giveBack', state) && !returned.includes(id)).length
  client.setQueryData<Home>(own, known => {
    const collecting = known?.work.collecting?.map(one =>
      one.piece === piece ? { ...one, toReturn: toReturn ?? Math.max(0, one.toReturn - returned.length) } : one,
    )
    return known && collecting && { ...known, work: { ...known.work, collecting } }
  })
  return noteCollected(client, piece)
}

/** The writes of the work. */
export const writes = {
  tick: write('work.tick', tick, {
    kept: {
      subjectOf: ({ body: { ticks } }) => subjectOfTick(ticks.map(one => one.piece).join()),
      lastCounts: true,
      isRepeatable: true,
      // What the class's pupils may not read any more is left out of the answer.
      refusalIn: ({ ticked }, { body: { ticks } }) =>
        ticks.every(one => ticked.includes(one.piece)) ? undefined : { type: 'gone' },
    },
    onDone: (_, __, { body: { ticks } }) => noteTicked(ticks),
  }),
  set: write('work.set', set, { onDone: client => noteSet(client) }),
  edit: write('work.edit', edit, { onDone: (client, _, { params }) => noteSet(client, params.piece) }),
  setBudget: write('work.setBudget', setBudget, {
    onDone: (client, _, input) =>
      Promise.all(
        [budget, longDays].map(of =>
          client.invalidateQueries({ queryKey: readKey(of, { params: { uai: input.params.uai } }) }),
        ),
      ),
  }),
  remove: write('work.remove', remove, { onDone: (client, _, { params }) => noteSet(client, params.piece) }),
  restore: write('work.restore', restore, { onDone: (client, _, { params }) => noteSet(client, params.piece) }),
  giveCorrection: write('work.giveCorrection', giveCorrection, {
    onDone: (client, _, { params }) => noteCorrected(client, params.piece),
  }),
  withdrawCorrection: write('work.withdrawCorrection', withdrawCorrection, {
    onDone: (client, _, { params }) => noteCorrected(client, params.piece),
  }),
  giveBack: write('work.giveBack', giveBack, {
    onDone: (client, { returned }, { params }) => noteGivenBack(client, params.piece, returned),
  }),
  remind: write('work.remind', remind, { onDone: (client, _, { params }) => noteCollected(client, params.piece) }),
  extend: write('work.extend', extend, { onDone: (client, _, { params }) => noteCollected(client, params.piece) }),
  sendHandIn: write('work.sendHandIn', sendHandIn, {
    kept: {
      // Every version is kept, under the id that the device gave it.
      subjectOf: ({ params }) => subjectOfHandIn(params),
      isRepeatable: true,
      // By the clock as it was when it was done: where it was changed since, the server notices.
      asSent: ({ params, body }, offset) => ({
        params,
        body: { ...body, sentAt: new Date(Date.now() + offset).toISOString() },
      }),
      withDocuments: ({ params, body }, documents) => ({
        params,
        body: { ...body, attachments: body.attachments?.map(id => documents.get(id) ?? id) },
      }),
      hasText: true,
    },
    onDone: (client, receipt, { body: { text = '', attachments = [] } }) => {
      keepReceipts(receipt.by.id, [receipt])
      forgetDraft(receipt.by.id, receipt, text)
      forgetFilesDraft(
        receipt.by.id,
        receipt,
        attachments.map(id => ({ id })),
      )
      const { piece, pupil } = receipt
      void client.invalidateQueries({ queryKey: readKey(handIn, { params: { piece, pupil } }) })
      void client.invalidateQueries({ queryKey: own })
    },
  }),
  keepTask: write('work.keepTask', keepTask, {
    kept: ofTask,
    onDone: (client, task) => noteTasks(client, tasks => [...tasks.filter(({ id }) => id !== task.id), task]),
  }),
  removeTask: write('work.removeTask', removeTask, {
    kept: ofTask,
    onDone: (client, _, { params }) => noteTasks(client, tasks => tasks.filter(({ id }) => id !== params.task)),
  }),
}
