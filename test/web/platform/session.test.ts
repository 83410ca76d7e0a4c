import { describe, expect, it } from 'vitest'
import { serverClock } from '../../../web/platform/server-time.ts'
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
    sessionState({ localStore, sessionStore }).open(me, true)
    expect(sessionState({ localStore, sessionStore: storage() }).current()).toEqual({
      state: 'signed-in',
      me,
      personal: true,
    })
    expect(sessionStore.length).toBe(0)
  })

  it('stores a shared device’s session in sessionStorage only', () => {
    const { localStore, sessionStore } = device()
    sessionState({ localStore, sessionStore }).open(me, false)
    expect(sessionState({ localStore, sessionStore }).current()).toEqual({ state: 'signed-in', me, personal: false })
    expect(localStore.length).toBe(0)
  })

  it('deletes the stored session of the person before, and at sign-out', () => {
    const { localStore, sessionStore } = device()
    const store = sessionState({ localStore, sessionStore })
    store.open(me, true)
    store.open(me, false)
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
    store.open(me, true)
    expect(store.current()).toEqual({ state: 'signed-in', me, personal: true })
  })

  it.each([
    ['right', 0],
    ['an hour slow', -60 * minute],
    ['a day fast', 24 * 60 * minute],
  ])('finds the token stale when it ends, by a clock that is %s', (_, off) => {
    let clock = now + off
    const server = serverClock({ now: () => clock, storage: storage() })
    server.note(new Headers({ date: new Date(now).toUTCString() }))
    const store = sessionState(device())
    store.open(me, true)
    clock += 14 * minute
    expect(store.stale(server.now())).toBe(false)
    clock += minute
    expect(store.stale(server.now())).toBe(true)
  })

  it('finds no token stale when nobody is signed in', () => {
    expect(sessionState(device()).stale(now)).toBe(false)
  })

  it('opens the session of somebody whom only the edge knows without storing it', () => {
    const { localStore, sessionStore } = device()
    const store = sessionState({ localStore, sessionStore })
    store.openReader(me)
    expect(store.current()).toEqual({ state: 'signed-in', me, personal: false, isReader: true })
    expect([localStore.length, sessionStore.length]).toEqual([0, 0])
    store.open(me, false)
    expect(store.current()).toEqual({ state: 'signed-in', me, personal: false })
  })

  it('calls subscribers on every change, until they unsubscribe', () => {
    const store = sessionState(device())
    const heard: string[] = []
    const stop = store.subscribe(() => heard.push(store.current().state))
    store.open(me, true)
    store.close()
    stop()
    store.open(me, true)
    expect(heard).toEqual(['signed-in', 'signed-out'])
  })
})
