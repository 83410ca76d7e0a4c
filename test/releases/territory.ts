import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DynamoDBRecord } from 'aws-lambda'
import { boardDeliveries, renderingInto } from '../../functions/delivery/boards.ts'
import { type Generations, migrationDeliveries } from '../../functions/delivery/migrations.ts'
import { orderMigrationsHandler } from '../../functions/delivery/order-migrations.ts'
import { rolesInStored } from '../../functions/directory/audiences.ts'
import { directoryHandler } from '../../functions/directory/handler.ts'
import { clocks, features, migrations } from '../../functions/features.ts'
import { manageKeys } from '../../functions/keys/manage-keys.ts'
import { lossesHandler } from '../../functions/losses/publish-losses.ts'
import { newsHandler } from '../../functions/news/handler.ts'
import { type Access, requestAccess } from '../../functions/platform/access.ts'
import { openBoardFiles } from '../../functions/platform/boards/files.ts'
import { supersededClock } from '../../functions/platform/boards/superseded.ts'
import { openEdgeStore } from '../../functions/platform/edge-store.ts'
import type { Migration } from '../../functions/platform/migration.ts'
import { openTable } from '../../functions/platform/open-table.ts'
import { type KeysItem, platformPatterns } from '../../functions/platform/patterns.ts'
import { openKeys } from '../../functions/platform/platform.ts'
import { openScan, type Scan } from '../../functions/platform/scan.ts'
import { sessionHandler } from '../../functions/session/handler.ts'
import { passwordHandler } from '../../functions/session/password.ts'
import { provision } from '../../lib/local/custom-resource.ts'
import { eventFilter } from '../../lib/local/event-filter.ts'
import { openStorage } from '../../lib/local/storage.ts'
import { directoryContract } from '../../shared/directory/contract.ts'
import { itemGenerations } from '../../shared/kernel/item-generation.ts'
import type { Route } from '../../shared/kernel/route.ts'
import { newsContract } from '../../shared/news/contract.ts'
import { sessionContract } from '../../shared/session/contract.ts'
import { passwordContract } from '../../shared/session/password-contract.ts'
import { openClock } from '../functions/clock/clock.ts'
import { openStream } from '../functions/delivery/stream.ts'
import { storeOf, viewer } from '../functions/edge/viewer.ts'
import { type Called, type CallOptions, call } from '../support/call.ts'
import { startDynamoDb } from '../support/dynamodb.ts'
import { nothingLeaked } from '../support/leaked.ts'
import { localStore, storeArn } from '../support/local-store.ts'
import type { Clock, TestPlatform } from '../support/platform.ts'
import { allItems, allObjects, putItems, putObjects, type Stored } from './stored.ts'

const bucket = 'boards'

/** What the losses function gets of the stream, as deployed. */
const isLoss = eventFilter({
  Filters: [{ Pattern: '{"dynamodb":{"Keys":{"pk":{"S":[{"prefix":"LOST"}]}},"NewImage":{"kind":{"S":["lost"]}}}}' }],
})

/** Does with a custom resource's handler what a deploy does. Throws with the reason it gives for a failure. */
export const deployed = async (handler: (event: unknown) => Promise<void>): Promise<void> => {
  const invoke = async (event: unknown) => ({ ok: true as const, payload: await handler(event) })
  const resource = { type: 'Custom::Test', id: 'Test', stackId: 'test', properties: {}, before: undefined }
  await provision({ ...resource, fn: { name: 'test', invoke } })
}

/** What a release knows of items. */
export type Release = { readonly migrations: readonly Migration[]; readonly generations: Generations }

/** One who holds cookies, as a browser does. */
export type Holder = {
  readonly cookies: () => readonly string[]
  readonly ask: (route: Route, options?: Omit<CallOptions, 'as' | 'cookies'>) => Promise<Called>
  /** What the edge answers: a path that it lets through to the bucket, or its own reply. */
  readonly edge: (path: string) => Promise<{ readonly status: number; readonly body: unknown }>
}

/**
 * A whole territory of the current sources, with what a release stored of one, or with nothing: table and stream, boards'
 * bucket, the edge's store and viewer function. Its time is what `clock` says.
 * @param release the migrations that are deployed, and the generations of items that they lead to.
 */
export const openTerritory = async (
  stored: Pick<Stored, 'items' | 'files' | 'keyValues'>,
  start: Date,
  release: Release = { migrations, generations: itemGenerations },
) => {
  const folder = mkdtempSync(join(tmpdir(), 'preau-release-'))
  const database = await startDynamoDb({ stream: true })
  const storage = await openStorage({ folder, region: 'eu-west-3' })
  storage.bucket(bucket)
  const store = await localStore()
  const target = { client: storage.client, bucket }
  await putItems(database, stored.items)
  await putObjects(target, stored.files)
  const edgeStore = openEdgeStore(store.client, storeArn, 1)
  const kept = new Map(Object.entries(stored.keyValues))
  if (kept.size > 0) await edgeStore.update(async () => ({ puts: kept, deletes: [] }))

  const clock: Clock = { now: start }
  const now = () => clock.now
  const requests = openTable(database.table, requestAccess, now, database.client)
  const lines: TestPlatform['lines'] = []
  const log: TestPlatform['log']['info'] = ({ code, text }, fields = {}) => {
    lines.push({ code, text, fields })
  }
  const background = {
    config: { table: database.table, territory: 'test', service: 'test' },
    now,
    table: openTable<Access>(database.table, {}, now, database.client),
    log: { info: log, error: log, count: () => {}, flush: () => {} },
  }
  // A new territory gets its keys, one that was stored keeps them.
  await deployed(manageKeys({ ...background, store: edgeStore }))
  const secrets = (await requests.get(platformPatterns.keys, {}, { consistent: true })) as KeysItem
  const platform: TestPlatform = { ...background, requests, keys: openKeys(requests, now), lines, secrets }

  const listed = Object.values(features).flatMap(feature => feature ?? [])
  const files = openBoardFiles(storage.client, bucket)
  const boards = boardDeliveries(renderingInto(files, platform.table, now), listed, () => platform)
  // Pages of few items, so that a lane takes several steps.
  const scanned = openScan(database.table, database.client)
  const scan: Scan = part => scanned({ ...part, limit: 8 })
  const migrating = migrationDeliveries(scan, release.migrations, release.generations, () => platform)
  const stream = await openStream(database, platform, [...listed, ...boards, migrating])
  await stream.fresh()
  const deploy = () => deployed(orderMigrationsHandler(background, release.generations))
  await deploy()
  const publishLosses = lossesHandler({ ...background, store: edgeStore })

  const handlers = [
    [directoryContract, directoryHandler(platform)],
    [newsContract, newsHandler(platform)],
    [passwordContract, passwordHandler(platform, nothingLeaked)],
    [sessionContract, sessionHandler(platform)],
  ] as const
  const handlerOf = (route: Route): unknown =>
    handlers.find(([{ routes }]) => Object.values(routes).some(one => one === route))?.[1]

  const holder = (given: readonly string[] = []): Holder => {
    const jar = new Map(given.map(cookie => [cookie.split('=')[0] ?? '', cookie]))
    const cookies = () => [...jar.values()]
    return {
      cookies,
      ask: async (route, options) => {
        const reply = await call(handlerOf(route), platform, route, { ...options, cookies: cookies() })
        for (const line of reply.cookies) jar.set(line.split('=')[0] ?? '', line.split(';')[0] ?? '')
        return reply
      },
      edge: async path => {
        const values = storeOf(Object.fromEntries(await edgeStore.list()))
        const sent = cookies().map(cookie => {
          const [name = '', ...value] = cookie.split('=')
          return [name, { value: value.join('=') }] as const
        })
        const { reply, request } = await viewer(
          values,
          clock.now.getTime.bind(clock.now),
        )({ uri: path, cookies: Object.fromEntries(sent) })
        if (reply) return { status: reply.statusCode, body: JSON.parse(reply.body.data) }
        const file = await files.get(request?.uri ?? '')
        return file ? { status: 200, body: JSON.parse(file.body) } : { status: 404, body: undefined }
      },
    }
  }
  const listedClocks = Object.values(clocks).flatMap(one => one ?? [])
  const runClock = openClock(platform, [...listedClocks, supersededClock(files, rolesInStored)])

  return {
    database,
    platform,
    clock,
    stream,
    holder,
    files,
    /** Delivers what is fresh, and what follows from it, up to the bucket and the edge's store. */
    follow: async (): Promise<void> => {
      for (;;) {
        const records: DynamoDBRecord[] = await stream.deliverAll()
        if (records.length === 0) return
        const losses = records.filter(isLoss)
        if (losses.length > 0) await publishLosses({ Records: losses })
      }
    },
    runClock,
    /** Orders the migrations, as each deploy does. */
    deploy,
    stored: async (): Promise<Pick<Stored, 'items' | 'files' | 'keyValues'>> => ({
      items: await allItems(database),
      files: await allObjects(target),
      keyValues: Object.fromEntries([...(await edgeStore.list())].sort(([a], [b]) => (a < b ? -1 : 1))),
    }),
    close: async (): Promise<void> => {
      await database.close()
      await storage.close()
      await store.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export type Territory = Awaited<ReturnType<typeof openTerritory>>
