import type { UseStore } from 'idb-keyval'
import { describe, expect, it } from 'vitest'
import { boundedStore } from '../../../web/platform/database.ts'

/** A database that answers when it is told to. */
const slow = () => {
  const waiting: (() => void)[] = []
  const store: UseStore = () =>
    new Promise(resolve => {
      waiting.push(() => resolve('stored' as never))
    })
  const answer = async () => {
    for (const one of waiting.splice(0)) one()
    // As many turns as a promise takes to be handed on.
    await new Promise(resolve => setTimeout(resolve))
  }
  return { store, waiting, answer }
}
const read = (store: UseStore) => store('readonly', () => 'unused')

describe('boundedStore()', () => {
  it('rejects, and does not throw, where there is no database or it is denied', async () => {
    const none = boundedStore(() => {
      throw new ReferenceError('indexedDB is not defined')
    }, 20)
    const denied = boundedStore(
      () => () => {
        throw new DOMException('denied', 'SecurityError')
      },
      20,
    )
    for (const store of [none, denied, none]) {
      const asking = read(store)
      await expect(asking).rejects.toThrow()
    }
  })

  it('rejects what is not answered in time, then everything at once until the database has answered', async () => {
    const { store, waiting, answer } = slow()
    const bounded = boundedStore(() => store, 20)
    await expect(read(bounded)).rejects.toThrow('does not answer')
    await expect(read(bounded)).rejects.toThrow('does not answer')
    expect(waiting, 'the second was not asked of the database').toHaveLength(1)
    await answer()
    const asking = read(bounded)
    await answer()
    expect(await asking).toBe('stored')
  })

  it('gives what the database answers, and what it refuses', async () => {
    const { store, answer } = slow()
    const asking = read(boundedStore(() => store, 1_000))
    await answer()
    expect(await asking).toBe('stored')
    const full: UseStore = () => Promise.reject(new DOMException('full', 'QuotaExceededError'))
    await expect(read(boundedStore(() => full, 1_000))).rejects.toThrow('full')
  })
})
