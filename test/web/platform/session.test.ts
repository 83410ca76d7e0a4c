import { describe, expect, it } from 'vitest'
import { sessionStore } from '../../../web/platform/session.ts'
import { me, storage } from './stage.ts'

const now = Date.parse('2026-03-16T08:00:00.000Z')
const minute = 60_000
const device = () => ({ lasting: storage(), passing: storage() })

describe('sessionStore()', () => {
  it('knows nothing on a new device', () => {
    expect(sessionStore(device()).current()).toEqual({ state: 'unknown' })
  })

  it('knows whose own device it is at the next visit, and after the tab is closed', () => {
    const { lasting, passing } = device()
    sessionStore({ lasting, passing }).open(me, true, now, now)
    expect(sessionStore({ lasting, passing: storage() }).current()).toEqual({ state: 'signed-in', me, personal: true })
    expect(passing.length).toBe(0)
  })

  it('keeps a shared device’s session in its tab alone', () => {
    const { lasting, passing } = device()
    sessionStore({ lasting, passing }).open(me, false, now, now)
    expect(sessionStore({ lasting, passing }).current()).toEqual({ state: 'signed-in', me, personal: false })
    expect(lasting.length).toBe(0)
  })

  it('leaves nothing of whoever was there before, or signs out', () => {
    const { lasting, passing } = device()
    const store = sessionStore({ lasting, passing })
    store.open(me, true, now, now)
    store.open(me, false, now, now)
    expect(lasting.length).toBe(0)
    store.close()
    expect([store.current(), lasting.length, passing.length]).toEqual([{ state: 'signed-out' }, 0, 0])
  })

  it.each(['', 'x', '{', '{"me":{"person":{}},"personal":true}'])(
    'takes %j kept by another version for nothing',
    text => {
      const { lasting, passing } = device()
      lasting.setItem('preau.me', text)
      expect(sessionStore({ lasting, passing }).current()).toEqual({ state: 'unknown' })
    },
  )

  it('holds the session for as long as the page stands where nothing can be kept', () => {
    const store = sessionStore({ lasting: storage({ full: true }), passing: storage({ full: true }) })
    store.open(me, true, now, now)
    expect(store.current()).toEqual({ state: 'signed-in', me, personal: true })
  })

  it.each([
    ['right', 0],
    ['an hour slow', -60 * minute],
    ['a day fast', 24 * 60 * minute],
  ])('finds the token stale when it ends, by a clock that is %s', (_, off) => {
    const store = sessionStore(device())
    store.open(me, true, now + off, now)
    expect(store.stale(now + off + 14 * minute)).toBe(false)
    expect(store.stale(now + off + 15 * minute)).toBe(true)
  })

  it('finds no token stale when nobody is signed in', () => {
    expect(sessionStore(device()).stale(now)).toBe(false)
  })

  it('tells whoever listens, for as long as they do', () => {
    const store = sessionStore(device())
    const heard: string[] = []
    const stop = store.subscribe(() => heard.push(store.current().state))
    store.open(me, true, now, now)
    store.close()
    stop()
    store.open(me, true, now, now)
    expect(heard).toEqual(['signed-in', 'signed-out'])
  })
})
