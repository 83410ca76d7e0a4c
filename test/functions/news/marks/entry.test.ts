import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type AudienceMarks,
  type Entry,
  entryOf,
  noMarks,
  sinceOf,
  withEntries,
} from '../../../../functions/news/marks/entry.ts'
import { pack, unpack } from '../../../../functions/news/marks/packed.ts'
import { alphabet, timeId } from '../../../../shared/kernel/ids.ts'
import { assertProperty } from '../../../support/property.ts'

const now = new Date('2027-03-16T07:00:00.000Z')
const from = Date.parse('2026-09-01T08:00:00.000Z')
const hours = (count: number) => new Date(from + count * 3_600_000)
const idAt = (hour: number) => timeId(hours(hour))
const add = (entries: readonly Entry[], to: AudienceMarks = noMarks) => withEntries(to, entries, now)
const plain = (count: number, first = 1) =>
  Array.from({ length: count }, (_, at) => entryOf(idAt(first + at), undefined, { seen: true }))
const open = { until: '2027-06-30T16:00:00.000Z' }
const ended = { until: '2027-03-16T07:00:00.000Z' }

describe('withEntries()', () => {
  it.each([250, 5_000])('keeps what was seen and signed of an open notice after %i newer items', newer => {
    const signed = entryOf(idAt(0), open, { seen: true, signedAt: hours(0).toISOString() })
    const forGood = entryOf(idAt(0), {}, { seen: true, signedFor: ['0123456789abcdef'] })
    let marks = add([signed, forGood])
    for (const entry of plain(newer)) marks = add([entry], marks)
    expect(marks.entries.filter(one => one.kept)).toEqual(expect.arrayContaining([signed, forGood]))
    expect(marks.entries).toHaveLength(40 + 2)
  })

  it('keeps the newest 40 that were seen, and says from where on', () => {
    const all = plain(60)
    expect(add(all.slice(0, 40)).cut).toBe(false)
    expect(sinceOf(add(all.slice(0, 40)))).toBeUndefined()
    const marks = add(all)
    expect(marks.entries.map(one => one.news)).toEqual(
      all
        .slice(20)
        .map(one => one.news)
        .reverse(),
    )
    expect(sinceOf(marks)).toBe(all[20]?.news)
  })

  it('lets go of an old notice once it has ended, and of what one was reminded of without having seen it', () => {
    const notice = entryOf(idAt(0), ended, { seen: true })
    const reminded = entryOf(idAt(0), undefined, { remindedAt: hours(1).toISOString() })
    expect(add([notice, reminded]).entries).toHaveLength(2)
    const news = add([notice, reminded, ...plain(41)]).entries.map(one => one.news)
    expect(news).not.toContain(notice.news)
    expect(news).not.toContain(reminded.news)
  })

  it('joins what was done with one news item: the first signature, the last reminder, the latest end', () => {
    const news = idAt(0)
    const [one, two] = [hours(1).toISOString(), hours(2).toISOString()]
    const marks = add([
      entryOf(news, open, { signedAt: two, signedFor: ['b'.repeat(16)], remindedAt: one }),
      entryOf(news, undefined, { seen: true }),
      entryOf(news, ended, { signedAt: one, signedFor: ['a'.repeat(16)], remindedAt: two }),
    ])
    const signedFor = ['a'.repeat(16), 'b'.repeat(16)]
    expect(marks.entries).toEqual([
      { ...entryOf(news, open, {}), seen: true, signedAt: one, signedFor, remindedAt: two },
    ])
  })
})

/** A set of news items, and what a person did with each, in pieces that may come more than once. */
const doings = fc
  .array(
    fc.record({
      hour: fc.nat(4_000),
      keep: fc.option(fc.record({ until: fc.option(fc.nat(8_000), { nil: undefined }) }), { nil: undefined }),
      acts: fc.array(
        fc.record({
          seen: fc.boolean(),
          signed: fc.option(fc.nat(5_000), { nil: undefined }),
          pupil: fc.option(fc.nat(2), { nil: undefined }),
          reminded: fc.option(fc.nat(5_000), { nil: undefined }),
          edition: fc.option(fc.integer({ min: 2, max: 4 }), { nil: undefined }),
        }),
        { minLength: 1, maxLength: 3 },
      ),
    }),
    { maxLength: 120 },
  )
  .map(items =>
    items.flatMap(({ hour, keep, acts }) => {
      const news = idAt(hour)
      const until = keep?.until === undefined ? undefined : hours(keep.until).toISOString()
      return acts.map(({ seen, signed, pupil, reminded, edition }) =>
        entryOf(news, keep && { until }, {
          seen,
          ...(seen && edition !== undefined && { seenEdition: edition }),
          ...((signed ?? pupil) !== undefined && edition !== undefined && { signedEdition: edition }),
          ...(signed !== undefined && { signedAt: hours(signed).toISOString() }),
          ...(pupil !== undefined && { signedFor: [String(pupil).repeat(16)] }),
          ...(reminded !== undefined && { remindedAt: hours(reminded).toISOString() }),
        }),
      )
    }),
  )

describe('withEntries() of the same entries', () => {
  it('is the same in any order, grouping and repetition', () => {
    assertProperty(
      fc.property(
        doings.chain(entries =>
          fc.tuple(
            fc.constant(entries),
            fc.shuffledSubarray([...entries, ...entries], { minLength: entries.length * 2 }),
            fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 20 }),
          ),
        ),
        ([entries, shuffled, sizes]) => {
          let marks = noMarks
          for (let at = 0, turn = 0; at < shuffled.length; turn++) {
            const size = sizes[turn % sizes.length] ?? 1
            // As the table holds them between two changes.
            marks = unpack(pack(add(shuffled.slice(at, at + size), marks)))
            at += size
          }
          expect(marks).toEqual(add(entries))
        },
      ),
      { short: 200, long: 20_000 },
    )
  })
})

describe('pack()', () => {
  it('loses nothing', () => {
    const id = fc.string({ unit: fc.constantFrom(...alphabet), minLength: 12, maxLength: 12 })
    assertProperty(
      fc.property(doings, id, (entries, random) => {
        const marks = add([...entries, entryOf(idAt(5).slice(0, 10) + random, undefined, { seen: true })])
        expect(unpack(pack(marks))).toEqual(marks)
      }),
    )
  })

  it('takes at most 500 bytes for the 40 items of half a year', () => {
    const entries = Array.from({ length: 41 }, (_, at) => entryOf(idAt(at * 96), undefined, { seen: true }))
    expect(pack(add(entries)).length).toBeLessThan(500)
  })

  it('is refused where its form is not known', () => {
    expect(() => unpack(Uint8Array.of(3, 1, 2))).toThrow('not known')
    expect(() => unpack(pack(add(plain(2))).slice(0, -1))).toThrow('too early')
  })
})
