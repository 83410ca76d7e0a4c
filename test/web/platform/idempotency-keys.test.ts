import { createStore } from 'idb-keyval'
import { describe, expect, it } from 'vitest'
import { answerLifetime, resendLifetime } from '../../../shared/kernel/idempotency.ts'
import {
  idempotencyKeys,
  type KeyStore,
  keysInDatabase,
  keysInStorage,
  type StoredKeys,
} from '../../../web/platform/idempotency-keys.ts'
import { storage } from './fixture.ts'

/** A device's store, and pages that use it one after the other or at once. */
const device = (store: KeyStore = keysInStorage(storage())) => {
  let now = Date.parse('2026-03-16T08:00:00.000Z')
  return {
    page: (timeout = 1_000) => idempotencyKeys({ now: () => now, timeout }),
    sophie: { person: 'sophie', store },
    marc: { person: 'marc', store },
    store,
    pass: (seconds: number) => {
      now += seconds * 1000
    },
  }
}

const hanging: KeyStore = { update: () => new Promise(() => {}), clear: () => new Promise(() => {}) }

describe('idempotencyKeys()', () => {
  it('returns the same key for a write until it is answered, then another one', async () => {
    const { page, sophie } = device()
    const keys = page()
    const key = await keys.keyOf('sign', sophie)
    expect(key).toMatch(/^.{16,64}$/)
    expect(await keys.keyOf('sign', sophie)).toBe(key)
    await keys.answered('sign', sophie)
    expect(await keys.keyOf('sign', sophie)).not.toBe(key)
  })

  it('returns it also on a page opened later, unless the write was answered', async () => {
    const { page, sophie } = device()
    const key = await page().keyOf('sign', sophie)
    expect(await page().keyOf('sign', sophie)).toBe(key)
    const last = page()
    await last.keyOf('sign', sophie)
    await last.answered('sign', sophie)
    expect(await page().keyOf('sign', sophie)).not.toBe(key)
  })

  it('returns one key for a write that is sent several times at once', async () => {
    const { page, sophie } = device()
    const keys = page()
    expect(new Set(await Promise.all([1, 2, 3].map(() => keys.keyOf('sign', sophie)))).size).toBe(1)
  })

  it('returns another key for another write, and for another person', async () => {
    const { page, sophie, marc } = device()
    const key = await page().keyOf('sign', sophie)
    expect(await page().keyOf('withdraw', sophie)).not.toBe(key)
    expect(await page().keyOf('sign', sophie)).toBe(key)
    expect(await page().keyOf('sign', marc)).not.toBe(key)
    // What one person left behind is gone once another one writes.
    expect(await page().keyOf('sign', sophie)).not.toBe(key)
  })

  it('returns another key after `resendLifetime`, on the same page and on a later one', async () => {
    expect(resendLifetime).toBeLessThan(answerLifetime)
    const { page, sophie, pass } = device()
    const keys = page()
    const key = await keys.keyOf('sign', sophie)
    pass(resendLifetime - 1)
    expect([await keys.keyOf('sign', sophie), await page().keyOf('sign', sophie)]).toEqual([key, key])
    pass(1)
    const later = await page().keyOf('sign', sophie)
    expect(later).not.toBe(key)
    expect(await keys.keyOf('sign', sophie)).toBe(later)
  })

  it('counts `resendLifetime` from the first page that sent the write', async () => {
    const { page, sophie, pass } = device()
    const key = await page().keyOf('sign', sophie)
    pass(resendLifetime - 1)
    const later = page()
    expect(await later.keyOf('sign', sophie)).toBe(key)
    pass(1)
    expect(await later.keyOf('sign', sophie)).not.toBe(key)
  })

  it('drops keys older than `resendLifetime` when it stores another', async () => {
    const kept = storage()
    const { page, sophie, pass } = device(keysInStorage(kept))
    await page().keyOf('sign', sophie)
    pass(resendLifetime)
    await page().keyOf('withdraw', sophie)
    const stored = JSON.parse(kept.getItem('preau.keys') ?? '') as StoredKeys
    expect(Object.keys(stored.sent)).toHaveLength(1)
  })

  it('stores neither address nor body of a write', async () => {
    const kept = storage()
    const { page, sophie } = device(keysInStorage(kept))
    await page().keyOf('POST /api/news {"title":"Sortie au musée"}', sophie)
    expect(kept.getItem('preau.keys')).not.toMatch(/musée|api/)
  })

  it('stores nothing without an owner, and remembers the key as long as the page', async () => {
    const { page } = device()
    const keys = page()
    expect(await keys.keyOf('sign in', undefined)).toBe(await keys.keyOf('sign in', undefined))
    expect(await page().keyOf('sign in', undefined)).not.toBe(await keys.keyOf('sign in', undefined))
  })

  it('clear() deletes all keys, on the page and in the store', async () => {
    const { page, sophie, store } = device()
    const keys = page()
    const key = await keys.keyOf('sign', sophie)
    await keys.clear([store])
    expect(await keys.keyOf('sign', sophie)).not.toBe(key)
    expect(await page().keyOf('sign', sophie)).not.toBe(key)
  })

  it.each([
    ['that is absent', keysInDatabase(() => createStore('preau', 'content'))],
    ['that is full', keysInStorage(storage({ full: true }))],
  ])('remembers keys as long as the page with a store %s', async (_, store) => {
    const { page, sophie } = device(store)
    const keys = page()
    const key = await keys.keyOf('sign', sophie)
    expect(await keys.keyOf('sign', sophie)).toBe(key)
    await keys.answered('sign', sophie)
    expect(await keys.keyOf('sign', sophie)).not.toBe(key)
    await keys.clear([store])
  })

  it('treats a store with invalid content as empty', async () => {
    const kept = storage()
    kept.setItem('preau.keys', '{"person":')
    const { page, sophie } = device(keysInStorage(kept))
    expect(await page().keyOf('sign', sophie)).toBe(await page().keyOf('sign', sophie))
  })

  it('waits for a store that hangs only once, up to the timeout', async () => {
    const { page, sophie } = device(hanging)
    const keys = page(50)
    const began = performance.now()
    const key = await keys.keyOf('sign', sophie)
    expect(performance.now() - began).toBeGreaterThanOrEqual(45)
    const then = performance.now()
    expect(await keys.keyOf('sign', sophie)).toBe(key)
    await keys.answered('sign', sophie)
    expect(await keys.keyOf('sign', sophie)).not.toBe(key)
    await keys.clear([hanging])
    expect(performance.now() - then).toBeLessThan(40)
  })
})
