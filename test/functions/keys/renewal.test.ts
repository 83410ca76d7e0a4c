import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { renewedKeys } from '../../../functions/keys/renewal.ts'
import { newKeys, nextKeys } from '../../../functions/keys/signing-keys.ts'
import { type KeysItem, platformPatterns } from '../../../functions/platform/patterns.ts'
import { openKeys } from '../../../functions/platform/platform.ts'
import { sessionHandler } from '../../../functions/session/handler.ts'
import { passwordHandler } from '../../../functions/session/password.ts'
import { sessionContract } from '../../../shared/session/contract.ts'
import { passwordContract } from '../../../shared/session/password-contract.ts'
import { accepted } from '../../support/accepted.ts'
import { call } from '../../support/call.ts'
import { nothingLeaked } from '../../support/leaked.ts'
import { type Fixture, jar, openFixture, password } from '../session/fixture.ts'

const hour = 3_600_000
const day = 24 * hour

let f: Fixture
beforeAll(async () => {
  f = await openFixture()
})
afterAll(() => f.db.close())

const later = (milliseconds: number) => {
  f.clock.now = new Date(f.clock.now.getTime() + milliseconds)
}
const stored = () => f.items.get(platformPatterns.keys, {})
/** Renews as a deploy does; the functions hold cached keys of before for up to five minutes. */
const renew = async (asked: Parameters<typeof renewedKeys>[1]): Promise<KeysItem> => {
  const next = renewedKeys((await stored()) as KeysItem, asked, f.clock.now)
  if (!next) throw new Error('nothing was renewed')
  await f.items.put(platformPatterns.keys, {}, next)
  return next
}

/** A function as it starts, with its own cache of the keys. */
const started = () => {
  const platform = { ...f.platform, keys: openKeys(f.platform.requests, f.platform.now) }
  const edgeOf = (headers: Record<string, string> | undefined) => (headers ? { headers } : {})
  return {
    signIn: () =>
      call(passwordHandler(platform, nothingLeaked), platform, passwordContract.routes.signIn, {
        body: { login: 'anne.test', password, personalDevice: true },
      }),
    renew: (cookies: readonly string[], headers?: Record<string, string>) =>
      call(sessionHandler(platform), platform, sessionContract.routes.renew, { cookies, ...edgeOf(headers) }),
    me: (edge: string) =>
      call(sessionHandler(platform), platform, sessionContract.routes.me, {
        as: f.school.callers.anne,
        headers: { 'x-preau-edge': edge },
      }),
  }
}

describe('renewedKeys()', () => {
  const now = new Date('2026-11-27T08:00:00.000Z')
  const keys = newKeys(now)

  it('renews what is asked for, once, and keeps the rest', () => {
    const next = renewedKeys(keys, { edge: '2026-11-27' }, now)
    expect(next?.edge).not.toBe(keys.edge)
    expect(next).toMatchObject({ refresh: keys.refresh, signing: keys.signing, boards: keys.boards })
    expect(renewedKeys(next as KeysItem, { edge: '2026-11-27' }, now)).toBeUndefined()
    expect(renewedKeys(next as KeysItem, {}, now)).toBeUndefined()
    expect(renewedKeys(next as KeysItem, { edge: '2026-11-28' }, now)?.edge).not.toBe(next?.edge)
  })

  it('renews signing keys whole', () => {
    const next = renewedKeys(keys, { signing: '2026-11-27' }, now)
    const [before, after] = [keys, next].map(one => one?.signing.map(({ kid }) => kid) ?? [])
    expect(after).toHaveLength(2)
    expect(after?.filter(kid => before?.includes(kid))).toEqual([])
  })

  it('lets the daily rotation forget former secrets whose time is over', () => {
    const next = renewedKeys(keys, { edge: '1', refresh: '1' }, now) as KeysItem
    const names = (at: number) => nextKeys(next, new Date(now.getTime() + at))?.former?.map(({ name }) => name)
    expect(names(2 * hour)).toEqual(['edge', 'refresh'])
    expect(names(2 * day)).toEqual(['refresh'])
    expect(names(32 * day)).toEqual([])
  })
})

describe('the edge’s secret', () => {
  it('is accepted beside the former one, also by a function that cached the keys of before', async () => {
    const old = f.platform.secrets.edge
    const running = started()
    expect((await running.me(old)).status).toBe(200)
    later(11_000)
    const { edge } = await renew({ edge: 'first' })
    for (const secret of [old, edge]) expect((await running.me(secret)).status).toBe(200)
    for (const secret of [old, edge]) expect((await started().me(secret)).status).toBe(200)
    expect((await started().me('guessed')).status).toBe(403)
    expect((await started().me('')).status).toBe(403)
    later(day + 1000)
    expect((await started().me(old)).status).toBe(403)
    expect((await started().me(edge)).status).toBe(200)
    f.platform.secrets.edge = edge
  })

  it('of a leak is refused an hour later, with all before it', async () => {
    const before = f.platform.secrets.edge
    await renew({ edge: 'second' })
    const { edge } = await renew({ edge: 'third', leaked: true })
    later(hour + 1000)
    expect((await started().me(before)).status).toBe(403)
    expect((await started().me(edge)).status).toBe(200)
    f.platform.secrets.edge = edge
  })
})

describe('the refresh secret', () => {
  it('is renewed without anybody noticing: a session goes on by the new one', async () => {
    const cookies = jar(await accepted(started().signIn()))
    const running = started()
    await accepted(running.me(f.platform.secrets.edge))
    later(11_000)
    await renew({ refresh: 'first' })
    const first = jar(await accepted(started().renew(cookies)))
    // A function that cached the keys of before reads them again for a token of the new secret.
    const second = jar(await accepted(running.renew(first)))
    later(32 * day)
    expect((await started().renew(second)).status).toBe(401)
  })

  it('ends sessions that were not renewed since, once its time is over', async () => {
    const cookies = jar(await accepted(started().signIn()))
    await renew({ refresh: 'second' })
    later(29 * day)
    expect((await started().renew(cookies)).status).toBe(200)
  })

  it('of a leak ends every session that was begun with it', async () => {
    const cookies = jar(await accepted(started().signIn()))
    await renew({ refresh: 'third', leaked: true })
    expect((await started().renew(cookies)).status).toBe(401)
    expect((await started().signIn()).status).toBe(201)
  })
})
