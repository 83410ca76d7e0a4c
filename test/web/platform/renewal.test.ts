import { describe, expect, it } from 'vitest'
import type { Me } from '../../../shared/session/contract.ts'
import { sessionContract } from '../../../shared/session/contract.ts'
import { send } from '../../../web/platform/client.ts'
import { renewal } from '../../../web/platform/renewal.ts'
import { me, openApi, storage } from './fixture.ts'
import { type Answering, problem } from './loopback.ts'

const { renew } = sessionContract.routes

/** Tabs of one browser: pages that share storage, and a lock as the browser keeps one. */
const open = async (answering: Answering, kept = storage()) => {
  const api = await openApi(answering)
  const renewed: Me[] = []
  let before: Promise<unknown> = Promise.resolve()
  const tab = () =>
    renewal({
      exchange: key => send(api.network, renew, {}, { key, retry: false }),
      storage: kept,
      alone: work => {
        const mine = before.then(work)
        before = mine.catch(() => undefined)
        return mine
      },
      now: api.network.now,
      renewed: who => renewed.push(who),
    })
  const keys = () => api.asked.map(({ headers }) => headers['idempotency-key'])
  return { ...api, tab, renewed, keys, kept }
}

/** Answers as given, one after the other, then as one that goes well. */
const inTurn =
  (...answers: ReturnType<Answering>[]): Answering =>
  () =>
    answers.shift() ?? { status: 200, body: me }

describe('renewal()', () => {
  it('renews once for simultaneous calls, in one tab and in another', async () => {
    const { tab, asked, renewed, network } = await open(inTurn())
    const [here, there] = [tab(), tab()]
    const now = network.now()
    expect(await Promise.all([here(now), here(now), there(now)])).toEqual([{ ok: true }, { ok: true }, { ok: true }])
    expect(asked).toHaveLength(1)
    expect(renewed).toEqual([me])
  })

  it('renews again for requests sent since the last renewal', async () => {
    const { tab, network, keys } = await open(inTurn())
    const renewing = tab()
    await renewing(network.now())
    await renewing(network.now())
    expect(new Set(keys()).size).toBe(2)
  })

  it('uses the same key until it is answered, also after the page was closed', async () => {
    const { tab, network, keys, renewed } = await open(inTurn('broken', problem('unavailable')))
    const renewing = tab()
    expect(await renewing(network.now())).toEqual({ ok: false, problem: { type: 'unreachable' } })
    expect(await renewing(network.now())).toEqual({ ok: false, problem: { type: 'unavailable' } })
    expect(await tab()(network.now())).toEqual({ ok: true })
    expect(keys()).toHaveLength(3)
    expect(new Set(keys()).size).toBe(1)
    expect(renewed).toEqual([me])
    await tab()(network.now())
    expect(new Set(keys()).size).toBe(2)
  })

  it('uses another key where the stored one had been answered after all', async () => {
    const { tab, network, keys } = await open(inTurn('broken', problem('idempotency-key-reused')))
    await tab()(network.now())
    expect(await tab()(network.now())).toEqual({ ok: true })
    expect(keys()).toHaveLength(3)
    expect(new Set(keys()).size).toBe(2)
  })

  it('deletes its key when the session has ended', async () => {
    const { tab, network, keys } = await open(inTurn(problem('session-ended')))
    expect(await tab()(network.now())).toEqual({ ok: false, problem: { type: 'session-ended' } })
    await tab()(network.now())
    expect(new Set(keys()).size).toBe(2)
  })

  it('renews on a device whose storage is full', async () => {
    const { tab, network, renewed } = await open(inTurn(), storage({ full: true }))
    expect(await tab()(network.now())).toEqual({ ok: true })
    expect(renewed).toEqual([me])
  })

  it('ignores a time of renewal that lies in the future', async () => {
    const kept = storage()
    const { tab, network, asked } = await open(inTurn(), kept)
    kept.setItem('preau.renewed', String(network.now() + 31_536_000_000))
    expect(await tab()(network.now())).toEqual({ ok: true })
    expect(asked).toHaveLength(1)
  })
})
