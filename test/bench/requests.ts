import { setTimeout as pause } from 'node:timers/promises'
import { audienceId } from '../../functions/directory/audiences.ts'
import { newsContract } from '../../shared/news/contract.ts'
import { passwordContract, sessionContract } from '../../shared/session/contract.ts'
import { accepted } from '../support/accepted.ts'
import { type Visitor, visitor } from '../support/http.ts'
import type { Reading } from '../support/meter.ts'
import type { Metered } from '../support/metered.ts'
import { password, type Valmont } from '../support/populate.ts'
import { classes, college, type Name } from '../support/valmont.ts'
import { childrenCpu } from './cpu.ts'
import type { Figure, Part } from './figure.ts'

const { list, marks, publish } = newsContract.routes

/** How long after a request the stream's functions are done with what it wrote, in milliseconds. */
const quietTime = 2_500

type Cost = Reading & { readonly functions: number; readonly edge: number }

/** What `times` runs of `work` cost, each: requests and units of the table, processor time of functions and edge. */
const costOf = async (territory: Metered, times: number, work: (place: number) => Promise<void>): Promise<Cost> => {
  await pause(quietTime)
  territory.meter.read()
  const before = { functions: childrenCpu().functions, edge: process.cpuUsage() }
  for (let place = 0; place < times; place++) await work(place)
  const edge = process.cpuUsage(before.edge)
  const { requests, operations, readUnits, writeUnits } = territory.meter.read()
  return {
    operations,
    requests: requests / times,
    readUnits: readUnits / times,
    writeUnits: writeUnits / times,
    functions: (childrenCpu().functions - before.functions) / times,
    edge: (edge.user + edge.system) / 1000 / times,
  }
}

const figuresOf = (what: string, cost: Cost, targets: { requests?: number } = {}): Figure[] => [
  {
    what: `${what}: DynamoDB requests`,
    value: cost.requests,
    unit: 'requests',
    ...(targets.requests !== undefined && { atMost: targets.requests }),
    note: Object.keys(cost.operations).sort().join(', '),
  },
  {
    what: `${what}: units`,
    value: cost.readUnits + cost.writeUnits,
    unit: 'units',
    note: `${cost.readUnits.toFixed(1)} to read, ${cost.writeUnits.toFixed(1)} to write`,
  },
  {
    what: `${what}: processor time`,
    value: cost.functions + cost.edge,
    unit: 'ms',
    note: `${cost.functions.toFixed(1)} ms in functions, the rest in the local edge and this client`,
  },
]

const expectStatus = (reply: { status: number; body: unknown }, status: number): void => {
  if (reply.status !== status) throw new Error(`expected ${status}, got ${reply.status}: ${JSON.stringify(reply.body)}`)
}

/** Somebody for every audience there is. */
const readersOfAll = async (valmont: Valmont): Promise<Map<string, Visitor>> => {
  const names: Name[] = ['sophie', 'helene', 'paul', 'ines', 'claire', 'elodie', 'jules']
  const readers = new Map<string, Visitor>()
  for (const name of names) {
    const someone = await valmont.as(name)
    const { body } = await someone.ask(sessionContract.routes.me)
    for (const { id } of body.audiences) readers.set(id, someone)
  }
  return readers
}

/** What the requests people make most cost in processor time and at the table. */
export const requests = async (territory: Metered, valmont: Valmont, { times = 30 } = {}): Promise<Part> => {
  const helene = await valmont.as('helene')
  const sophie = await valmont.as('sophie')
  const readers = [...(await readersOfAll(valmont))]
  const ask = async (someone: Visitor, audience: string, result: RegExp) => {
    const reply = await someone.ask(list, { params: { audience } })
    expectStatus(reply, 200)
    const said = reply.headers.get('x-cache') ?? ''
    if (!result.test(said)) throw new Error(`the edge answered by "${said}" where ${result} was to be measured`)
  }
  const families = audienceId('class-guardians', classes.sixA)
  const draft = {
    ...{
      uai: college.uai,
      title: 'Sortie au musée',
      body: 'Départ à **9 h**, retour à 16 h 30.',
      audiences: [families],
    },
    pinned: false,
    urgent: false,
    notice: 'pupil',
  }
  const write = async () => expectStatus(await helene.ask(publish, { body: draft }), 201)

  const login = { login: valmont.credentials('sophie').login, password, personalDevice: true }
  const enter = async () =>
    expectStatus(await visitor(territory.url).ask(passwordContract.routes.signIn, { body: login }), 201)
  const look = async () => expectStatus(await sophie.ask(marks), 200)
  // Environments have started, and hold the territory's keys, which they read once in five minutes.
  for (const work of [enter, look, write]) await work()
  const signIn = await costOf(territory, times, enter)
  const home = await costOf(territory, times, look)

  // Copies are older than they may be: each list is asked of the origin, as a miss is.
  await pause((list.cache.ttl + list.cache.staleWhileRevalidate) * 1000)
  const miss = await costOf(territory, readers.length, async place => {
    const [audience = '', reader = sophie] = readers[place] ?? []
    await ask(reader, audience, /^(Miss|RefreshHit) /)
  })
  await pause((list.cache.ttl + list.cache.staleWhileRevalidate) * 1000 + quietTime)
  await accepted(sophie.ask(list, { params: { audience: families } }))
  territory.meter.read()
  const began = Date.now()
  let hits = 0
  const before = process.cpuUsage()
  while (Date.now() - began < (list.cache.ttl * 1000) / 2) {
    await ask(sophie, families, /^Hit /)
    hits++
  }
  const used = process.cpuUsage(before)
  const hit = territory.meter.read()

  const writes: Reading[] = []
  const deliveries: Reading[] = []
  const publishing = await costOf(territory, 5, async () => {
    await write()
    writes.push(territory.meter.read())
    await pause(quietTime)
    deliveries.push(territory.meter.read())
  })
  const mean = (of: Reading[], pick: (reading: Reading) => number) =>
    of.reduce((sum, reading) => sum + pick(reading), 0) / of.length
  const both = (of: Reading[], cost: Pick<Cost, 'functions' | 'edge'>): Cost => ({
    ...cost,
    operations: Object.assign({}, ...of.map(reading => reading.operations)),
    requests: mean(of, reading => reading.requests),
    readUnits: mean(of, reading => reading.readUnits),
    writeUnits: mean(of, reading => reading.writeUnits),
  })

  return {
    name: `Requests, mean of ${times} (lists: of ${readers.length} audiences; publishing: of 5)`,
    figures: [
      ...figuresOf('sign-in', signIn),
      ...figuresOf('home’s private request', home, { requests: 1 }),
      ...figuresOf('news list, edge miss', miss, { requests: 1 }),
      { what: 'news list, edge hit: DynamoDB requests', value: hit.requests, unit: 'requests', atMost: 0 },
      {
        what: 'news list, edge hit: processor time',
        value: (used.user + used.system) / 1000 / hits,
        unit: 'ms',
        note: `of ${hits}, local edge and this client`,
      },
      ...figuresOf('publish', both(writes, publishing)).slice(0, 2),
      ...figuresOf('its delivery to readers', both(deliveries, publishing)).slice(0, 2),
      {
        what: 'publish and delivery: processor time',
        value: publishing.functions,
        unit: 'ms',
        note: 'in functions',
      },
    ],
  }
}
