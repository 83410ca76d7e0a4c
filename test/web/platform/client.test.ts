import { describe, expect, it } from 'vitest'
import { sessionContract } from '../../../shared/session/contract.ts'
import { passwordContract } from '../../../shared/session/password-contract.ts'
import { client, send } from '../../../web/platform/client.ts'
import type { Failure } from '../../../web/platform/failure.ts'
import { renewal } from '../../../web/platform/renewal.ts'
import { me, openApi, storage } from './fixture.ts'
import { type Answer, type Asked, problem } from './loopback.ts'

const { me: read, updateMe: write, devices, renew } = sessionContract.routes
const { signIn } = passwordContract.routes
const key = 'k'.repeat(16)
const change = { body: { language: 'en' as const } }
const isRenewal = ({ path }: Asked) => path === renew.path

type Territory = {
  /** How the API answers a renewal; as one that went well if left out. */
  readonly renewing?: (asked: Asked) => Answer | 'broken' | Promise<Answer | 'broken'>
  /** How it refuses a token that has ended. */
  readonly refusing?: string
}

/** A client wired as the app's is, at a territory where its token has ended until it is renewed. */
const open = async ({ renewing, refusing = 'session-stale' }: Territory = {}) => {
  let current = false
  const api = await openApi(async asked => {
    if (isRenewal(asked)) {
      const answer = (await renewing?.(asked)) ?? { status: 200, body: me }
      if (answer !== 'broken' && answer.status === 200) current = true
      return answer
    }
    if (!current && asked.path !== signIn.path) return problem(refusing)
    return { status: 200, body: asked.path === devices.path ? { items: [] } : me }
  })
  const ended: Failure[] = []
  const answered: true[] = []
  const session = { open: true, stale: false }
  const call = client(api.network, {
    open: () => session.open,
    stale: () => session.stale,
    renew: renewal({
      exchange: name => send(api.network, renew, {}, { key: name }),
      storage: storage(),
      alone: work => work(),
      now: api.network.now,
      renewed: () => {
        session.stale = false
      },
    }),
    ended: why => ended.push(why),
    answered: () => answered.push(true),
  })
  const sent = () => api.asked.map(({ method, path }) => `${method} ${path}`)
  return { ...api, call, ended, answered, session, sent }
}

describe('client()', () => {
  it('renews a stale session and repeats the write with its key', async () => {
    const { call, asked, sent, ended } = await open()
    expect(await call(write, change, { key })).toEqual({ ok: true, value: me })
    expect(sent()).toEqual(['PUT /api/me', 'POST /api/session/renewal', 'PUT /api/me'])
    expect(asked.filter(one => !isRenewal(one)).map(({ headers }) => headers['idempotency-key'])).toEqual([key, key])
    expect(ended).toEqual([])
  })

  it('tells that the browser sends the session’s cookies once a request of somebody signed in is answered', async () => {
    const { call, answered } = await open({ renewing: () => problem('session-ended') })
    await call(read, {})
    expect(answered).toEqual([])
    const other = await open()
    await other.call(read, {})
    expect(other.answered).toEqual([true])
  })

  it('renews once for all requests that find the session stale at the same time', async () => {
    const { call, asked } = await open()
    const replies = await Promise.all([call(read, {}), call(devices, {}), call(write, change, { key }), call(read, {})])
    expect(replies.every(({ ok }) => ok)).toBe(true)
    expect(asked.filter(isRenewal)).toHaveLength(1)
    expect(asked).toHaveLength(9)
  })

  it('renews once also for a request sent before the renewal and refused after it', async () => {
    let release = () => {}
    const held = new Promise<void>(resolve => {
      release = resolve
    })
    let renewals = 0
    const { network } = await openApi(async asked => {
      if (isRenewal(asked)) {
        renewals++
        return { status: 200, body: me }
      }
      if (asked.path === devices.path && renewals < 2) {
        const late = renewals === 0
        await held
        return late ? problem('session-stale') : { status: 200, body: { items: [] } }
      }
      return renewals === 0 ? problem('session-stale') : { status: 200, body: me }
    })
    const renewing = renewal({
      exchange: name => send(network, renew, {}, { key: name }),
      storage: storage(),
      alone: work => work(),
      now: network.now,
      renewed: () => undefined,
    })
    const call = client(network, {
      open: () => true,
      stale: () => false,
      renew: renewing,
      ended: () => undefined,
      answered: () => undefined,
    })
    const slow = call(devices, {})
    await call(read, {})
    release()
    expect(await slow).toEqual({ ok: true, value: { items: [] } })
    expect(renewals).toBe(1)
  })

  it('renews before the request when the token is known to have ended', async () => {
    const { call, session, sent } = await open()
    session.stale = true
    expect(await call(read, {})).toMatchObject({ ok: true })
    expect(sent()).toEqual(['POST /api/session/renewal', 'GET /api/me'])
  })

  it('renews a token that is refused as signed out, since its signing key may have been retired', async () => {
    const { call, ended } = await open({ refusing: 'signed-out' })
    expect(await call(read, {})).toMatchObject({ ok: true })
    expect(ended).toEqual([])
  })

  it('renews once more, a little later, a token that was renewed in the second of a loss of access', async () => {
    for (const [lasting, outcome] of [
      [2, { ok: true }],
      [3, { ok: false, problem: { type: 'session-stale' } }],
    ] as const) {
      let renewals = 0
      const { network, waits } = await openApi(() =>
        renewals < lasting ? problem('session-stale') : { status: 200, body: me },
      )
      const ended: Failure[] = []
      const call = client(network, {
        open: () => true,
        stale: () => false,
        renew: async () => {
          renewals++
          return { ok: true, value: undefined } as const
        },
        ended: why => ended.push(why),
        answered: () => undefined,
      })
      expect(await call(read, {})).toMatchObject(outcome)
      expect([renewals, waits, ended]).toEqual([2, [2_000], []])
    }
  })

  it.each(['session-ended', 'account-suspended'] as const)(
    'ends the session when the renewal is refused as %s',
    async type => {
      const { call, ended, sent } = await open({ renewing: () => problem(type) })
      expect(await call(write, change, { key })).toEqual({ ok: false, problem: { type } })
      expect(ended).toEqual([{ type }])
      expect(sent()).toEqual(['PUT /api/me', 'POST /api/session/renewal'])
    },
  )

  it.each([
    ['unavailable', () => problem('unavailable')],
    ['unreachable', () => 'broken' as const],
  ])('does not end the session when the renewal is %s', async (type, renewing) => {
    const { call, ended } = await open({ renewing })
    expect(await call(read, {})).toEqual({ ok: false, problem: { type } })
    expect(ended).toEqual([])
  })

  it('ends the session when the request is refused after a renewal, without another one', async () => {
    const { network, asked } = await openApi(one =>
      isRenewal(one) ? { status: 200, body: me } : problem('session-ended'),
    )
    const ended: Failure[] = []
    const call = client(network, {
      open: () => true,
      stale: () => true,
      renew: async () => ({ ok: true, value: undefined }) as const,
      ended: why => ended.push(why),
      answered: () => undefined,
    })
    expect(await call(read, {})).toEqual({ ok: false, problem: { type: 'session-ended' } })
    expect(ended).toEqual([{ type: 'session-ended' }])
    expect(asked).toHaveLength(1)
  })

  it('does not renew for routes open to anyone, nor with nobody signed in', async () => {
    const { call, session, sent } = await open()
    session.stale = true
    expect(await call(signIn, { body: { login: 'lea', password: 'x', personalDevice: false } }, { key })).toMatchObject(
      {
        ok: true,
      },
    )
    session.open = false
    expect(await call(read, {})).toEqual({ ok: false, problem: { type: 'session-stale' } })
    expect(sent()).toEqual(['POST /api/session', 'GET /api/me'])
  })
})
