import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fail, ok, type Result } from '../../../shared/kernel/result.ts'
import type { Failure } from '../../../web/platform/failure.ts'
import { outbox } from '../../../web/platform/outbox/outbox.ts'
import {
  type OutboxStore,
  outboxInStorage,
  type StoredOutbox,
  type Waiting,
} from '../../../web/platform/outbox/waiting.ts'
import { assertProperty } from '../../support/property.ts'

const memory = (): Storage => {
  const items = new Map<string, string>()
  return {
    getItem: (name: string) => items.get(name) ?? null,
    setItem: (name: string, value: string) => void items.set(name, value),
    removeItem: (name: string) => void items.delete(name),
  } as unknown as Storage
}

/** A device: what it stores, and an API that notes what it has done, each key once. */
const device = () => {
  const store = outboxInStorage(memory())
  const done: { key: string; by: string }[] = []
  const network = {
    isUp: true,
    cookie: 'sophie',
    refuses: new Set<string>(),
    fails: new Set<string>(),
    losesAnswers: 0,
  }
  let alone: Promise<unknown> = Promise.resolve()
  const timers: (() => void)[] = []
  const send = async ({ key }: Waiting, person: string): Promise<Result<unknown, Failure>> => {
    if (!network.isUp) return fail({ type: 'unreachable' })
    if (person !== network.cookie) return fail({ type: 'another-person' })
    if (network.refuses.has(key)) return fail({ type: 'text-changed' })
    if (network.fails.has(key)) return fail({ type: 'unexpected' })
    if (!done.some(one => one.key === key)) done.push({ key, by: network.cookie })
    if (network.losesAnswers > 0) {
      network.losesAnswers--
      return fail({ type: 'unreachable' })
    }
    return ok(undefined)
  }
  /** A tab, or the page after a reload. */
  const tab = () =>
    outbox({
      send,
      tell: () => undefined,
      alone: work => {
        const after = alone.then(work)
        alone = after.catch(() => undefined)
        return after
      },
      setTimer: work => timers.push(work),
      clearTimer: () => undefined,
    })
  const settle = async () => {
    for (let turn = 0; turn < 40; turn++) await Promise.resolve().then(() => alone)
  }
  const stored = async (): Promise<StoredOutbox> => store.read()
  return { store, done, network, tab, settle, stored, timers }
}

let made = 0
const waiting = (key: string, more: Partial<Waiting> = {}): Waiting => ({
  key,
  write: 'news.sign',
  input: { params: { news: key } },
  label: key,
  from: '/',
  at: new Date(1_800_000_000_000 + made++ * 1_000).toISOString(),
  ...more,
})

describe('outbox()', () => {
  it('keeps what finds no network over a reload, and sends it once there is one, in order', async () => {
    const { store, done, network, tab, settle, stored } = device()
    network.isUp = false
    const sophie = { person: 'sophie', store }
    const first = tab()
    await first.open(sophie)
    expect(await first.add(sophie, waiting('a'))).toBe(true)
    await first.add(sophie, waiting('b'))
    const second = tab()
    await second.open(sophie)
    await settle()
    expect(second.waiting().map(({ key }) => key)).toEqual(['a', 'b'])
    network.isUp = true
    second.flush()
    await settle()
    expect(done.map(({ key }) => key)).toEqual(['a', 'b'])
    expect(second.waiting()).toEqual([])
    expect(await stored()).toEqual({})
  })

  it('keeps what the API refuses, with the reason, and sends what was made after it', async () => {
    const { store, done, network, tab, settle, stored } = device()
    network.isUp = false
    network.refuses.add('a')
    const sophie = { person: 'sophie', store }
    const page = tab()
    await page.open(sophie)
    for (const key of ['a', 'b']) await page.add(sophie, waiting(key))
    network.isUp = true
    page.flush()
    await settle()
    expect(done.map(({ key }) => key)).toEqual(['b'])
    expect((await stored()).sophie).toMatchObject([{ key: 'a', refused: { type: 'text-changed' } }])
    page.flush()
    await settle()
    expect(done.map(({ key }) => key)).toEqual(['b'])
    await page.remove('a')
    expect(await stored()).toEqual({})
  })

  it('sends nothing under the name of somebody else who signed in, and keeps it for its author', async () => {
    const { store, done, network, tab, settle, stored } = device()
    network.isUp = false
    const [sophie, karim] = [
      { person: 'sophie', store },
      { person: 'karim', store },
    ]
    const page = tab()
    await page.open(sophie)
    await page.add(sophie, waiting('a'))
    network.isUp = true
    network.cookie = 'karim'
    // This page does not know of it yet.
    page.flush()
    await settle()
    expect(done).toEqual([])
    await page.open(karim)
    await settle()
    expect(page.waiting()).toEqual([])
    expect(done).toEqual([])
    expect((await stored()).sophie).toHaveLength(1)
    network.cookie = 'sophie'
    await page.open(sophie)
    await settle()
    expect(done).toEqual([{ key: 'a', by: 'sophie' }])
  })

  it('keeps what was being sent as the session ended for its author', async () => {
    const { store, tab, stored } = device()
    const sophie = { person: 'sophie', store }
    const page = tab()
    await page.open(sophie)
    await page.open(undefined)
    await page.add(sophie, waiting('a'))
    expect(page.waiting()).toEqual([])
    expect((await stored()).sophie).toHaveLength(1)
  })

  it('finds what waits of a session that kept it elsewhere on the device', async () => {
    const { store, done, network, tab, settle, stored } = device()
    network.isUp = false
    const page = tab()
    const own = { person: 'sophie', store }
    await page.open(own)
    await page.add(own, waiting('a'))
    const tabOnly = outboxInStorage(memory())
    await page.open(undefined)
    await page.open({ person: 'sophie', store: tabOnly, others: [store] })
    expect(page.waiting().map(({ key }) => key)).toEqual(['a'])
    network.isUp = true
    page.flush()
    await settle()
    expect(done.map(({ key }) => key)).toEqual(['a'])
    expect([await stored(), await tabOnly.read()]).toEqual([{}, {}])
  })

  it('says so where the device cannot keep it, and sends it as long as the page lasts', async () => {
    const { done, network, tab, settle } = device()
    network.isUp = false
    const full: OutboxStore = {
      read: () => Promise.reject(new Error('refused')),
      update: () => Promise.reject(new Error('full')),
    }
    const sophie = { person: 'sophie', store: full }
    const page = tab()
    await page.open(sophie)
    expect(await page.add(sophie, waiting('a'))).toBe(false)
    expect(page.isKept('a')).toBe(false)
    network.isUp = true
    page.flush()
    await settle()
    expect(done.map(({ key }) => key)).toEqual(['a'])
    expect(page.waiting()).toEqual([])
  })

  it('says so of a store that has not answered in time, and no more once it has', async () => {
    const { store, tab, timers } = device()
    const { promise: isAnswered, resolve: answer } = Promise.withResolvers<void>()
    const hanging: OutboxStore = {
      read: store.read,
      update: async change => {
        await isAnswered
        await store.update(change)
      },
    }
    const sophie = { person: 'sophie', store: hanging }
    const page = tab()
    await page.open(sophie)
    const adding = page.add(sophie, waiting('a'))
    expect(page.isKept('a')).toBe(true)
    for (const time of timers) time()
    expect(page.isKept('a')).toBe(false)
    answer()
    expect(await adding).toBe(true)
    expect(page.isKept('a')).toBe(true)
  })

  it('sends of a subject only the last one where that counts, and of another all', async () => {
    const { store, done, network, tab, settle, stored } = device()
    network.isUp = false
    const sophie = { person: 'sophie', store }
    const page = tab()
    await page.open(sophie)
    await page.add(sophie, waiting('a', { subject: 'tick 1' }), 'instead')
    await page.add(sophie, waiting('b', { subject: 'tick 2' }), 'instead')
    await page.add(sophie, waiting('c', { subject: 'tick 1' }), 'instead')
    await page.add(sophie, waiting('d', { subject: 'hand-in' }))
    await page.add(sophie, waiting('e', { subject: 'hand-in' }))
    // What is taken over from elsewhere was made before.
    await page.add(sophie, waiting('f', { subject: 'tick 2' }), 'unless')
    expect(page.waiting().map(({ key }) => key)).toEqual(['b', 'c', 'd', 'e'])
    network.isUp = true
    page.flush()
    await settle()
    expect(done.map(({ key }) => key)).toEqual(['b', 'c', 'd', 'e'])
    expect(await stored()).toEqual({})
  })

  it('sends one whose answer is not known before one that follows it, where only those never tried may be replaced', async () => {
    const { store, done, network, tab, settle } = device()
    network.isUp = false
    const sophie = { person: 'sophie', store }
    const page = tab()
    await page.open(sophie)
    await settle()
    const add = (key: string) => page.add(sophie, waiting(key, { subject: 'task 1' }), 'instead of untried', true)
    await add('a')
    await add('b')
    expect(page.waiting().map(({ key }) => key)).toEqual(['b'])
    page.flush()
    await settle()
    await add('c')
    await add('d')
    // Of the page before it is not known what it sent.
    const next = tab()
    await next.open(sophie)
    await settle()
    await next.add(sophie, waiting('e', { subject: 'task 1' }), 'instead of untried', true)
    network.isUp = true
    next.flush()
    await settle()
    expect(done.map(({ key }) => key)).toEqual(['b', 'd', 'e'])
  })

  it('holds back of one that fails for no reason told only those of its subject', async () => {
    const { store, done, network, tab, settle } = device()
    network.isUp = false
    network.fails.add('a')
    const sophie = { person: 'sophie', store }
    const page = tab()
    await page.open(sophie)
    await page.add(sophie, waiting('a', { subject: 'hand-in 1' }))
    await page.add(sophie, waiting('b', { subject: 'hand-in 1' }))
    await page.add(sophie, waiting('c', { subject: 'hand-in 2' }))
    network.isUp = true
    page.flush()
    await settle()
    expect(done.map(({ key }) => key)).toEqual(['c'])
    network.fails.clear()
    page.flush()
    await settle()
    expect(done.map(({ key }) => key)).toEqual(['c', 'a', 'b'])
  })

  it('sends what was refused again under a new key, where its author asks for it', async () => {
    const { store, done, network, tab, settle, stored } = device()
    network.refuses.add('a')
    const sophie = { person: 'sophie', store }
    const page = tab()
    await page.open(sophie)
    await page.add(sophie, waiting('a'))
    page.flush()
    await settle()
    expect(page.waiting()).toMatchObject([{ key: 'a', refused: { type: 'text-changed' } }])
    await page.sendAgain('a', { key: 'b', keyedAt: '2027-01-16T08:00:00.000Z' })
    await settle()
    expect(done.map(({ key }) => key)).toEqual(['b'])
    expect(await stored()).toEqual({})
  })

  it('neither shows nor sends what was removed while the store was being read', async () => {
    const { store, done, tab, settle } = device()
    const sophie = { person: 'sophie', store }
    let isReading = () => undefined as unknown
    const slow: OutboxStore = {
      ...store,
      read: async () => {
        const stored = await store.read()
        await isReading()
        return stored
      },
    }
    const owner = { ...sophie, store: slow }
    const page = tab()
    await page.open(owner)
    await page.add(owner, waiting('a'))
    isReading = () => page.remove('a')
    page.flush()
    await settle()
    expect([done, page.waiting()]).toEqual([[], []])
  })

  it('says of one just made that it waits only once it could not be sent', async () => {
    const { store, network, tab, settle } = device()
    network.isUp = false
    const sophie = { person: 'sophie', store }
    const page = tab()
    await page.open(sophie)
    await settle()
    for (const key of ['a', 'b']) await page.add(sophie, waiting(key), 'beside', true)
    expect([page.isFresh('a'), page.isFresh('b')]).toEqual([true, true])
    page.flush()
    await settle()
    expect([page.isFresh('a'), page.isFresh('b')]).toEqual([false, false])
  })

  it('moves what an earlier session kept for the tab to where it outlives it', async () => {
    const { store, network, tab } = device()
    network.isUp = false
    const tabOnly = outboxInStorage(memory())
    await tabOnly.update(() => ({ sophie: [waiting('a')], karim: [waiting('b')] }))
    await tab().open({ person: 'sophie', store, others: [tabOnly] })
    expect((await store.read()).sophie).toMatchObject([{ key: 'a' }])
    expect(Object.keys(await tabOnly.read())).toEqual(['karim'])
  })

  it('does everything that was made once, in the order in which it was made, under its author’s name', async () => {
    const act = fc.oneof(
      fc.record({ do: fc.constant('make' as const), tab: fc.nat(1), who: fc.nat(1) }),
      fc.record({ do: fc.constant('network' as const), isUp: fc.boolean() }),
      fc.record({ do: fc.constant('lose' as const), answers: fc.nat(2) }),
      fc.record({ do: fc.constant('reload' as const), tab: fc.nat(1) }),
      fc.record({ do: fc.constant('sign in' as const), who: fc.nat(1) }),
      fc.record({ do: fc.constant('flush' as const), tab: fc.nat(1) }),
    )
    const scene = fc.asyncProperty(fc.array(act, { maxLength: 30 }), async acts => {
      const { store, done, network, tab, settle, stored } = device()
      const people = ['sophie', 'karim'] as const
      const owners = people.map(person => ({ person, store }))
      let who = 0
      const tabs = [tab(), tab()]
      for (const page of tabs) await page.open(owners[who])
      const all: { key: string; by: string }[] = []
      for (const one of acts) {
        const page = 'tab' in one ? tabs[one.tab] : undefined
        if (one.do === 'make' && page) {
          const key = `k${all.length}`
          all.push({ key, by: people[who] as string })
          await page.add(owners[who] as (typeof owners)[number], waiting(key))
        } else if (one.do === 'network') network.isUp = one.isUp
        else if (one.do === 'lose') network.losesAnswers = one.answers
        else if (one.do === 'reload') {
          tabs[one.tab] = tab()
          await tabs[one.tab]?.open(owners[who])
        } else if (one.do === 'sign in') {
          who = one.who
          network.cookie = people[who] as string
          for (const each of tabs) await each.open(owners[who])
        } else if (one.do === 'flush') page?.flush()
      }
      network.isUp = true
      network.losesAnswers = 0
      for (const next of [0, 1]) {
        network.cookie = people[next] as string
        for (const each of tabs) await each.open(owners[next])
        await settle()
        for (const each of tabs) each.flush()
        await settle()
      }
      expect(await stored()).toEqual({})
      expect([...done].sort((a, b) => (a.key < b.key ? -1 : 1))).toEqual(
        [...all].sort((a, b) => (a.key < b.key ? -1 : 1)),
      )
      for (const person of people)
        expect(done.filter(({ by }) => by === person)).toEqual(all.filter(({ by }) => by === person))
    })
    await assertProperty(scene, { short: 200, long: 5_000 })
  })

  it('loses nothing of what was refused, replaced, sent again or removed, whatever tabs and sessions there were', async () => {
    const tabOf = { tab: fc.nat(1) }
    const act = fc.oneof(
      fc.record({ do: fc.constant('make' as const), ...tabOf, subject: fc.nat(2), lasts: fc.boolean(), is: fc.nat(4) }),
      fc.record({ do: fc.constant('network' as const), isUp: fc.boolean() }),
      fc.record({ do: fc.constant('lose' as const), answers: fc.nat(2) }),
      fc.record({ do: fc.constant('reload' as const), ...tabOf }),
      fc.record({ do: fc.constant('sign in' as const), who: fc.nat(1) }),
      fc.record({ do: fc.constant('flush' as const), ...tabOf }),
      fc.record({ do: fc.constant('send again' as const), ...tabOf }),
      fc.record({ do: fc.constant('remove' as const), ...tabOf }),
    )
    const scene = fc.asyncProperty(fc.array(act, { maxLength: 30 }), async acts => {
      const { store, done, network, tab, settle, stored } = device()
      const people = ['sophie', 'karim'] as const
      const owners = people.map(person => ({ person, store }))
      type Owner = (typeof owners)[number]
      let who = 0
      const owner = () => owners[who] as Owner
      const tabs = [tab(), tab()]
      for (const page of tabs) await page.open(owner())
      /** What was made, under the key that it has now, until a later one takes its place or its author removes it. */
      let all: { key: string; by: string; subject: string }[] = []
      const isAgain = new Set<string>()
      let keys = 0
      for (const one of acts) {
        const page = 'tab' in one ? (tabs[one.tab] as (typeof tabs)[number]) : undefined
        const refused = page?.waiting().find(each => each.refused)
        if (one.do === 'make' && page) {
          const [key, by] = [`k${keys++}`, owner().person]
          const subject = `${one.lasts ? 'task' : 'hand-in'} ${one.subject}`
          if (one.is === 0) network.refuses.add(key)
          if (one.is === 1) network.fails.add(key)
          if (one.lasts) all = all.filter(other => other.subject !== subject || other.by !== by)
          all.push({ key, by, subject })
          await page.add(owner(), waiting(key, { subject }), one.lasts ? 'instead' : 'beside', true)
        } else if (one.do === 'network') network.isUp = one.isUp
        else if (one.do === 'lose') network.losesAnswers = one.answers
        else if (one.do === 'reload') {
          tabs[one.tab] = tab()
          await tabs[one.tab]?.open(owner())
        } else if (one.do === 'sign in') {
          who = one.who
          network.cookie = owner().person
          for (const each of tabs) await each.open(owner())
        } else if (one.do === 'flush') page?.flush()
        else if (one.do === 'send again' && page && refused) {
          const key = `k${keys++}`
          // Another tab may have seen to it.
          const isThere = (await stored())[owner().person]?.some(each => each.key === refused.key && each.refused)
          isAgain.add(key)
          if (isThere) all = all.map(each => (each.key === refused.key ? { ...each, key } : each))
          await page.sendAgain(refused.key, { key, keyedAt: refused.at })
        } else if (one.do === 'remove' && page && refused) {
          all = all.filter(({ key }) => key !== refused.key)
          await page.remove(refused.key)
        }
      }
      network.isUp = true
      network.losesAnswers = 0
      network.fails.clear()
      for (const next of [0, 1]) {
        who = next
        network.cookie = owner().person
        for (const each of tabs) await each.open(owner())
        await settle()
        for (const each of tabs) each.flush()
        await settle()
      }
      const left = Object.entries(await stored()).flatMap(([by, own]) => own.map(one => ({ ...one, by })))
      expect(left.every(({ refused }) => refused)).toBe(true)
      for (const { key, by } of all) {
        const [sent, kept] = [done.filter(one => one.key === key), left.filter(one => one.key === key)]
        expect([...sent, ...kept].map(one => one.by)).toEqual([by])
      }
      // Of a subject, what was neither refused nor sent again is done in the order in which it was made.
      const taken = all.filter(({ key }) => done.some(one => one.key === key) && !isAgain.has(key))
      for (const [, alike] of Map.groupBy(taken, ({ by, subject }) => `${by} ${subject}`))
        expect(done.filter(({ key }) => alike.some(one => one.key === key)).map(({ key }) => key)).toEqual(
          alike.map(({ key }) => key),
        )
      expect(new Set(done.map(({ key }) => key)).size).toBe(done.length)
    })
    await assertProperty(scene, { short: 200, long: 5_000 })
  })
})
