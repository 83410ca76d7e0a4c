import { describe, expect, it } from 'vitest'
import { sessionState } from '../../../web/platform/session.ts'
import { me, storage } from './fixture.ts'

const now = Date.parse('2026-03-16T08:00:00.000Z')
const minute = 60_000
const device = () => ({ localStore: storage(), sessionStore: storage() })

describe('sessionState()', () => {
  it('is unknown on a new device', () => {
    expect(sessionState(device()).current()).toEqual({ state: 'unknown' })
  })

  it('restores the session of a personal device at the next visit, and after the tab is closed', () => {
    const { localStore, sessionStore } = device()
    sessionState({ localStore, sessionStore }).open(me, true, now, now)
    expect(sessionState({ localStore, sessionStore: storage() }).current()).toEqual({
      state: 'signed-in',
      me,
      personal: true,
    })
    expect(sessionStore.length).toBe(0)
  })

  it('stores a shared device’s session in sessionStorage only', () => {
    const { localStore, sessionStore } = device()
    sessionState({ localStore, sessionStore }).open(me, false, now, now)
    expect(sessionState({ localStore, sessionStore }).current()).toEqual({ state: 'signed-in', me, personal: false })
    expect(localStore.length).toBe(0)
  })

  it('deletes the stored session of the person before, and at sign-out', () => {
    const { localStore, sessionStore } = device()
    const store = sessionState({ localStore, sessionStore })
    store.open(me, true, now, now)
    store.open(me, false, now, now)
    expect(localStore.length).toBe(0)
    store.close()
    expect([store.current(), localStore.length, sessionStore.length]).toEqual([{ state: 'signed-out' }, 0, 0])
  })

  it.each(['', 'x', '{', '{"me":{"person":{}},"personal":true}'])('ignores %j stored by another version', text => {
    const { localStore, sessionStore } = device()
    localStore.setItem('preau.me', text)
    expect(sessionState({ localStore, sessionStore }).current()).toEqual({ state: 'unknown' })
  })

  it('remembers the session as long as the page where storage is full', () => {
    const store = sessionState({ localStore: storage({ full: true }), sessionStore: storage({ full: true }) })
    store.open(me, true, now, now)
    expect(store.current()).toEqual({ state: 'signed-in', me, personal: true })
  })

  it.each([
    ['right', 0],
    ['an hour slow', -60 * minute],
    ['a day fast', 24 * 60 * minute],
  ])('finds the token stale when it ends, by a clock that is %s', (_, off) => {
    const store = sessionState(device())
    store.open(me, true, now + off, now)
    expect(store.stale(now + off + 14 * minute)).toBe(false)
    expect(store.stale(now + off + 15 * minute)).toBe(true)
  })

  it('finds no token stale when nobody is signed in', () => {
    expect(sessionState(device()).stale(now)).toBe(false)
  })

  it('calls subscribers on every change, until they unsubscribe', () => {
    const store = sessionState(device())
    const heard: string[] = []
    const stop = store.subscribe(() => heard.push(store.current().state))
    store.open(me, true, now, now)
    store.close()
    stop()
    store.open(me, true, now, now)
    expect(heard).toEqual(['signed-in', 'signed-out'])
  })
})
