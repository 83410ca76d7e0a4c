import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { serverClock } from '../../../web/platform/server-time.ts'
import { assertProperty } from '../../support/property.ts'
import { storage } from './fixture.ts'

const right = Date.parse('2026-03-16T08:00:00.000Z')
const headers = (at: number, age?: number) =>
  new Headers({ date: new Date(at).toUTCString(), ...(age !== undefined && { age: String(age) }) })

/** A device whose clock is off by so many milliseconds, and the true time. */
const device = (off: number, kept = storage()) => {
  let trueTime = right
  const clock = serverClock({ now: () => trueTime + off, storage: kept })
  return {
    clock,
    kept,
    pass: (milliseconds: number) => {
      trueTime += milliseconds
      return trueTime
    },
    time: () => trueTime,
  }
}

describe('serverClock()', () => {
  it.each([
    ['10 minutes slow', -600_000],
    ['a day fast', 86_400_000],
  ])('says the server’s time on a device whose clock is %s', (_, off) => {
    const { clock, pass, time } = device(off)
    clock.note(headers(time()))
    expect(clock.now()).toBe(right)
    pass(3_600_000)
    expect(clock.now()).toBe(right + 3_600_000)
    expect(clock.at(right + off)).toBe(right)
  })

  it('adds the age of a reply that the edge kept', () => {
    const { clock, time } = device(0)
    clock.note(headers(time() - 40_000, 40))
    expect(clock.now()).toBe(right)
  })

  it('is not set back by replies that were on their way for long, or whose Date is of an earlier copy', () => {
    assertProperty(
      fc.property(
        fc.integer({ min: -86_400, max: 86_400 }),
        fc.array(fc.nat(600), { minLength: 1, maxLength: 4 }),
        fc.nat(3),
        (offSeconds, delays, place) => {
          const { clock, time } = device(offSeconds * 1000)
          const all = [...delays.slice(0, place), 0, ...delays.slice(place)]
          for (const delay of all) clock.note(headers(time() - delay * 1000))
          expect(clock.now()).toBe(time())
        },
      ),
    )
  })

  it('follows a device clock that is set while the page is open', () => {
    let off = 0
    const clock = serverClock({ now: () => right + off, storage: storage() })
    clock.note(headers(right))
    off = 86_400_000
    for (let reply = 0; reply < 5; reply++) clock.note(headers(right))
    expect(clock.now()).toBe(right)
  })

  it('keeps the difference for the next visit, and without any uses the device’s clock', () => {
    const first = device(86_400_000)
    expect(first.clock.now()).toBe(right + 86_400_000)
    first.clock.note(headers(right))
    expect(device(86_400_000, first.kept).clock.now()).toBe(right)
  })

  it('says when the server was last heard of, also at the next visit, and nothing before the first reply', () => {
    const { clock, pass, time, kept } = device(-600_000)
    expect(clock.contact()).toBeUndefined()
    clock.note(headers(time()))
    pass(60_000)
    expect(clock.contact()).toBe(right)
    expect(serverClock({ now: () => time(), storage: kept }).contact()).toBe(right)
  })

  it('ignores replies without a Date, and a storage that is full', () => {
    const { clock } = device(5_000, storage({ full: true }))
    clock.note(new Headers())
    expect(clock.now()).toBe(right + 5_000)
    clock.note(headers(right))
    expect(clock.now()).toBe(right)
  })
})
