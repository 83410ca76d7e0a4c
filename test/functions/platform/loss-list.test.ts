import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  composeShard,
  entriesOf,
  isLossKey,
  type Listed,
  lossHash,
  lossLifetime,
  markKey,
  mostEntries,
  shardKey,
  shardOf,
} from '../../../functions/platform/loss-list.ts'
import { alphabet } from '../../../shared/kernel/ids.ts'
import { assertProperty } from '../../support/property.ts'
import { charactersOf, keyFor, refuses } from '../losses/reader.ts'

const now = new Date('2026-11-25T08:00:00.000Z')
const seconds = now.getTime() / 1000

const id = fc.string({ unit: fc.constantFrom(...alphabet), minLength: 16, maxLength: 20 })
const kind = fc.constantFrom('lost' as const, 'left' as const)
const at = fc.integer({ min: seconds - lossLifetime - 1000, max: seconds + 1 })
const loss = fc.record({ id, kind, at })
const listedOf = (losses: readonly { id: string; kind: 'lost' | 'left'; at: number }[]): Listed[] =>
  losses.map(one => ({ hash: lossHash(one.id), kind: one.kind, at: one.at }))
const counting = ({ at: time }: { at: number }) => time > seconds - lossLifetime

describe('composeShard()', () => {
  it('refuses exactly what was issued to a person or in a session until its loss', () =>
    assertProperty(
      fc.property(fc.array(loss, { maxLength: mostEntries }), id, id, at, (losses, other, session, issuedAt) => {
        const { value } = composeShard(listedOf(losses), now)
        for (const person of [other, ...losses.map(one => one.id)]) {
          const until = Math.max(...losses.filter(one => one.id === person && counting(one)).map(one => one.at))
          expect(refuses(value, { person, session, issuedAt })).toBe(issuedAt <= until)
          expect(refuses(value, { person: other, session: person, issuedAt })).toBe(issuedAt <= until)
        }
      }),
    ))

  it('fits into a value of the store, losses before sign-outs and the newest first, whatever there is', () =>
    assertProperty(
      fc.property(fc.array(loss, { maxLength: 3 * mostEntries }), losses => {
        const listed = listedOf(losses)
        const { value, without } = composeShard(listed, now)
        const there = listed.filter(counting)
        expect(Buffer.byteLength(value)).toBeLessThanOrEqual(1024)
        const entries = entriesOf(value)
        expect(entries).toHaveLength(Math.min(mostEntries, there.length))
        const lost = there.filter(one => one.kind === 'lost')
        const times = lost.map(one => one.at).sort((a, b) => b - a)
        expect(entries.slice(0, lost.length).map(one => one.at)).toEqual(times.slice(0, mostEntries))
        // A loss that has no room is told, a sign-out is not.
        expect(without).toHaveLength(Math.max(0, lost.length - mostEntries))
        expect(without.every(one => one.kind === 'lost')).toBe(true)
      }),
    ))

  it('is the same for the same losses in any order', () =>
    assertProperty(
      fc.property(fc.uniqueArray(loss, { maxLength: 100, selector: one => one.id }), losses => {
        expect(composeShard(listedOf(losses.toReversed()), now)).toEqual(composeShard(listedOf(losses), now))
      }),
    ))

  it('costs one renewal where hashes collide, and nothing after it', () =>
    assertProperty(
      fc.property(id, id, at, (lost, session, time) => {
        // Whoever has the hash of somebody who lost access, and kept their own, is refused until they renew.
        const { value } = composeShard([{ hash: lossHash(lost), kind: 'lost', at: time }], now)
        expect(refuses(value, { person: lost, session, issuedAt: time })).toBe(counting({ at: time }))
        expect(refuses(value, { person: lost, session, issuedAt: time + 1 })).toBe(false)
      }),
    ))
})

describe('lossHash() and shardOf()', () => {
  it('are what the viewer function computes', () =>
    assertProperty(
      fc.property(id, person => {
        expect([shardKey(shardOf(person)), lossHash(person)]).toEqual([keyFor(person), charactersOf(person)])
      }),
    ))
})

describe('isLossKey()', () => {
  it.each(['x000', 'xfff', markKey('0751234A'), markKey('demo-1')])('takes %s', key => {
    expect(isLossKey(key)).toBe(true)
  })
  it.each(['k1', 'kabc23xyz', 'x00', 'x0000', 'xggg', 'closure', 's', ''])('leaves %s to others', key => {
    expect(isLossKey(key)).toBe(false)
  })
})
