import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  DeleteKeyCommand,
  DescribeKeyValueStoreCommand,
  GetKeyCommand,
  ListKeysCommand,
  PutKeyCommand,
  paginateListKeys,
  UpdateKeysCommand,
} from '@aws-sdk/client-cloudfront-keyvaluestore'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type KeyValueOptions, openKeyValueStores } from '../../../lib/local/key-values.ts'
import { keyValueClient } from '../../support/key-value-client.ts'

const arn = 'arn:aws:cloudfront::123456789012:key-value-store/11111111-2222-3333-4444-555555555555'

/** The store behind the SDK's client. */
const open = async (options: KeyValueOptions = {}, held: [string, string][] = []) => {
  const folder = mkdtempSync(join(tmpdir(), 'preau-key-values-'))
  const file = join(folder, 'key-values.json')
  writeFileSync(file, JSON.stringify({ [arn]: { version: 1, keys: Object.fromEntries(held) } }))
  const stores = await openKeyValueStores(file, options)
  onTestFinished(async () => {
    await stores.close()
    rmSync(folder, { recursive: true })
  })
  stores.store(arn)
  const client = keyValueClient(stores.endpoint)
  const etag = async () => (await client.send(new DescribeKeyValueStoreCommand({ KvsARN: arn }))).ETag
  const update = async (puts: readonly (readonly [string, string])[], deletes: readonly string[] = []) =>
    client.send(
      new UpdateKeysCommand({
        KvsARN: arn,
        IfMatch: await etag(),
        Puts: puts.map(([Key, Value]) => ({ Key, Value })),
        Deletes: deletes.map(Key => ({ Key })),
      }),
    )
  return { stores, client, etag, update, file }
}
const pairs = (count: number, value = 'v', prefix = 'x') =>
  Array.from({ length: count }, (_, index): [string, string] => [`${prefix}${index}`, value])

describe('openKeyValueStores()', () => {
  it('puts and deletes up to 50 keys in one call', async () => {
    const { update, client, stores } = await open()
    const { ItemCount, TotalSizeInBytes } = await update(pairs(50))
    expect([ItemCount, TotalSizeInBytes]).toEqual([50, 10 * 3 + 40 * 4])
    await update(pairs(1, 'w'), ['x1', 'x2'])
    expect([stores.get(arn, 'x0'), stores.get(arn, 'x1')]).toEqual(['w', undefined])
    expect((await client.send(new GetKeyCommand({ KvsARN: arn, Key: 'x0' }))).Value).toBe('w')
  })

  it.each<[string, [string, string][], string[], string]>([
    ['51 keys', pairs(51), [], 'ValidationException'],
    ['26 puts and 25 deletes', pairs(26), pairs(25).map(([key]) => `old${key}`), 'ValidationException'],
    ['no key', [], [], 'ValidationException'],
    ['an empty name', [['', 'v']], [], 'ValidationException'],
    ['a name of 513 bytes', [[`${'é'.repeat(256)}x`, 'v']], [], 'ValidationException'],
    ['a value of 1,025 bytes', [['x', `${'é'.repeat(512)}x`]], [], 'ValidationException'],
    ['a key put and deleted', [['known', 'v']], ['known'], 'ValidationException'],
    [
      'a key twice',
      [
        ['x', 'v'],
        ['x', 'w'],
      ],
      [],
      'ValidationException',
    ],
    ['a key to delete that is not there', [], ['absent'], 'ResourceNotFoundException'],
  ])('refuses an update with %s, and does nothing of it', async (_, puts, deletes, name) => {
    const { update, stores, etag } = await open()
    await update([['known', 'before']])
    const before = await etag()
    await expect(update(puts, deletes)).rejects.toMatchObject({ name })
    expect([await etag(), stores.get(arn, 'known')]).toEqual([before, 'before'])
  })

  it('takes the longest name and value', async () => {
    const { update } = await open()
    await update([['é'.repeat(256), 'é'.repeat(512)]])
  })

  it('refuses more than 5 MB in all', async () => {
    const value = 'v'.repeat(1_000)
    const { update, client } = await open({}, pairs(4_950, value, 'held#'))
    await expect(update(pairs(50, value))).rejects.toMatchObject({ name: 'ServiceQuotaExceededException' })
    const { ItemCount } = await client.send(new DescribeKeyValueStoreCommand({ KvsARN: arn }))
    expect(ItemCount).toBe(4_950)
    await update(pairs(5, value))
  })

  it('refuses a stale ETag, and a change of one key without one that is known', async () => {
    const { client, update, etag } = await open()
    const stale = await etag()
    await update([['x', '1']])
    const put = (IfMatch: string | undefined) =>
      client.send(new PutKeyCommand({ KvsARN: arn, Key: 'x', Value: '2', IfMatch }))
    await expect(put(stale)).rejects.toMatchObject({ name: 'ConflictException' })
    await expect(client.send(new DeleteKeyCommand({ KvsARN: arn, Key: 'x', IfMatch: stale }))).rejects.toMatchObject({
      name: 'ConflictException',
    })
    await put(await etag())
  })

  it('lists 10 keys a page, 50 at most', async () => {
    const { client, update } = await open()
    await update(pairs(50))
    await update(pairs(30, 'v', 'y'))
    const first = await client.send(new ListKeysCommand({ KvsARN: arn }))
    expect(first.Items).toHaveLength(10)
    const pages: number[] = []
    const names = new Set<string | undefined>()
    for await (const { Items = [] } of paginateListKeys({ client, pageSize: 50 }, { KvsARN: arn })) {
      pages.push(Items.length)
      for (const { Key } of Items) names.add(Key)
    }
    expect([pages, names.size]).toEqual([[50, 30], 80])
    await expect(client.send(new ListKeysCommand({ KvsARN: arn, MaxResults: 51 }))).rejects.toMatchObject({
      name: 'ValidationException',
    })
  })

  it('keeps what it holds, for the next start too', async () => {
    const { update, file } = await open()
    await update([['x', '1']])
    const again = await openKeyValueStores(file)
    onTestFinished(again.close)
    expect(again.get(arn, 'x')).toBe('1')
  })

  it('shows updates to viewer functions as late as it is told, in their order, while the API knows them', async () => {
    const clock = { now: 0 }
    const { update, stores, client } = await open({ now: () => clock.now, behaviour: { spreadMs: 3_000 } })
    await update([['x', '1']])
    clock.now = 1_000
    await update([['x', '2']], [])
    expect((await client.send(new GetKeyCommand({ KvsARN: arn, Key: 'x' }))).Value).toBe('2')
    const seen: (string | undefined)[] = []
    for (clock.now of [2_999, 3_000, 3_999, 4_000]) seen.push(stores.get(arn, 'x'))
    expect(seen).toEqual([undefined, '1', '1', '2'])
  })

  it('fails for readers, for writers, and recovers', async () => {
    const { update, stores } = await open()
    await update([['x', '1']])
    stores.behave({ readsFail: true, writesFail: true })
    expect(() => stores.get(arn, 'x')).toThrow('fails')
    expect(() => stores.get(arn, 'absent')).toThrow('fails')
    await expect(update([['x', '2']])).rejects.toMatchObject({ name: 'InternalServerException' })
    stores.behave({ readsFail: false, writesFail: false })
    expect(stores.get(arn, 'x')).toBe('1')
    await update([['x', '2']])
    expect(stores.get(arn, 'x')).toBe('2')
  })
})
