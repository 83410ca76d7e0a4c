import { audienceId } from '../../../functions/directory/audiences.ts'
import { homeContract } from '../../../shared/home/contract.ts'
import { boardPath, edgeMePath, indexPath } from '../../../shared/kernel/board.ts'
import { newsContract } from '../../../shared/news/contract.ts'
import type { Fixture } from '../../browser/fixture.ts'
import { readBoard } from '../../support/boards.ts'
import { eventually, type Visitor } from '../../support/http.ts'
import type { Metered } from '../../support/metered.ts'
import { classes, college } from '../../support/valmont.ts'

/** Milliseconds. */
export type Waits = {
  /** From the answer to a publication until its index is in the bucket, of several: with two hops of the stream. */
  readonly rendering: number
  /** The longest wait for one request of a reader while the table hangs, and for which. */
  readonly table: { readonly milliseconds: number; readonly asked: string }
  readonly bucket: { readonly milliseconds: number; readonly asked: string }
  /** Index, board and text one after the other while the bucket hangs. */
  readonly opening: number
}

const families = audienceId('class-guardians', classes.sixA)
const of = { uai: college.uai, role: 'guardians', audience: families } as const
const publications = 5

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now()
  await work()
  return performance.now() - began
}

type Asked = Readonly<Record<string, () => Promise<{ readonly status: number }>>>

/** The longest of some waits, each measured `times` times. */
const longest = async (asked: Asked, times = 3) => {
  let most = { milliseconds: 0, asked: '' }
  for (let round = 0; round < times; round++)
    for (const [name, ask] of Object.entries(asked)) {
      const milliseconds = await timed(ask)
      if (milliseconds > most.milliseconds) most = { milliseconds, asked: name }
    }
  return most
}

const accepted = <Reply extends { readonly status: number }>(reply: Reply): Reply => {
  if (reply.status >= 300) throw new Error(`a reader's request was answered with ${reply.status}`)
  return reply
}

/** A clock of the edge that the bench sets forward, in milliseconds: its copies are older then. */
export type EdgeClock = { ahead: number }

/**
 * Waits by the machine's own time, of real functions in processes of their own: what people wait for while a service does
 * not answer.
 */
export const measureWaits = async (
  { territory, valmont }: Fixture<Metered>,
  clock: EdgeClock,
  bucket: string,
): Promise<Waits> => {
  const [helene, sophie] = [await valmont.as('helene'), await valmont.as('sophie')]
  const publish = async (title: string) => {
    const body = {
      uai: college.uai,
      title,
      body: 'x'.repeat(2_000),
      audiences: [families],
      pinned: false,
      urgent: false,
    }
    accepted(await helene.ask(newsContract.routes.publish, { body: { ...body, notice: 'none' } }))
    return timed(() =>
      eventually(async () => {
        // Each look is one of a copy that has aged out.
        clock.ahead += 10_000
        const read = await readBoard(sophie, of)
        return read?.titles.includes(title) ? read : undefined
      }, 30_000),
    )
  }
  // The edge refuses private reads by a token of more than 15 minutes: before its clock is set forward.
  accepted(await sophie.ask(homeContract.routes.state))
  // The first starts the functions.
  await publish('0')
  const taken: number[] = []
  for (let count = 1; count <= publications; count++) taken.push(await publish(String(count)))

  const read = await readBoard(sophie, of)
  const [row] = read?.board.rows ?? []
  if (!read || !row?.text) throw new Error('a reader has no board with a long text')
  const text = boardPath(families, row.text)
  const paths = { index: indexPath(of.uai, of.role), board: read.path, text }
  for (const path of Object.values(paths)) accepted(await sophie.get(path))
  const asked = (reader: Visitor): Asked => ({
    ...Object.fromEntries(Object.entries(paths).map(([name, path]) => [name, () => reader.get(path)])),
    'who one is': () => reader.get(edgeMePath),
  })
  const stale = () => {
    clock.ahead += 120_000
  }
  stale()
  territory.meter.fail('hangs')
  /** As its token is good for, at the time at which it was made: it waits for the table, and not for the edge's refusal. */
  const privateRead = async () => {
    const { ahead } = clock
    clock.ahead = 0
    const reply = await sophie.ask(homeContract.routes.state).finally(() => {
      clock.ahead = ahead
    })
    if (reply.status === 401) throw new Error('the edge refused a private read that was to wait for the table')
    return reply
  }
  const table = await longest({ ...asked(sophie), 'private read': privateRead })
  territory.meter.fail(undefined)

  territory.storage.disturb(bucket, 'hang')
  stale()
  const one = await longest(asked(sophie))
  const opening: number[] = []
  for (let round = 0; round < 3; round++) {
    stale()
    opening.push(
      await timed(async () => {
        for (const path of Object.values(paths)) accepted(await sophie.get(path))
      }),
    )
  }
  territory.storage.disturb(bucket, undefined)
  return { rendering: Math.max(...taken), table, bucket: one, opening: Math.max(...opening) }
}
