import { describe, expect, it } from 'vitest'
import { type ProblemType, problems } from '../../../shared/kernel/problem.ts'
import { sessionContract } from '../../../shared/session/contract.ts'
import { send } from '../../../web/platform/client.ts'
import { problem } from './loopback.ts'
import { me, openApi } from './stage.ts'

const { me: read, updateMe: write, signOut } = sessionContract.routes
const key = 'k'.repeat(16)
const change = { body: { language: 'en' as const } }

describe('send()', () => {
  it('gives the reply as declared, and the clock of the API', async () => {
    const date = 'Mon, 16 Mar 2026 08:00:00 GMT'
    const { network, asked } = await openApi(() => ({ status: 200, headers: { date }, body: { ...me, secret: 'x' } }))
    expect(await send(network, read, {})).toEqual({ ok: true, value: { value: me, at: Date.parse(date) } })
    expect(asked).toMatchObject([{ method: 'GET', path: '/api/me', headers: { accept: 'application/json' }, body: '' }])
    expect(asked[0]?.headers['idempotency-key']).toBeUndefined()
  })

  it('takes a reply that is not as declared for a defect', async () => {
    const { network, asked } = await openApi(() => ({ status: 200, body: { person: 'Léa' } }))
    expect(await send(network, read, {})).toEqual({ ok: false, problem: { type: 'unexpected' } })
    expect(asked).toHaveLength(1)
  })

  it('gives nothing where nothing is declared', async () => {
    const { network } = await openApi(() => ({ status: 204 }))
    expect(await send(network, signOut, {}, { key })).toMatchObject({ ok: true, value: { value: undefined } })
  })

  it('sends again, ever later, while the territory is busy, and then says so', async () => {
    const { network, asked, waits } = await openApi(() => problem('unavailable'))
    expect(await send(network, read, {})).toEqual({ ok: false, problem: { type: 'unavailable' } })
    expect(asked).toHaveLength(4)
    expect(waits).toEqual([250, 500, 1000])
  })

  it('waits as long as Retry-After says at least, and gives up where that is long', async () => {
    const patient = await openApi(() => problem('unavailable', { 'retry-after': '3' }))
    await send(patient.network, read, {})
    expect(patient.waits).toEqual([3250, 3500, 4000])
    const shut = await openApi(() => problem('unavailable', { 'retry-after': '60' }))
    expect(await send(shut.network, read, {})).toEqual({ ok: false, problem: { type: 'unavailable', retryAfter: 60 } })
    expect(shut.asked).toHaveLength(1)
  })

  it('does what a busy moment and a broken connection held up, under one key and with one body', async () => {
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

  const refusals = (Object.keys(problems) as ProblemType[]).filter(type => type !== 'unavailable')
  it.each(refusals)('does not repeat a write refused as %s', async type => {
    const { network, asked } = await openApi(() => problem(type, { 'x-request-id': 'r-1' }))
    expect(await send(network, write, change, { key })).toEqual({ ok: false, problem: { type, requestId: 'r-1' } })
    expect(asked).toHaveLength(1)
  })

  it('says that nothing answers when nothing does', async () => {
    const { network, waits, close } = await openApi(() => problem('unexpected'))
    await close()
    expect(await send(network, read, {})).toEqual({ ok: false, problem: { type: 'unreachable' } })
    expect(waits).toHaveLength(3)
  })

  it('does not repeat a poll', async () => {
    const { network, asked } = await openApi(() => problem('unavailable'))
    expect(await send(network, read, {}, { retry: false })).toMatchObject({ ok: false })
    expect(asked).toHaveLength(1)
  })

  it('stops when it is given up, and sends nothing more', async () => {
    const giving = new AbortController()
    const { network, asked } = await openApi(() => {
      giving.abort()
      return problem('unavailable')
    })
    await expect(send(network, read, {}, { signal: giving.signal })).rejects.toMatchObject({ name: 'AbortError' })
    expect(asked).toHaveLength(1)
  })

  it('sends nothing for what was given up before', async () => {
    const { network, asked } = await openApi(() => ({ status: 200, body: me }))
    await expect(send(network, read, {}, { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' })
    expect(asked).toHaveLength(0)
  })
})
