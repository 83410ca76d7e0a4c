import type { DynamoDBRecord } from 'aws-lambda'
import { directoryHandler } from '../../../functions/directory/handler.ts'
import { lossesHandler } from '../../../functions/losses/publish-losses.ts'
import { accessCookie } from '../../../functions/platform/caller.ts'
import { openEdgeStore } from '../../../functions/platform/edge-store.ts'
import { eventFilter } from '../../../lib/local/event-filter.ts'
import { directoryContract } from '../../../shared/directory/contract.ts'
import { accepted } from '../../support/accepted.ts'
import { call } from '../../support/call.ts'
import { localStore, storeArn } from '../../support/local-store.ts'
import { college } from '../../support/school.ts'
import { openStream } from '../delivery/stream.ts'
import { jar, openFixture, password } from '../session/fixture.ts'
import { type Issued, isMarked, keyFor, refuses } from './reader.ts'

/** The filter of the deployed mapping: test/stacks/safety.test.ts says that it is this one. */
const filter = eventFilter({
  Filters: [{ Pattern: '{"dynamodb":{"Keys":{"pk":{"S":[{"prefix":"LOST"}]}},"NewImage":{"kind":{"S":["lost"]}}}}' }],
})

/** Two schools with accounts, the table's stream, the delivery and losses functions, and the edge's store. */
export const openLosses = async () => {
  const fixture = await openFixture({ stream: true })
  const { db, platform, clock, school } = fixture
  const store = await localStore()
  const handler = lossesHandler({ ...platform, store: openEdgeStore(store.client, storeArn, 1) })
  const stream = await openStream(db, platform)
  await stream.fresh()
  const seconds = () => Math.floor(clock.now.getTime() / 1000)
  const directory = directoryHandler(platform)

  /** What follows from all writes since: what reaches the losses function, not yet handed to it. */
  const follow = async (): Promise<DynamoDBRecord[]> => {
    const records: DynamoDBRecord[] = []
    for (;;) {
      const some = await stream.deliverAll()
      if (some.length === 0) return records.filter(filter)
      records.push(...some)
    }
  }
  const publish = (records: readonly DynamoDBRecord[]) => handler({ Records: [...records] })

  return {
    ...fixture,
    store,
    stream,
    seconds,
    follow,
    publish,
    /** All that follows from what was written, up to the edge. Returns how many records reached the losses function. */
    deliverAll: async (): Promise<number> => {
      const records = await follow()
      if (records.length > 0) await publish(records)
      return records.length
    },
    schedule: (event: { compare?: 'store' } = {}) => handler(event),
    signIn: async (name: string): Promise<string[]> =>
      jar(await fixture.call('signIn', { body: { login: `${name}.test`, password, personalDevice: true } })),
    issueCode: (name: string) =>
      accepted(
        call(directory, platform, directoryContract.routes.issueCodes, {
          as: school.callers.nadia,
          params: { uai: college },
          body: { people: [school.people[name]?.id] },
        }),
      ),
    /** What the viewer function does with a token: 401 in 15 minutes' time, at once, or never. */
    refused: (cookies: readonly string[]): boolean => {
      const issued = issuedOf(cookies)
      return refuses(store.get(keyFor(issued.person)) ?? '', issued)
    },
    marked: (cookies: readonly string[], uai: string): boolean =>
      isMarked(store.get(`s${uai}`), issuedOf(cookies).issuedAt, seconds()),
    later: (by: number) => {
      clock.now = new Date(clock.now.getTime() + by * 1000)
    },
    close: async () => {
      await store.close()
      await db.close()
    },
  }
}

export type Losses = Awaited<ReturnType<typeof openLosses>>

/** The claims of a session's token that losses are about. */
export const issuedOf = (cookies: readonly string[]): Issued => {
  const token = cookies.find(one => one.startsWith(`${accessCookie}=`))?.slice(accessCookie.length + 1) ?? ''
  const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
  return { person: claims.sub, session: claims.sid, issuedAt: claims.iat }
}
