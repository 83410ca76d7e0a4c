import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compareCounts, isRecounted, recount } from '../../../functions/news/counting/recount.ts'
import { newsErasure } from '../../../functions/news/erasure.ts'
import { newsPatterns } from '../../../functions/news/patterns.ts'
import { put, remove } from '../../../functions/platform/operation.ts'
import type { Table } from '../../../functions/platform/table.ts'
import { randomId } from '../../../shared/kernel/ids.ts'
import { openItems } from '../../support/items.ts'
import { assertProperty } from '../../support/property.ts'
import { openTerritory, type Territory } from './territory.ts'

let t: Territory
beforeAll(async () => {
  t = await openTerritory()
})
afterAll(() => t.close())

const { seen, signature, takenBack } = newsPatterns
type Act = 'see' | 'sign' | 'back' | 'reread' | 'leave' | 'deliver' | 'twice'

/** One publication, on which people act at random. */
const openPublication = () => {
  const news = randomId(22)
  const items = openItems(t.database)
  const people: string[] = []
  const signers: string[] = []
  const at = t.clock.now.toISOString()
  const erase = async (person: string) => {
    const eraser = newsErasure.erasers.find(({ of }) => of === seen)
    const item = await items.get(seen, { news, person })
    if (!eraser || !item) return
    const { table } = t.platform
    const gone = { has: (id: string) => id === person, decided: new Set<string>() }
    const operations = await eraser.erase(table as never, { news, person } as never, item as never, gone)
    await table.transact(operations as never)
  }
  const acts: Record<Act, () => Promise<unknown>> = {
    see: () => {
      const person = randomId(16)
      people.push(person)
      return items.put(seen, { news, person }, { person, at })
    },
    sign: () => {
      const signer = randomId(16)
      signers.push(signer)
      return items.put(signature, { news, signer }, { person: signer, at, by: signer })
    },
    // A paper that was entered for the wrong pupil: one transaction, as functions/news/answering/take-back.ts.
    back: async () => {
      const signer = signers.pop()
      if (signer === undefined) return
      const back = { person: signer, at, by: signer, enteredAt: at, enteredBy: signer, signature: { through: [] } }
      await t.platform.table.transact([
        remove('signed', signature, { news, signer }, { present: true }),
        put('back', takenBack, { news, signer, at }, back),
      ] as never)
    },
    reread: async () => {
      const [person] = people
      if (person) await items.put(seen, { news, person }, { person, at, edition: 2 })
    },
    leave: async () => {
      const person = people.pop()
      if (person) await erase(person)
    },
    deliver: () => t.stream.deliverAll(),
    twice: async () => {
      const records = await t.stream.fresh()
      await t.stream.deliver(records)
      await t.stream.deliver(records)
    },
  }
  return { news, act: (name: Act) => acts[name]() }
}

/** The table of a recount: before each of its requests, somebody acts. */
const disturbed = (before: () => Promise<unknown>) =>
  new Proxy(t.platform.table as object, {
    get: (table, name) => {
      const work = Reflect.get(table, name) as (...args: unknown[]) => unknown
      if (name !== 'pages')
        return async (...args: unknown[]) => {
          await before()
          return work(...args)
        }
      return async function* (...args: unknown[]) {
        await before()
        yield* work(...args) as AsyncGenerator
      }
    },
  }) as unknown as Table<never>

const acts = fc.array(fc.constantFrom<Act>('see', 'sign', 'back', 'reread', 'leave', 'deliver', 'twice'), {
  maxLength: 8,
})

describe('recount()', () => {
  it('ends in what the facts say, whatever was set aside before and whoever reads meanwhile', async () => {
    const lost = fc.array(fc.tuple(fc.constantFrom<Act>('see', 'sign', 'back', 'reread'), fc.boolean()), {
      maxLength: 8,
    })
    let run = 0
    await assertProperty(
      fc.asyncProperty(lost, fc.array(acts, { minLength: 12, maxLength: 12 }), acts, async (before, given, later) => {
        // The embedded stream gets slower with its length.
        if (++run % 100 === 0) {
          await t.close()
          t = await openTerritory()
        }
        const during = [...given]
        const { news, act } = openPublication()
        for (const [name, isSetAside] of before) {
          await act(name)
          if (isSetAside) await t.stream.fresh()
          else await t.stream.deliverAll()
        }
        const token = await recount(
          disturbed(async () => {
            for (const name of during.shift() ?? []) await act(name)
          }) as never,
          news,
          t.clock.now,
        )
        for (const name of later) await act(name)
        await t.stream.deliverToTheEnd()
        const { table } = t.platform
        // Where somebody was erased meanwhile it is not applied, and tried again.
        if (!token || !(await isRecounted(table, news, token))) {
          await recount(table, news, t.clock.now)
          await t.stream.deliverToTheEnd()
        }
        const { stored, facts, isRight } = await compareCounts(table, news)
        expect({ isRight, stored, facts }).toEqual({ isRight: true, stored, facts })
      }),
      { short: 15, long: 2_000 },
    )
  })

  it('counts nothing of a text that nobody saw but who was erased, whatever was signed of a former one', async () => {
    const { news, act } = openPublication()
    for (const name of ['see', 'reread', 'sign', 'deliver', 'leave'] as const) await act(name)
    await t.stream.deliverToTheEnd()
    expect(await compareCounts(t.platform.table, news)).toEqual({
      stored: { edition: 2, seen: 0, signed: 0 },
      facts: { edition: 1, seen: 0, signed: 1 },
      isRight: true,
    })
    const token = await recount(t.platform.table, news, t.clock.now)
    await t.stream.deliverToTheEnd()
    expect(await isRecounted(t.platform.table, news, token ?? '')).toBe(true)
    expect(await compareCounts(t.platform.table, news)).toMatchObject({ isRight: true })
  })

  it('is given up where another one began meanwhile, and the other one counts', async () => {
    const { news, act } = openPublication()
    await act('see')
    await t.stream.fresh()
    let other: string | undefined
    let requests = 0
    const first = await recount(
      disturbed(async () => {
        if (++requests === 5) other = await recount(t.platform.table, news, t.clock.now)
      }) as never,
      news,
      t.clock.now,
    )
    await t.stream.deliverToTheEnd()
    expect(await isRecounted(t.platform.table, news, first ?? '')).toBe(false)
    expect(await isRecounted(t.platform.table, news, other ?? '')).toBe(true)
    expect(await compareCounts(t.platform.table, news)).toMatchObject({ isRight: true, stored: { seen: 1 } })
  })
})
