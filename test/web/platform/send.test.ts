import { describe, expect, it } from 'vitest'
import { contracts } from '../../../shared/features.ts'
import { commonProblems } from '../../../shared/kernel/problem.ts'
import type { Route } from '../../../shared/kernel/route.ts'
import { sessionContract } from '../../../shared/session/contract.ts'
import { send } from '../../../web/platform/client.ts'
import { me, openApi } from './fixture.ts'
import { problem } from './loopback.ts'

const { me: read, updateMe: write, signOut } = sessionContract.routes
const key = 'k'.repeat(16)
const change = { body: { language: 'en' as const } }

describe('send()', () => {
  it('returns the reply parsed with its schema', async () => {
    const { network, asked } = await openApi(() => ({ status: 200, body: { ...me, secret: 'x' } }))
    expect(await send(network, read, {})).toEqual({ ok: true, value: { value: me } })
    expect(asked).toMatchObject([{ method: 'GET', path: '/api/me', headers: { accept: 'application/json' }, body: '' }])
    expect(asked[0]?.headers['idempotency-key']).toBeUndefined()
  })

  it('fails as unexpected where the reply does not match its schema', async () => {
    const { network, asked } = await openApi(() => ({ status: 200, body: { person: 'Léa' } }))
    expect(await send(network, read, {})).toEqual({ ok: false, problem: { type: 'unexpected' } })
    expect(asked).toHaveLength(1)
  })

  it('returns undefined for a route without a reply', async () => {
    const { network } = await openApi(() => ({ status: 204 }))
    expect(await send(network, signOut, {}, { key })).toMatchObject({ ok: true, value: { value: undefined } })
  })

  it('retries with longer and longer waits while the API is unavailable, then fails', async () => {
    const { network, asked, waits } = await openApi(() => problem('unavailable'))
    expect(await send(network, read, {})).toEqual({ ok: false, problem: { type: 'unavailable' } })
    expect(asked).toHaveLength(4)
    expect(waits).toEqual([250, 500, 1000])
  })

  it('waits at least as long as Retry-After says, and gives up where that is long', async () => {
    const patient = await openApi(() => problem('unavailable', { 'retry-after': '3' }))
    await send(patient.network, read, {})
    expect(patient.waits).toEqual([3250, 3500, 4000])
    const shut = await openApi(() => problem('unavailable', { 'retry-after': '60' }))
    expect(await send(shut.network, read, {})).toEqual({ ok: false, problem: { type: 'unavailable', retryAfter: 60 } })
    expect(shut.asked).toHaveLength(1)
  })

  it('retries a write after 503 and a broken connection, with the same key and body', async () => {
    const done = new Map<unknown, string>()
    const answers = [() => problem('unavailable'), () => 'broken' as const]
    const { network, asked } = await openApi(({ headers, body }) => {
      const answer = answers.shift()?.()
      if (answer !== undefined && answer !== 'broken') return answer
      done.set(headers['idempotency-key'], body)
      return answer ?? { status: 200, body: me }
    })
    expect(await send(network, write, change, { key })).toMatchObject({ ok: true })
    expect(asked).toHaveLength(3)
    expect([...done]).toEqual([[key, JSON.stringify(change.body)]])
    expect(new Set(asked.map(({ headers }) => headers['content-type']))).toEqual(new Set(['application/json']))
  })

  const refusals = Object.keys(commonProblems).filter(type => type !== 'unavailable')
  it.each(refusals)('does not repeat a write refused as %s', async type => {
    const { network, asked } = await openApi(() => problem(type, { 'x-request-id': 'r-1' }))
    expect(await send(network, write, change, { key })).toEqual({ ok: false, problem: { type, requestId: 'r-1' } })
    expect(asked).toHaveLength(1)
  })

  const own = contracts.flatMap(({ routes }) =>
    Object.values<Route>(routes).flatMap(route =>
      route.kind === 'write' && !route.params ? (route.problems ?? []).map(type => [type, route] as const) : [],
    ),
  )
  it.each(own)('does not repeat a write refused with its route’s own problem %s', async (type, route) => {
    const { network, asked } = await openApi(() => problem(type))
    expect(await send(network, route, {}, { key })).toEqual({ ok: false, problem: { type } })
    expect(asked).toHaveLength(1)
  })

  it('reads a problem that its route does not declare by its status', async () => {
    const { network } = await openApi(() => problem('nothing-to-sign'))
    expect(await send(network, write, change, { key })).toEqual({ ok: false, problem: { type: 'unexpected' } })
  })

  it('fails as unreachable when there is no server', async () => {
    const { network, waits, close } = await openApi(() => problem('unexpected'))
    await close()
    expect(await send(network, read, {})).toEqual({ ok: false, problem: { type: 'unreachable' } })
    expect(waits).toHaveLength(3)
  })

  it('does not retry with `retry: false`', async () => {
    const { network, asked } = await openApi(() => problem('unavailable'))
    expect(await send(network, read, {}, { retry: false })).toMatchObject({ ok: false })
    expect(asked).toHaveLength(1)
  })

  it('rejects when it is aborted, and sends nothing more', async () => {
    const giving = new AbortController()
    const { network, asked } = await openApi(() => {
      giving.abort()
      return problem('unavailable')
    })
    await expect(send(network, read, {}, { signal: giving.signal })).rejects.toMatchObject({ name: 'AbortError' })
    expect(asked).toHaveLength(1)
  })

  it('sends nothing if it was aborted before', async () => {
    const { network, asked } = await openApi(() => ({ status: 200, body: me }))
    await expect(send(network, read, {}, { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' })
    expect(asked).toHaveLength(0)
  })
})
