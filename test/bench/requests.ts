import { setTimeout as pause } from 'node:timers/promises'
import { audienceId } from '../../functions/directory/audiences.ts'
import { randomId } from '../../shared/kernel/ids.ts'
import { newsContract } from '../../shared/news/contract.ts'
import { sessionContract } from '../../shared/session/contract.ts'
import { passwordContract } from '../../shared/session/password-contract.ts'
import { type Visitor, visitor } from '../support/http.ts'
import type { Reading } from '../support/meter.ts'
import type { Metered } from '../support/metered.ts'
import { password, type Valmont } from '../support/populate.ts'
import { classes, college, type Name } from '../support/valmont.ts'
import { type Cost, costOf, figuresOf, quietTime } from './cost.ts'
import type { Part } from './figure.ts'

const { list, publish, read, seen, state } = newsContract.routes

/** Milliseconds in which requests that hit are counted. */
const hitsFor = 1_500

/** Articles that are opened in one visit, and told as seen in one request. */
const ofVisit = 8

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
  /** @param board the state of the board: one that was not asked for before is a miss. */
  const ask = async (someone: Visitor, audience: string, board: string, result: RegExp) => {
    const reply = await someone.ask(list, { params: { audience }, query: { list: board } })
    expectStatus(reply, 200)
    const said = reply.headers.get('x-cache') ?? ''
    if (!result.test(said)) throw new Error(`the edge answered by "${said}" where ${result} was to be measured`)
  }
  const marc = await valmont.as('marc')
  const school = audienceId('school', college.uai)
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
  const publishTo = async (someone: Visitor, audience: string): Promise<string> => {
    const reply = await someone.ask(publish, { body: { ...draft, audiences: [audience] } })
    expectStatus(reply, 201)
    return reply.body.id
  }
  const write = async () => void (await publishTo(helene, families))

  const login = { login: valmont.credentials('sophie').login, password, personalDevice: true }
  const enter = async () =>
    expectStatus(await visitor(territory.url).ask(passwordContract.routes.signIn, { body: login }), 201)
  const look = async () => expectStatus(await sophie.ask(state), 200)
  // Environments have started, and hold the territory's keys, which they read once in five minutes.
  for (const work of [enter, look, write]) await work()
  const signIn = await costOf(territory, times, enter)
  const home = await costOf(territory, times, look)

  const miss = await costOf(territory, readers.length, async place => {
    const [audience = '', reader = sophie] = readers[place] ?? []
    await ask(reader, audience, randomId(13), /^Miss /)
  })
  await pause(quietTime)
  const board = randomId(13)
  await ask(sophie, families, board, /^Miss /)
  territory.meter.read()
  const began = Date.now()
  let hits = 0
  const before = process.cpuUsage()
  while (Date.now() - began < hitsFor) {
    await ask(sophie, families, board, /^Hit /)
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
  // Articles that nobody has opened.
  const fresh: string[] = []
  for (let count = 0; count < 2 * ofVisit; count++) fresh.push(await publishTo(helene, families))
  await pause(quietTime)
  const article = await costOf(territory, ofVisit, async place => {
    const reply = await sophie.ask(read, { params: { audience: families, news: fresh[place] ?? '' } })
    expectStatus(reply, 200)
  })
  const tell = async (news: readonly string[]) => expectStatus(await sophie.ask(seen, { body: { news } }), 200)
  const seeing = await costOf(
    territory,
    ofVisit,
    async place => {
      await tell(fresh.slice(place, place + 1))
      // Each on its own, also for the stream.
      await pause(quietTime / 2)
    },
    { withStream: true },
  )
  const visit = await costOf(territory, 1, () => tell(fresh.slice(ofVisit)), { withStream: true })
  const seeingInVisit = { ...visit, readUnits: visit.readUnits / ofVisit, writeUnits: visit.writeUnits / ofVisit }
  const renewing = await costOf(territory, 5, async () =>
    expectStatus(await sophie.ask(sessionContract.routes.renew), 200),
  )
  const toSchool = await costOf(territory, 5, async () => void (await publishTo(marc, school)))
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
      ...figuresOf('renewal', renewing),
      ...figuresOf('home’s private request', home, { reads: 1 }),
      ...figuresOf('news list, edge miss', miss, { requests: 1 }),
      { what: 'news list, edge hit: DynamoDB requests', value: hit.requests, unit: 'requests', atMost: 0 },
      {
        what: 'news list, edge hit: processor time',
        value: (used.user + used.system) / 1000 / hits,
        unit: 'ms',
        note: `of ${hits}, local edge and this client`,
      },
      ...figuresOf('article, edge miss', article),
      ...figuresOf('seen, one alone, with what follows', seeing, { writes: 5 }),
      ...figuresOf(`seen, an item of ${ofVisit} in one request, with what follows`, seeingInVisit, { writes: 5 }).slice(
        1,
        3,
      ),
      ...figuresOf('publish', both(writes, publishing)).slice(0, 3),
      ...figuresOf('its delivery to readers', both(deliveries, publishing)).slice(0, 3),
      ...figuresOf('publish to a whole school', toSchool, { reads: 5 }).slice(0, 3),
      {
        what: 'publish and delivery: processor time',
        value: publishing.functions,
        unit: 'ms',
        note: 'in functions',
      },
    ],
  }
}
