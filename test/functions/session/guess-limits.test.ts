import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Access } from '../../../functions/platform/access.ts'
import { forEachConcurrent } from '../../../functions/platform/concurrent.ts'
import { openTable } from '../../../functions/platform/open-table.ts'
import { guess, mostFailures } from '../../../functions/session/guesses.ts'
import { networksOf, placeOf } from '../../../functions/session/networks.ts'
import { localClient } from '../../support/dynamodb.ts'
import { openMeter } from '../../support/meter.ts'
import { assertProperty } from '../../support/property.ts'
import { runs } from '../../support/thorough.ts'
import { type Fixture, openFixture } from './fixture.ts'

let fixture: Fixture
beforeAll(async () => {
  fixture = await openFixture()
})
afterAll(() => fixture.db.close())

const attempt = (account: string, address: string, device?: string) =>
  guess(fixture.platform, { secret: 'password', account, address, device })
const wrong = async (account: string, address: string) => {
  const admitted = await attempt(account, address)
  if (admitted.ok) await admitted.value.wrong()
  return admitted.ok
}
const right = async (account: string, address: string) => {
  const admitted = await attempt(account, address)
  if (!admitted.ok) return false
  // What a sign-in does when the password was right.
  await fixture.platform.table.transact([admitted.value.clear])
  await admitted.value.right()
  return true
}
const later = (seconds: number) => {
  fixture.clock.now = new Date(fixture.clock.now.getTime() + seconds * 1000)
}
const admittedOf = async (addresses: readonly string[], account: string) => {
  let admitted = 0
  for (const address of addresses) admitted += Number(await wrong(account, address))
  return admitted
}
const many = (count: number, address: (at: number) => string) => Array.from({ length: count }, (_, at) => address(at))

describe('networksOf()', () => {
  it.each([
    ['192.0.2.1', ['192.0.2.1']],
    ['2001:db8::1', ['20010db800000000/64', '20010db8000000/56', '20010db80000/48']],
    ['2001:DB8:1:2aff:0:0:0:1', ['20010db800012aff/64', '20010db800012a/56', '20010db80001/48']],
    ['::1', ['0000000000000000/64', '00000000000000/56', '000000000000/48']],
    ['fe80::1%eth0', ['fe80000000000000/64', 'fe800000000000/56', 'fe8000000000/48']],
    ['::ffff:192.0.2.1', ['192.0.2.1']],
  ])('gives of %s its networks, the narrowest first', (address, networks) => {
    expect(networksOf(address)).toEqual(networks)
  })
})

describe('guess()', () => {
  it('gives a /56 four times and a /48 sixteen times the free guesses of a /64 at an account', async () => {
    const inOne56 = many(40, at => `2001:db8:a:1${at.toString(16).padStart(2, '0')}::1`)
    expect(await admittedOf(inOne56, 'wide-56')).toBe(20)
    const inOne48 = many(120, at => `2001:db8:b:${(at * 256).toString(16)}::1`)
    // It would be 80, but at an account that is attacked the 51st is one of its sixteen.
    expect(await admittedOf(inOne48, 'wide-48')).toBe(51)
  })

  it('gives a /56 four times the wrong guesses a minute of a /64 at all accounts, and a /48 sixteen times', async () => {
    const ofWidths = [
      [60, () => '2001:db8:c:1::1'],
      [240, (at: number) => `2001:db8:d:1${(at % 256).toString(16).padStart(2, '0')}::1`],
      [960, (at: number) => `2001:db8:e:${((at * 64) % 65_536).toString(16)}::1`],
    ] as const
    for (const [most, address] of ofWidths.slice(0, runs(2, 3))) {
      later(60)
      await forEachConcurrent(
        many(most - 1, address).map((one, at) => [one, `spread-${most}-${at}`] as const),
        async ([one, account]) => {
          await wrong(account, one)
        },
        20,
      )
      expect(await wrong(`spread-${most}-a`, address(1)), `${most}`).toBe(true)
      expect(await wrong(`spread-${most}-b`, address(2)), `${most}`).toBe(false)
    }
  })

  it('verifies a hundred failures in a row and no more, though many come at once', async () => {
    const admitted = await Promise.all(many(250, at => `198.51.${at % 5}.${at}`).map(one => attempt('burst', one)))
    expect(admitted.filter(one => one.ok)).toHaveLength(mostFailures)
  })

  it('then hears unknown places one at a time, ever more slowly, and known places and devices as before', async () => {
    expect(await right('row', '203.0.113.7')).toBe(true)
    expect(await right('row', '2001:db8:f:100::1')).toBe(true)
    await Promise.all(many(mostFailures, at => `198.51.100.${at}`).map(one => wrong('row', one)))
    let gap = 60
    for (const at of [1, 2, 3, 4, 5, 6, 7, 8]) {
      expect(await wrong('row', `198.51.101.${at}`)).toBe(true)
      const waiting = await attempt('row', `198.51.102.${at}`)
      expect(waiting).toMatchObject({ ok: false, problem: { type: 'too-many-attempts', retryAfter: gap } })
      later(gap)
      gap = Math.min(3600, gap * 2)
    }
    expect(await wrong('row', '198.51.103.1')).toBe(true)
    expect((await attempt('row', '198.51.103.2', 'device')).ok).toBe(true)
    expect((await attempt('row', '2001:db8:f:1ff::2')).ok).toBe(true) // the same /56
    expect((await attempt('row', '2001:db8:f:200::2')).ok).toBe(false)
    expect(await right('row', '203.0.113.7')).toBe(true)
    expect(await wrong('row', '198.51.103.3')).toBe(true) // the row has ended
  })

  it('costs what decision 44 says', async () => {
    const meter = await openMeter(fixture.db.endpoint)
    const client = localClient(meter.endpoint)
    const table = openTable<Access>(fixture.db.table, {}, fixture.platform.now, client)
    const platform = { ...fixture.platform, table }
    for (const [address, { admitting, failing, succeeding }] of [
      ['192.0.2.200', { admitting: 2, failing: 1, succeeding: 1 }],
      ['2001:db8:10::1', { admitting: 2, failing: 3, succeeding: 1 }],
    ] as const)
      for (let count = 0; count < 4; count++) {
        const account = `cost-${address}`
        const admitted = await guess(platform, { secret: 'password', account, address, device: undefined })
        if (!admitted.ok) throw new Error('not admitted')
        expect(meter.read()).toMatchObject({ writeUnits: admitting })
        await admitted.value.wrong()
        expect(meter.read()).toMatchObject({ writeUnits: failing })
        await admitted.value.right()
        expect(meter.read()).toMatchObject({ writeUnits: succeeding })
      }
    client.destroy()
    await meter.close()
  })

  it('keeps its limits in any order of guesses, and always hears who is at home', async () => {
    const home = { device: 'device', address: '203.0.113.7' }
    const addresses = [
      '192.0.2.1',
      '192.0.2.2',
      ...many(8, at => `2001:db8:${at >> 2}:${((at >> 1) & 1) * 256 + (at & 1)}::1`),
    ]
    const step = fc.record({
      from: fc.nat(addresses.length - 1),
      isRight: fc.integer({ min: 0, max: 5 }).map(one => one === 0),
      wait: fc.constantFrom(0, 0, 0, 1, 14, 15, 59, 300),
    })
    let run = 0
    await assertProperty(
      fc.asyncProperty(
        fc.constantFrom(0, 45, 97, 130),
        fc.array(step, { minLength: 15, maxLength: 40 }),
        async (before, steps) => {
          const account = `run-${run++}`
          await right(account, home.address)
          await Promise.all(many(before, at => `198.18.${run % 256}.${at}`).map(one => wrong(account, one)))
          let row = before
          const known = new Set<string>([home.address])
          const lastBeyond: number[] = []
          const admitted = new Map<string, number[]>()
          for (const { from, isRight, wait } of steps) {
            later(wait)
            const now = fixture.clock.now.getTime() / 1000
            const address = addresses[from] ?? ''
            const networks = networksOf(address)
            const isKnown = known.has(placeOf(networks))
            const wasAdmitted = isRight ? await right(account, address) : await wrong(account, address)
            if (!wasAdmitted) continue
            if (!isKnown && row >= mostFailures) {
              const gap = lastBeyond.length === 0 ? 0 : Math.min(3600, 60 * 2 ** (lastBeyond.length - 1))
              if (lastBeyond.length > 0) expect(now - (lastBeyond.at(-1) ?? 0)).toBeGreaterThanOrEqual(gap)
              lastBeyond.push(now)
            }
            for (const [at, network] of networks.entries()) {
              const times = (admitted.get(network) ?? []).filter(
                one => Math.floor(one / 3600) === Math.floor(now / 3600),
              )
              // Without a delay no more than this; with one, 15 seconds at least.
              if (times.length > 5 * 4 ** at) expect(now - (times.at(-1) ?? 0)).toBeGreaterThanOrEqual(15)
              admitted.set(network, [...times, now])
            }
            row++
            if (isRight) {
              row = 0
              known.add(placeOf(networks))
              admitted.delete(networks[0] ?? '')
              for (const network of networks) admitted.delete(network)
              for (const other of addresses.filter(one => networksOf(one).at(-1) === networks.at(-1)))
                for (const network of networksOf(other)) admitted.delete(network)
            }
          }
          later(3600)
          expect((await attempt(account, '198.51.100.1', home.device)).ok).toBe(true)
          expect((await attempt(account, home.address)).ok).toBe(true)
        },
      ),
      { short: 8, long: 300 },
    )
  })
})
