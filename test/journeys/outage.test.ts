import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { audienceId } from '../../functions/directory/audiences.ts'
import { homeContract } from '../../shared/home/contract.ts'
import { edgeMePath } from '../../shared/kernel/board.ts'
import { newsContract } from '../../shared/news/contract.ts'
import { sessionContract } from '../../shared/session/contract.ts'
import { passwordContract } from '../../shared/session/password-contract.ts'
import { readBoard } from '../support/boards.ts'
import { builtAssembly } from '../support/built.ts'
import { eventually, visitor } from '../support/http.ts'
import type { TableFailure } from '../support/meter.ts'
import { type Metered, startMetered } from '../support/metered.ts'
import { password, populate, type Valmont } from '../support/populate.ts'
import { timeoutMs } from '../support/timeout.ts'
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
      read: () => sophie.ask(homeContract.routes.state),
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
  it('leaves readers their boards, on a device that holds nothing, and makes writes fail with a 5xx', async () => {
    const { publish } = newsContract.routes
    const audience = audienceId('school', college.uai)
    const marc = await valmont.as('marc')
    const sophie = await valmont.as('sophie')
    const read = () => readBoard(sophie, { uai: college.uai, role: 'guardians', audience })
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
    await eventually(async () => ((await read())?.titles.includes(body.title) ? true : undefined), timeoutMs(15))

    territory.meter.fail('refuses')
    const board = (await read())?.board
    expect(board?.rows[0]).toMatchObject({ title: body.title, opened: { body: body.body } })
    expect((await sophie.get(edgeMePath)).status).toBe(200)
    const write = await marc.ask(publish, { body: { ...body, title: 'Encore' } })
    expect(write.status).toBeGreaterThanOrEqual(500)
  })
})
