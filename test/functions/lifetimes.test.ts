import { ScanCommand } from '@aws-sdk/client-dynamodb'
import { unmarshall } from '@aws-sdk/util-dynamodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { directoryPatterns } from '../../functions/directory/audiences.ts'
import { directoryHandler } from '../../functions/directory/handler.ts'
import { changePatterns, changesKeptFor } from '../../functions/directory/import/change-patterns.ts'
import { keptFor, runPatterns } from '../../functions/directory/import/runs.ts'
import { idOf as idOfRun } from '../../functions/directory/imports/ids.ts'
import { documentsPatterns } from '../../functions/documents/patterns.ts'
import { refusedFor } from '../../functions/documents/settling.ts'
import { raiseMark } from '../../functions/platform/loss.ts'
import { argsOf, type ItemPattern, type Key, type Pattern } from '../../functions/platform/pattern.ts'
import { accountPatterns } from '../../functions/session/accounts.ts'
import { factorHandler } from '../../functions/session/factor-handler.ts'
import { factorPatterns } from '../../functions/session/factor-patterns.ts'
import { sessionHandler } from '../../functions/session/handler.ts'
import { passwordHandler } from '../../functions/session/password.ts'
import { hashPassword } from '../../functions/session/password-hash.ts'
import { deliveryAccesses } from '../../lib/features.ts'
import { directoryContract } from '../../shared/directory/contract.ts'
import { day, epochSeconds, hour, minute } from '../../shared/kernel/dates.ts'
import { answerLifetime, resendLifetime } from '../../shared/kernel/idempotency.ts'
import { timeId } from '../../shared/kernel/ids.ts'
import { sessionContract } from '../../shared/session/contract.ts'
import { factorContract } from '../../shared/session/factor-contract.ts'
import { passwordContract } from '../../shared/session/password-contract.ts'
import { workContract } from '../../shared/work/contract.ts'
import { functions } from '../features.ts'
import { accepted } from '../support/accepted.ts'
import { call } from '../support/call.ts'
import { openItems } from '../support/items.ts'
import { nothingLeaked } from '../support/leaked.ts'
import { college } from '../support/school.ts'
import { openWork } from '../support/work.ts'
import { openTerritory, type Territory } from './news/territory.ts'
import { jar } from './session/fixture.ts'
import { essay, exercises } from './work/examples.ts'

/**
 * How long everything that ends is kept, in seconds after it was written: what a family finds again after the summer,
 * and what nobody needs any more. `N`, `1` and so on stand for what a key was filled in with.
 */
const lifetimes: Readonly<Record<string, readonly number[]>> = {
  // A school year and its holidays: what was read stays read, what was signed stays signed.
  'ME#{person} NEWS#{audience}': [400 * day],
  // Weeks in which somebody goes on with what they have begun to write, as on a device.
  'ME#{person} DRAFT#{uai}': [60 * day],
  // Weeks for which a device shows what was ticked; the ticks themselves stay.
  'ME#{person} WORK#{week}': [60 * day],
  // As long after a hand-in was last touched; what was handed in stays.
  'ME#{person} HANDIN#{piece}': [60 * day],
  'ME#{person} COLLECTING#{piece}': [60 * day],
  // Until the day for which work is set is over, that of the examples' piece.
  'MINUTES#{uai} D#{day}#{group}#{piece}': [
    (Date.parse('2100-01-05T23:00:00Z') - Date.parse('2026-03-17T07:00:00Z')) / 1000,
  ],
  // A week in which whoever sent it sees why a file was refused.
  'DF#{file} FILE': [7 * day],
  // Longer than a write waits on a device. An hour for the answer of a renewal.
  'I#{person} {key}': [hour, 30 * day],
  // On a personal device until a month without use, on another one for a day's work.
  'A#{person} SESSION#{session}': [12 * hour, 30 * day],
  // As long as a sign-in waits for its second step, and what is set up for its confirmation.
  'A#{person} STEP#{step}': [10 * minute],
  'A#{person} ENROLMENT': [10 * minute],
  // The window a guess is counted in, and one more. An account's failures in a row, and where somebody signed in to it.
  'T#{counter} THROTTLE': [2 * minute, 2 * hour, 90 * day],
  // As long as a token is read with, and the second or the minute up to which it is refused.
  'LOST#{page} {shard}#{hash}': [72 * hour + 1],
  'LOSTMARKS S#{uai}': [72 * hour + minute],
  // The hour a school's losses are counted in, and one more.
  'LOSSES#{uai} HOUR#{hour}': [2 * hour],
  // What imports told, and what was answered; what undoes one (test/functions/directory/import/undo.test.ts).
  'IMPORTS RUN#{run}': [90 * day],
  'S#{uai} RUN#{run}': [90 * day],
  'S#{uai} ANSWER#{run}': [90 * day],
  'S#{uai} FORMER#{run}': [30 * day],
  'S#{uai} HELD#{run}': [30 * day],
  // Until the end its author set.
  'FEED#{audience} F#{pinned}#{publishedAt}#{news}': [3 * day],
  'FEED#{audience} O#{publishedAt}#{news}': [3 * day],
}

const password = 'quatre chevaux sans bride'
let territory: Territory
beforeAll(async () => {
  territory = await openTerritory()
})
afterAll(() => territory.close())

const patterns = [...Object.values(functions).flatMap(one => one.access), ...Object.values(deliveryAccesses)].flatMap(
  access => Object.values(access ?? {}).flat() as Pattern[],
)
const nameOf = ({ pk, sk }: ItemPattern) => `${pk} ${sk}`
const ending = [
  ...new Map(
    patterns
      .filter((pattern): pattern is ItemPattern => 'sk' in pattern && 'expiresAt' in pattern.item._zod.def.shape)
      .map(pattern => [nameOf(pattern), pattern]),
  ).values(),
]

const heldRun = '2026-03-01T00:00:00.000Z aaaaaaaa'

/** What imports leave of a school that was held. */
const confirmHeld = async (items: ReturnType<typeof openItems>, now: Date) => {
  const ends = (seconds: number) => ({ run: heldRun, expiresAt: epochSeconds(now) + seconds })
  const school = { uai: college, run: heldRun }
  await items.put(runPatterns.schoolRun, school, {
    ...ends(keptFor),
    at: heldRun.slice(0, 24),
    delivery: 'deliveries/1.zip',
    source: 'test',
    mode: 'complete',
    people: { added: 0, changed: 0, left: 0 },
    held: { uai: college, name: '', reason: 'loses-access', losses: [], alsoElsewhere: 0 },
    findingCounts: {},
    findings: [],
  })
  await items.put(changePatterns.heldClasses, school, { ...ends(changesKeptFor), classes: [] })
  await items.put(changePatterns.formerSchool, school, {
    ...ends(changesKeptFor),
    at: heldRun.slice(0, 24),
    source: 'test',
    groups: [],
  })
}

/** What everybody does, once: the writes of all that ends. */
const useEverything = async ({ platform, ask, publish, see, idOf, callers, stream, database, clock }: Territory) => {
  const handlers = { password: passwordHandler(platform, nothingLeaked), session: sessionHandler(platform) }
  const lea = idOf('lea')
  const items = openItems(database)
  await items.put(
    accountPatterns.account,
    { person: lea },
    { person: lea, login: 'lea', password: await hashPassword(password) },
  )
  await items.put(accountPatterns.login, { login: 'lea' }, { person: lea })
  const signIn = (body: object) =>
    call(handlers.password, platform, passwordContract.routes.signIn, {
      body: { login: 'lea', password, personalDevice: true, ...body },
    })
  await accepted(signIn({ personalDevice: false }))
  const cookies = jar(await accepted(signIn({})))
  const marc = { person: idOf('marc') }
  await items.put(accountPatterns.account, marc, { ...marc, login: 'marc', password: await hashPassword(password) })
  await items.put(accountPatterns.login, { login: 'marc' }, marc)
  const passkey = {
    id: 'A',
    publicKey: 'A',
    counter: 0,
    host: 'ent.example',
    label: 'A',
    since: clock.now.toISOString(),
  }
  await items.put(factorPatterns.factor, marc, { passkeys: [passkey], recovery: [], version: 1 })
  expect((await signIn({ login: 'marc' })).status).toBe(401)
  const factor = factorHandler(platform)
  await accepted(call(factor, platform, factorContract.routes.challenge, { as: callers.marc }))
  // Last: a right password deletes the counter of its network.
  expect((await signIn({ password: 'cinq chevaux sans bride' })).status).toBe(401)
  await accepted(call(handlers.session, platform, sessionContract.routes.renew, { cookies }))
  const until = new Date(clock.now.getTime() + 3 * day * 1000).toISOString()
  const news = await publish('marc', { notice: 'pupil', until })
  await see('lea', news)
  await accepted(ask('remind', 'marc', { params: { news }, body: { state: 'unseen' } }))
  const draft = { form: '{}', at: clock.now.toISOString() }
  await accepted(ask('keepDraft', 'marc', { params: { uai: college }, body: draft }))
  const work = openWork(platform)
  const set = await accepted(call(work, platform, workContract.routes.set, { as: callers.anne, body: exercises }))
  const ticks = [{ piece: set.body.items[0].id, done: true, at: clock.now.toISOString() }]
  await accepted(call(work, platform, workContract.routes.tick, { as: callers.lea, body: { ticks } }))
  const assigned = await accepted(call(work, platform, workContract.routes.set, { as: callers.anne, body: essay }))
  const params = { piece: assigned.body.items[0].id, pupil: lea, version: timeId(clock.now) }
  const handedIn = { text: 'Un soir d’été.', at: clock.now.toISOString(), sentAt: clock.now.toISOString() }
  const { sendHandIn } = workContract.routes
  await accepted(call(work, platform, sendHandIn, { as: callers.lea, params, body: handedIn }))
  await items.put(
    documentsPatterns.file,
    { file: 'a-file' },
    {
      ...{ id: 'a-file', length: 1, type: 'text/plain', sha256: '', scan: 'waiting', state: 'refused', places: 0 },
      ...{ by: { id: lea, name: '' }, at: clock.now.toISOString(), target: { name: 'a.txt', reserved: 0 } },
      expiresAt: epochSeconds(clock.now) + refusedFor,
    },
  )
  await stream.deliverAll()
  const tom = await items.get(directoryPatterns.person, { person: idOf('tom') })
  await items.put(directoryPatterns.person, { person: idOf('tom') }, { ...tom, audiences: [] })
  await stream.deliverAll()
  await raiseMark(platform.table, college, epochSeconds(clock.now) + 1)
  await confirmHeld(items, clock.now)
  const confirmed = { params: { uai: college, import: idOfRun(heldRun) }, as: callers.nadia }
  await accepted(call(directoryHandler(platform), platform, directoryContract.routes.confirmImport, confirmed))
  const codes = { params: { uai: college }, body: { people: [idOf('tom')] } }
  const issueCodes = directoryContract.routes.issueCodes
  return accepted(call(directoryHandler(platform), platform, issueCodes, { as: callers.nadia, ...codes }))
}

describe('what is stored with an end', () => {
  it('is in the table of lifetimes, every kind of it', () => {
    expect(ending.map(nameOf).sort()).toEqual(Object.keys(lifetimes).sort())
  })

  it('is kept as long as the table of lifetimes says', async () => {
    const { database, clock } = territory
    const issued = await useEverything(territory)
    expect(issued.body.items[0].expiresAt).toBe(new Date(clock.now.getTime() + 60 * day * 1000).toISOString())
    const scanned = await database.client.send(new ScanCommand({ TableName: database.table, ConsistentRead: true }))
    const found = new Map<string, Set<number>>()
    for (const image of scanned.Items ?? []) {
      const item = unmarshall(image) as Key & { expiresAt?: number }
      if (item.expiresAt === undefined) continue
      const pattern = ending.find(one => argsOf(one, item))
      const name = pattern ? nameOf(pattern) : `${item.pk} ${item.sk}`
      found.set(name, (found.get(name) ?? new Set()).add(item.expiresAt - epochSeconds(clock.now)))
    }
    const sorted = [...found].map(([name, seconds]) => [name, [...seconds].sort((a, b) => a - b)])
    expect(Object.fromEntries(sorted)).toEqual(lifetimes)
  })

  it('outlives whatever may be sent again', () => {
    expect(answerLifetime).toBeGreaterThan(resendLifetime)
    expect([answerLifetime, resendLifetime].map(seconds => seconds / day)).toEqual([30, 28])
  })
})
