import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { audienceId } from '../../functions/directory/audiences.ts'
import { newsContract } from '../../shared/news/contract.ts'
import { passwordContract, sessionContract } from '../../shared/session/contract.ts'
import { builtAssembly } from '../support/built.ts'
import { eventually, visitor } from '../support/http.ts'
import type { TableFailure } from '../support/meter.ts'
import { type Metered, startMetered } from '../support/metered.ts'
import { password, populate, type Valmont } from '../support/populate.ts'
import { college } from '../support/valmont.ts'

let territory: Metered
let valmont: Valmont

beforeAll(async () => {
  territory = await startMetered(builtAssembly())
  valmont = await populate(territory)
})
afterAll(() => territory?.stop())

describe.each<TableFailure>(['hangs', 'throttles'])('a table that %s', how => {
  const problemOf = (reply: { status: number; body: { type?: string } }) => [reply.status, reply.body.type]
  const unavailable = [503, '/api/problems/unavailable']

  it('leaves private reads, renewals and sign-ins answered with a problem, and nothing the worse', async () => {
    const sophie = await valmont.as('sophie')
    const login = { login: valmont.credentials('sophie').login, password, personalDevice: true }
    const tries = {
      read: () => sophie.ask(newsContract.routes.state),
      devices: () => sophie.ask(sessionContract.routes.devices),
      renewal: () => sophie.ask(sessionContract.routes.renew),
      signIn: () => visitor(territory.url).ask(passwordContract.routes.signIn, { body: login }),
    }
    // Environments have started and hold the keys: what follows is asked of a table that fails only now.
    for (const ask of Object.values(tries)) expect((await ask()).status).toBeLessThan(300)
    territory.meter.fail(how)
    try {
      for (const [name, ask] of Object.entries(tries)) {
        const reply = await ask()
        expect([name, ...problemOf(reply)]).toEqual([name, ...unavailable])
        expect(Number(reply.headers.get('retry-after')), name).toBeGreaterThan(0)
      }
    } finally {
      territory.meter.fail(undefined)
    }
    // The edge keeps an error for a second.
    await eventually(async () => ((await tries.read()).status === 200 ? true : undefined))
  })
})

describe('a table that does not answer', () => {
  it('leaves readers the last copy of the news, and makes writes fail with a 5xx', async () => {
    const { list, publish } = newsContract.routes
    const audience = audienceId('school', college.uai)
    const marc = await valmont.as('marc')
    const sophie = await valmont.as('sophie')
    const body = {
      uai: college.uai,
      title: 'Le collège ferme',
      body: 'Les cours continuent ici.',
      audiences: [audience],
      pinned: true,
      urgent: true,
      notice: 'none',
    }
    expect((await marc.ask(publish, { body })).status).toBe(201)
    await eventually(async () => {
      const reply = await sophie.ask(list, { params: { audience } })
      return reply.body.items.length === 1 ? reply : undefined
    })

    territory.meter.cut()
    // Wait until the copy is neither fresh nor served while it is revalidated: only stale-if-error is left.
    const { ttl, staleWhileRevalidate } = list.cache
    await new Promise(resolve => setTimeout(resolve, (ttl + staleWhileRevalidate + 1) * 1000))

    const reply = await sophie.ask(list, { params: { audience } })
    expect(reply.status).toBe(200)
    expect(reply.body.items[0].title).toBe('Le collège ferme')
    const write = await marc.ask(publish, { body: { ...body, title: 'Encore' } })
    expect(write.status).toBeGreaterThanOrEqual(500)
  })
})
