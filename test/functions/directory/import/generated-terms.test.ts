import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PersonItem } from '../../../../functions/directory/audiences.ts'
import { personId } from '../../../../functions/directory/identity.ts'
import { platformPatterns } from '../../../../functions/platform/patterns.ts'
import { openItems } from '../../../support/items.ts'
import { testPlatform } from '../../../support/platform.ts'
import { assertProperty } from '../../../support/property.ts'
import { openClock } from '../../clock/clock.ts'
import { type Fixture, openFixture } from './fixture.ts'
import { bulk, classes, csv, users } from './oneroster-feed.ts'

let fixture: Fixture
beforeAll(async () => {
  fixture = await openFixture()
})
afterAll(() => fixture.close())

const source = 'oneroster'
/** Days of the test: 20 to 28 September 2026, 0 to 8. */
const days = 8
const dayOf = (at: number) => `2026-09-${20 + at}`
/** Six in the morning, when imports come; and after midnight in Paris, when the clock comes. */
const importAt = (at: number) => new Date(`${dayOf(at)}T04:00:00.000Z`)
const clockAt = (at: number) => new Date(new Date(`${dayOf(at)}T00:00:30.000Z`).getTime() - 2 * 3_600_000)

/** From a day on, up to the one before another; undefined: always. */
type Span = { readonly from: number | undefined; readonly to: number | undefined }
type Enrolled = Span & { readonly pupil: number; readonly group: number }
type Feed = {
  readonly terms: readonly Span[]
  /** The terms of each class. */
  readonly groups: readonly (readonly number[])[]
  readonly enrolled: readonly Enrolled[]
}

const bound = fc.integer({ min: -3, max: days + 2 })
const span = fc.tuple(bound, bound).map(([a, b]): Span => ({ from: Math.min(a, b), to: Math.max(a, b) + 1 }))
const open = fc.record({ from: fc.option(bound, { nil: undefined }), to: fc.option(bound, { nil: undefined }) })
const pupils = [0, 1, 2]
const feed: fc.Arbitrary<Feed> = fc.record({
  terms: fc.tuple(span, span, span),
  groups: fc.tuple(...Array.from({ length: 3 }, () => fc.uniqueArray(fc.nat(2), { minLength: 0, maxLength: 2 }))),
  enrolled: fc.array(
    fc.record({ pupil: fc.nat(2), group: fc.nat(2), span: open }).map(({ span: own, ...one }) => ({ ...one, ...own })),
    { minLength: 2, maxLength: 6 },
  ),
})

const text = (at: number | undefined) =>
  at === undefined ? '' : new Date(Date.UTC(2026, 8, 20 + at)).toISOString().slice(0, 10)

const filesOf = ({ terms, groups, enrolled }: Feed) => ({
  ...bulk(),
  'academicSessions.csv': csv(
    'title,type,startDate,endDate,parentSourcedId,schoolYear',
    ...terms.map(({ from, to }, at) => `t${at},,,T${at},term,${text(from)},${text(to)},,2027`),
  ),
  'classes.csv': classes(...groups.map((of, at) => `c${at},,,C${at},homeroom,k,o1,"${of.map(one => `t${one}`)}"`)),
  'users.csv': users(
    ...pupils.flatMap(at => [
      `p${at},,,true,o1,student,,Zoé,Petit ${at},g${at}`,
      `g${at},,,true,,guardian,,Noé,Petit ${at},`,
    ]),
  ),
  'enrollments.csv': csv(
    'classSourcedId,schoolSourcedId,userSourcedId,role,beginDate,endDate',
    ...enrolled.map(
      ({ pupil, group, from, to }, at) => `e${at},,,c${group},o1,p${pupil},student,${text(from)},${text(to)}`,
    ),
  ),
})

/** What must be of a day, said again in the simplest way: the classes of each pupil, and those that are not over. */
const expected = ({ terms, groups, enrolled }: Feed, day: number, first: number) => {
  const spans = groups.map(of => of.flatMap(one => terms[one] ?? []))
  const begins = spans.map(of => Math.min(...of.map(({ from = 0 }) => from), Infinity))
  const ends = spans.map(of => Math.max(...of.map(({ to = 0 }) => to), -Infinity))
  const isDated = (group: number) => (spans[group]?.length ?? 0) > 0
  const isOver = (group: number) => isDated(group) && (ends[group] ?? 0) <= day
  const isOn = (group: number) => !isDated(group) || ((begins[group] ?? 0) <= day && !isOver(group))
  const of = (pupil: number) =>
    enrolled
      .filter(one => one.pupil === pupil && isOn(one.group))
      .filter(({ from = -99, to = 99 }) => from <= day && day < to)
      .map(one => `C${one.group}`)
  return {
    listed: groups.flatMap((_, at) => (isOver(at) || first > day ? [] : `C${at}`)),
    classes: pupils.map(pupil => [...new Set(of(pupil))].sort()),
  }
}

/** Lets the clock run after midnight, as often as it takes for all that is due. */
const runClock = async (at: number) => {
  const platform = await testPlatform(fixture.database, fixture.clock)
  const finished = new Date(clockAt(at).getTime() - 5 * 60_000).toISOString().slice(0, 16)
  await openItems(fixture.database).put(platformPatterns.clock, {}, { finished, left: [], version: 0 })
  fixture.clock.now = clockAt(at)
  await openClock(platform)()
}

const stored = async () => {
  const items = await fixture.everything()
  const person = (key: string) => items.get(`P#${personId(source, key)}|PERSON`) as unknown as PersonItem
  const labels = (key: string, kind: string) =>
    person(key)
      .audiences.filter(one => one.kind === kind)
      .map(one => one.label)
      .sort()
  const all = [...items.values()]
  const audiences = all.filter(item => item.sk === 'AUDIENCE' && item.kind === 'class')
  return {
    listed: all.flatMap(item => (/^G#/.test(item.sk) ? String(item.name) : [])).sort(),
    audiences: audiences.map(item => String(item.label)).sort(),
    classes: pupils.map(at => labels(`p${at}`, 'class')),
    ofGuardians: pupils.map(at => labels(`g${at}`, 'class-guardians')),
    rosters: pupils.map(at =>
      all
        .filter(
          item =>
            item.pk.startsWith('G#') && item.sk.startsWith('M#pupil#') && item.person === personId(source, `p${at}`),
        )
        .map(item => item.pk),
    ),
  }
}

/** Delivers `a`, and from the day `turn` on `b`, and compares what is stored with the model on each day. */
const follow = async (a: Feed, b: Feed, turn: number, imports: readonly boolean[]) => {
  await fixture.empty()
  for (let at = 0; at <= days; at++) {
    const delivered = at < turn ? a : b
    if (at > 0) await runClock(at)
    if (at === 0 || at === turn || imports[at]) {
      fixture.clock.now = importAt(at)
      await fixture.import(filesOf(delivered), { confirm: ['0990001A'] })
    }
    const { listed, classes: ofPupils } = expected(delivered, at, 0)
    const found = await stored()
    expect({ at, listed: found.listed, classes: found.classes }).toEqual({ at, listed, classes: ofPupils })
    expect(found.audiences).toEqual(listed)
    expect(found.ofGuardians).toEqual(ofPupils)
    expect(found.rosters.map(one => one.length)).toEqual(ofPupils.map(one => one.length))
  }
}

describe('classes and enrollments with dates, over generated terms', () => {
  test('count on each day what the last delivery says of it, whether or not another one comes', async () => {
    const again = fc.array(fc.boolean(), { minLength: days + 1, maxLength: days + 1 })
    const property = fc.asyncProperty(feed, feed, fc.integer({ min: 1, max: days }), again, follow)
    await assertProperty(property, { short: 5, long: 300 })
  })

  test('count what is said of a class that goes on under the key of another, whose own has gone to others', async () => {
    const terms = [0, 1, 2].map(() => ({ from: 0, to: 1 }))
    const during = { from: undefined, to: undefined }
    const of = (...enrolled: readonly (readonly [pupil: number, group: number])[]) => ({
      ...{ terms, groups: [[], [], []], enrolled: enrolled.map(([pupil, group]) => ({ pupil, group, ...during })) },
    })
    await follow(of([0, 1], [2, 0]), of([2, 1], [1, 0], [0, 0], [0, 0]), 1, [])
  })

  test('count a class that goes on under another key, when the delivery comes again and its own key names one that is over', async () => {
    const terms = [0, 1, 2].map(() => ({ from: 0, to: 1 }))
    const of = (over: readonly number[], ...enrolled: readonly (readonly [pupil: number, group: number])[]): Feed => ({
      terms,
      groups: [[], [], over],
      enrolled: enrolled.map(([pupil, group]) => ({ pupil, group, from: undefined, to: undefined })),
    })
    const again = Array.from({ length: days + 1 }, () => true)
    await follow(of([], [2, 2], [0, 1]), of([0], [2, 1], [0, 2]), 1, again)
  })
})
