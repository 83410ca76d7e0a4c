import { Validator } from '@seriousme/openapi-schema-validator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { audienceId } from '../../functions/directory/audiences.ts'
import { contracts } from '../../shared/features.ts'
import { edgeMePath, indexPath } from '../../shared/kernel/board.ts'
import { isWriting } from '../../shared/kernel/route.ts'
import { newsContract } from '../../shared/news/contract.ts'
import { sessionContract } from '../../shared/session/contract.ts'
import { passwordContract } from '../../shared/session/password-contract.ts'
import { builtAssembly } from '../support/built.ts'
import { eventually, type Visitor, visitor } from '../support/http.ts'
import { type Metered, startMetered } from '../support/metered.ts'
import { password, populate, type Valmont } from '../support/populate.ts'
import { timeoutMs } from '../support/timeout.ts'
import { classes, college, ecole, idOf, writeDeparture } from '../support/valmont.ts'

let territory: Metered
let valmont: Valmont
let sophie: Visitor

beforeAll(async () => {
  territory = await startMetered(builtAssembly())
  valmont = await populate(territory)
  sophie = await valmont.as('sophie')
})
afterAll(() => territory?.stop())

const { list, publish } = newsContract.routes
const { activate, signIn, changePassword } = passwordContract.routes
const { me, renew, signOut, devices, updateMe } = sessionContract.routes
const writes = contracts.flatMap(contract => Object.values(contract.routes)).filter(isWriting)

describe('activation', () => {
  it('activates an account by login and code, once', async () => {
    const { login, code } = valmont.credentials('awa')
    const awa = visitor(territory.url)
    const body = { login, code, password, personalDevice: false }
    const first = await awa.ask(activate, { body })
    expect(first.status).toBe(201)
    expect(first.body.children).toMatchObject([{ id: idOf('moussa'), className: '6e B' }])
    const again = await visitor(territory.url).ask(activate, { body })
    expect(again.status).toBe(409)
    expect(again.body.type).toBe('/api/problems/already-activated')
  })

  it.each(['azertyuiop12', 'liverpoolfc1892'])('refuses the password %s, a common and a leaked one', async password => {
    const { login, code } = valmont.credentials('paul')
    const reply = await visitor(territory.url).ask(activate, {
      body: { login, code, password, personalDevice: false },
    })
    expect(reply.body.type).toBe('/api/problems/password-too-common')
  })
})

describe('a guardian of children in two schools', () => {
  it('has one account and the audiences of both', async () => {
    const { body } = await sophie.ask(me)
    expect(body.schools.map((school: { uai: string }) => school.uai).sort()).toEqual([college.uai, ecole.uai])
    for (const group of [classes.sixA, classes.cm1]) {
      const reply = await sophie.ask(list, { params: { audience: audienceId('class-guardians', group) } })
      expect(reply.status).toBe(200)
    }
  })
})

describe('shared reads at the edge', () => {
  const audience = audienceId('class-guardians', classes.cm1)

  it('are answered with a problem document to a client without a session', async () => {
    const reply = await visitor(territory.url).ask(list, { params: { audience } })
    expect(reply.status).toBe(401)
    expect(reply.headers.get('content-type')).toBe('application/problem+json')
    expect(reply.body.type).toBe('/api/problems/signed-out')
  })

  it('may be cached by the edge and by no other cache, also when the edge answers from its copy', async () => {
    const replies = [await sophie.ask(list, { params: { audience } }), await sophie.ask(list, { params: { audience } })]
    const etag = replies[0]?.headers.get('etag') ?? ''
    replies.push(await sophie.ask(list, { params: { audience }, headers: { 'if-none-match': etag } }))
    expect(replies.map(reply => reply.status)).toEqual([200, 200, 304])
    for (const reply of replies) expect(reply.headers.get('cache-control')).toBe('private, no-store')
    expect(replies[1]?.headers.get('x-cache')).toMatch(/Hit/)
  })

  it('are refused to people of another school, also when the edge has a copy', async () => {
    expect((await sophie.ask(list, { params: { audience } })).status).toBe(200)
    const helene = await valmont.as('helene')
    const reply = await helene.ask(list, { params: { audience } })
    expect(reply.status).toBe(403)
    expect(reply.headers.get('x-cache') ?? '').not.toMatch(/^(Hit|RefreshHit)/)
  })
})

describe('every write', () => {
  it.each(writes.map(route => [`${route.method} ${route.path}`, route] as const))(
    'refuses %s from another site',
    async (_, route) => {
      const before = sophie.cookies.size
      const names = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
      const known: Record<string, string> = { news: '0'.repeat(22), uai: college.uai, group: classes.sixA }
      const params = Object.fromEntries(names.map(name => [name, known[name] ?? idOf('awa')])) as never
      for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }]) {
        const reply = await sophie.ask(route, { params, body: route.body ? {} : undefined, headers })
        expect(reply.status).toBe(403)
        expect(reply.body.type).toBe('/api/problems/cross-site')
      }
      expect(sophie.cookies.size).toBe(before)
    },
  )

  it('requires a valid idempotency key', async () => {
    const nadia = await valmont.as('nadia')
    const reply = await nadia.ask(publish, {
      key: 'short',
      headers: {},
      body: { uai: college.uai, title: 'x', body: 'x', audiences: [audienceId('school', college.uai)] },
    })
    expect(reply.status).toBe(400)
  })
})

describe('replies', () => {
  it('have a request id, for reads, writes and refusals', async () => {
    const replies = [
      await sophie.ask(me),
      await sophie.ask(list, { params: { audience: audienceId('school', college.uai) } }),
      await sophie.ask(signIn, { body: { login: 'nobody', password: 'wrong', personalDevice: false } }),
      await visitor(territory.url).ask(me),
    ]
    const ids = replies.map(reply => reply.headers.get('x-request-id'))
    expect(ids.every(Boolean)).toBe(true)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('of /api/openapi.json are a valid OpenAPI 3.1 document of every route', async () => {
    const reply = await visitor(territory.url).get('/api/openapi.json')
    expect(reply.status).toBe(200)
    const checked = await new Validator().validate(reply.body)
    expect(checked.errors).toBeUndefined()
    expect(reply.body.openapi).toMatch(/^3\.1\./)
    for (const { routes } of contracts)
      for (const route of Object.values(routes))
        expect(reply.body.paths[route.path]?.[route.method.toLowerCase()], route.path).toBeDefined()
  })
})

describe('a session', () => {
  it('can be renewed, and ends at sign-out', async () => {
    const ines = await valmont.as('ines')
    expect((await ines.ask(renew)).status).toBe(200)
    expect((await ines.ask(devices)).body.items).toHaveLength(1)
    expect((await ines.ask(signOut)).status).toBe(204)
    expect((await ines.ask(me)).status).toBe(401)
    expect((await ines.ask(renew)).body.type).toBe('/api/problems/session-ended')
  })

  it('ends on all other devices when the password is changed', async () => {
    const phone = await valmont.as('karim')
    const laptop = await valmont.as('karim')
    const next = 'une trompette dans les objets trouvés'
    expect((await laptop.ask(changePassword, { body: { current: password, next } })).status).toBe(200)
    expect((await phone.ask(renew)).body.type).toBe('/api/problems/session-ended')
    expect((await laptop.ask(renew)).status).toBe(200)
  })
})

describe('a person whom an import suspends', () => {
  it('can write nothing from that moment on, and read nothing after the next renewal or some seconds', async () => {
    const elodie = await valmont.as('elodie')
    // A device that does not renew: its token is good for the API for 15 minutes, and for boards for 72 hours,
    // unless the edge is told.
    const phone = await valmont.as('elodie')
    for (const reader of [phone, sophie]) expect((await reader.get(edgeMePath)).status).toBe(200)
    const audience = audienceId('class-guardians', classes.cm1)
    const report = await valmont.importFolder(folder => writeDeparture(folder, 'elodie'))
    expect(report.people.suspended).toBe(1)

    const write = await elodie.ask(updateMe, { body: { language: 'en' } })
    expect(write.status).toBe(401)
    expect(write.body.type).toBe('/api/problems/session-stale')
    const body = { uai: ecole.uai, title: 'x', body: 'x', audiences: [audience], pinned: false, urgent: false }
    expect((await elodie.ask(publish, { body: { ...body, notice: 'none' } })).status).toBeGreaterThanOrEqual(400)
    expect((await elodie.ask(list, { params: { audience } })).status).toBe(200)

    const renewal = await elodie.ask(renew)
    expect(renewal.status).toBe(403)
    expect(renewal.body.type).toBe('/api/problems/account-suspended')
    expect((await elodie.ask(list, { params: { audience } })).status).toBe(401)
    const { login } = valmont.credentials('elodie')
    const refused = await visitor(territory.url).ask(signIn, { body: { login, password, personalDevice: false } })
    expect(refused.body.type).toBe('/api/problems/account-suspended')

    // What the import wrote goes by the stream to the function that publishes losses, and into the store of the edge.
    const index = indexPath(ecole.uai, 'staff')
    for (const path of [edgeMePath, index, me.path, newsContract.routes.mine.path]) {
      const reply = await eventually(async () => {
        const one = await phone.get(path)
        return one.status === 401 ? one : undefined
      }, timeoutMs(30))
      expect(reply.body.type).toBe('/api/problems/session-stale')
    }
    for (const path of [edgeMePath, me.path]) expect((await sophie.get(path)).status).toBe(200)
  })
})
