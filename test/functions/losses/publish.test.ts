import { DescribeKeyValueStoreCommand, UpdateKeysCommand } from '@aws-sdk/client-cloudfront-keyvaluestore'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { publishKeys } from '../../../functions/keys/publish-keys.ts'
import { openEdgeStore } from '../../../functions/platform/edge-store.ts'
import { lossHash, lossLifetime, shardOf } from '../../../functions/platform/loss-list.ts'
import { type LossItem, lossPatterns } from '../../../functions/platform/loss-patterns.ts'
import { putAll } from '../../support/dynamodb.ts'
import { storeArn } from '../../support/local-store.ts'
import { college } from '../../support/school.ts'
import { type Losses, openLosses } from './fixture.ts'

let t: Losses
beforeEach(async () => {
  t = await openLosses()
})
afterEach(() => t.close())

const row = (shard: string, name: string, more: Partial<LossItem> = {}) => {
  const at = more.at ?? t.seconds()
  const hash = lossHash(name)
  return {
    pk: `LOST#${shard.slice(0, 2)}`,
    sk: `${shard}#${hash}`,
    kind: 'lost',
    hash,
    at,
    schools: [college],
    expiresAt: at + lossLifetime,
    ...more,
  }
}
const entries = (shard: string) => (t.store.get(`x${shard}`) ?? '').length / 13
const shards = (count: number) => Array.from({ length: count }, (_, shard) => shard.toString(16).padStart(3, '0'))
const updates = () => t.store.calls.filter(call => call === 'POST keys').length
/** A loss in each of so many shards, and its record. */
const lose = async (count: number, name = 'somebody') => {
  await putAll(
    t.db,
    shards(count).map(shard => row(shard, name)),
  )
  return t.follow()
}

describe('lossesHandler() with records', () => {
  it('writes 50 shards a call, and reads the version of the store once', async () => {
    await t.publish(await lose(120))
    expect(shards(120).every(shard => entries(shard) === 1)).toBe(true)
    expect(t.store.calls).toEqual(['GET', 'POST keys', 'POST keys', 'POST keys'])
  })

  it('writes nothing for records that come again', async () => {
    const records = await lose(3)
    await t.publish(records)
    await t.publish(records)
    expect(updates()).toBe(1)
  })

  it('publishes what the table holds, not what a record says: an earlier one that comes late takes nothing back', async () => {
    await putAll(t.db, [row('0a1', 'first')])
    const early = await t.follow()
    await putAll(t.db, [row('0a1', 'second')])
    await t.deliverAll()
    expect(entries('0a1')).toBe(2)
    await t.publish(early)
    expect(entries('0a1')).toBe(2)
  })

  it('loses nothing where two environments publish the same shard at one moment', async () => {
    await putAll(t.db, [row('0a1', 'first')])
    const early = await t.follow()
    let met = false
    t.store.state.before = async call => {
      if (call !== 'POST keys' || met) return
      met = true
      // While the first one writes what it has read, another loss is recorded and published.
      await putAll(t.db, [row('0a1', 'second')])
      await t.publish(await t.follow())
    }
    await t.publish(early)
    expect(entries('0a1')).toBe(2)
  })

  it('keeps the 78 newest of a shard, and raises the marks of the schools of those before them', async () => {
    const names = Array.from({ length: 80 }, (_, index) => `person ${index}`)
    await putAll(
      t.db,
      names.map((name, index) =>
        row('0a1', name, { at: t.seconds() - index, schools: index === 79 ? ['9999999Z'] : [] }),
      ),
    )
    await t.deliverAll()
    expect(entries('0a1')).toBe(78)
    // The mark is a row as well, which the stream brings.
    await t.deliverAll()
    expect(Number(t.store.get('s9999999Z'))).toBeGreaterThanOrEqual(t.seconds() - 79)
    const noRoom = t.platform.lines.filter(one => one.code === 'LOSSES-3')
    expect(noRoom[0]?.fields).toEqual({ losses: 1 })
  })

  it('throws while the store cannot be written, tells how many wait, and writes them when it can', async () => {
    const records = await lose(60)
    t.store.state.before = async call => {
      if (call === 'POST keys') throw new Error('no connection to the store of https://example.test')
    }
    await expect(t.publish(records)).rejects.toThrow()
    const [line] = t.platform.lines.filter(one => one.code === 'LOSSES-2')
    expect(line?.fields).toMatchObject({ losses: 60, error: 'Error' })
    expect(JSON.stringify(line)).not.toContain('example.test')
    t.store.state.before = async () => {}
    await t.publish(records)
    expect(shards(60).every(shard => entries(shard) === 1)).toBe(true)
  })
})

describe('lossesHandler() on its schedule', () => {
  it('publishes what was missed, and calls nothing when nothing differs', async () => {
    await lose(70)
    await t.schedule()
    expect(shards(70).every(shard => entries(shard) === 1)).toBe(true)
    const before = t.store.calls.length
    await t.schedule()
    expect(t.store.calls).toHaveLength(before)
  })

  it('ends entries and marks of 72 hours ago, deleted from the table or not', async () => {
    await putAll(t.db, [row('0a1', 'old'), row('0a2', 'old'), mark(college)])
    await t.deliverAll()
    t.later(lossLifetime - 60)
    await putAll(t.db, [row('0a2', 'new')])
    await t.deliverAll()
    t.later(120)
    await t.schedule()
    expect([entries('0a1'), entries('0a2'), t.store.get(`s${college}`)]).toEqual([0, 1, undefined])
  })

  it('makes four calls at most for sign-outs, and as many as it takes for losses', async () => {
    const left = shards(600).map(shard => row(shard, 'left', { kind: 'left' }))
    await putAll(t.db, left)
    // Those whose shards are written for a loss are there at once.
    await putAll(t.db, [row('fff', 'lost'), row('fff', 'left', { kind: 'left' })])
    await t.deliverAll()
    expect(entries('fff')).toBe(2)
    for (let run = 1; run <= 3; run++) {
      const before = updates()
      t.later(600)
      await t.schedule()
      expect(updates() - before).toBe(4)
    }
    expect(shards(600).filter(shard => entries(shard) === 0)).toEqual([])
  })

  it('compares with the store itself once a day: what was lost there is written again, what is strange deleted', async () => {
    await t.publish(await lose(3))
    const strange = {
      Puts: [
        { Key: 'x001', Value: 'z'.repeat(13) },
        { Key: 'xabc', Value: 'z'.repeat(13) },
      ],
    }
    const client = openEdgeStore(t.store.other, storeArn)
    await client.update(async () => ({ puts: new Map([['kother1', 'secret']]), deletes: ['x000'] }))
    await t.store.other.send(new UpdateKeysCommand({ KvsARN: storeArn, IfMatch: await versionOf(), ...strange }))
    await t.schedule()
    expect(entries('000')).toBe(0)
    await t.schedule({ compare: 'store' })
    expect([
      entries('000'),
      t.store.get('x001') === 'z'.repeat(13),
      t.store.get('xabc'),
      t.store.get('kother1'),
    ]).toEqual([1, false, undefined, 'secret'])
  })
})

const versionOf = async () => (await t.store.other.send(new DescribeKeyValueStoreCommand({ KvsARN: storeArn }))).ETag
const mark = (uai: string) => ({
  pk: 'LOSTMARKS',
  sk: `S#${uai}`,
  kind: 'lost',
  uai,
  at: t.seconds(),
  expiresAt: t.seconds() + lossLifetime,
})

describe('two writers of the store', () => {
  it('never remove what the other wrote, at one moment or one after the other', async () => {
    const generations = Array.from({ length: 6 }, (_, index) => ({ [`kone${index}`]: 'a', [`ktwo${index}`]: 'b' }))
    for (const [index, keys] of generations.entries()) {
      const records = await lose(index * 10 + 5, `somebody ${index}`)
      await Promise.all([publishKeys(openEdgeStore(t.store.other, storeArn, 1), keys), t.publish(records)])
      for (const [kid, secret] of Object.entries(keys)) expect(t.store.get(kid)).toBe(secret)
    }
    // Entries of every round are there, in each shard as many as rounds that reached it; only the last keys are.
    expect(shards(55).map(entries)).toEqual(
      Array.from({ length: 55 }, (_, at) => 6 - Math.max(0, Math.ceil((at - 4) / 10))),
    )
    expect(t.store.get('kone0')).toBeUndefined()
    await t.schedule({ compare: 'store' })
    expect([t.store.get('kone5'), t.store.get('ktwo5'), entries('000')]).toEqual(['a', 'b', 6])
  })
})

describe('openEdgeStore()', () => {
  it('reads what it writes anew after a conflict, and gives up after some', async () => {
    const store = openEdgeStore(t.store.client, storeArn, 1)
    let asked = 0
    let others = 2
    t.store.state.before = async call => {
      if (call !== 'POST keys' || others-- <= 0) return
      await openEdgeStore(t.store.other, storeArn).update(async () => ({
        puts: new Map([['x0', `${others}`]]),
        deletes: [],
      }))
    }
    await store.update(async () => ({ puts: new Map([['x1', String(++asked)]]), deletes: [] }))
    expect(t.store.get('x1')).toBe('3')
    others = 100
    await expect(store.update(async () => ({ puts: new Map([['x1', 'never']]), deletes: [] }))).rejects.toMatchObject({
      name: 'ConflictException',
    })
  })

  it('refuses more keys than a call takes', async () => {
    const puts = new Map(shards(51).map(shard => [shard, 'x']))
    await expect(openEdgeStore(t.store.client, storeArn).update(async () => ({ puts, deletes: [] }))).rejects.toThrow(
      '50',
    )
  })
})

it('recorded losses of real people stand where their tokens are looked for', async () => {
  const person = t.school.people.lea?.id ?? ''
  await t.change('lea', { status: 'suspended' })
  await t.deliverAll()
  const rows = await t.platform.table.all(lossPatterns.lossesOfShard, {
    page: shardOf(person).slice(0, 2),
    shard: shardOf(person),
  })
  expect(rows.map(one => one.hash)).toEqual([lossHash(person)])
})
