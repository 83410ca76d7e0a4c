import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { runs as thorough } from '../../../support/thorough.ts'
import { aaf, delivery, named, pupil, remove, school, source, uai } from './aaf-feed.ts'
import { dying } from './dying.ts'
import type { Stored } from './fixture.ts'
import { openUnattended } from './unattended-fixture.ts'
import { withoutTimes } from './without-times.ts'
import { zipOf } from './zip.ts'

let at: Awaited<ReturnType<typeof openUnattended>>
beforeAll(async () => {
  at = await openUnattended()
})
afterAll(() => at.close())
beforeEach(async () => {
  await at.empty()
  await at.clear()
  at.lines.length = 0
  at.clock.now = new Date('2026-09-01T06:00:00.000Z')
})

const later = (minutes: number) => {
  at.clock.now = new Date(at.clock.now.getTime() + minutes * 60_000)
}

const runs = async () =>
  [...(await at.everything()).values()].filter(item => item.pk === 'IMPORTS' && item.sk.startsWith('RUN#'))

const schoolRuns = async (of = uai) =>
  [...(await at.everything()).values()].filter(item => item.pk === `S#${of}` && item.sk.startsWith('RUN#'))

/** Drops an archive, and has it imported to the end. */
const bring = async (name: string, files: Record<string, string>) => {
  await at.send(at.environment(), await at.drop(`deliveries/${name}`, await zipOf(files)))
  return at.finish(() => at.environment())
}

const isOfRun = ([key]: [string, Stored]) => /^S#[^|]+\|(RUN|CHANGE)#/.test(key)

describe('a delivery dropped into the feeds’ bucket', () => {
  test('is imported as the command imports it', async () => {
    await bring('night one.zip', delivery(40))
    const imported = new Map([...(await at.directory())].filter(one => !isOfRun(one)))
    expect(await runs()).toMatchObject([
      { delivery: 'deliveries/night one.zip', state: 'ended', outcome: 'imported', people: { added: 61 } },
    ])
    expect(await schoolRuns()).toMatchObject([{ source, mode: 'complete', people: { added: 61, changed: 0, left: 0 } }])
    await at.empty()
    await at.import(delivery(40))
    expect(imported).toEqual(await at.directory())
    expect(await at.keys('staged/')).toEqual([])
  })

  test('is imported once, however often and in whatever order its events come', async () => {
    const first = await at.drop('deliveries/1.zip', await zipOf(delivery(10)))
    later(1)
    const second = await at.drop(
      'deliveries/2.zip',
      await zipOf({ [named('Eleve', { kind: 'Delta', day: 2 })]: aaf([remove('Eleve', '109')]) }),
    )
    await at.send(at.environment(), second, first, { Event: 's3:TestEvent', Service: 'Amazon S3' })
    await at.send(at.environment(), first)
    await at.finish(() => at.environment())
    await at.send(at.environment(), second, first)
    await at.finish(() => at.environment())
    expect(await runs()).toMatchObject([
      { delivery: 'deliveries/1.zip', outcome: 'imported', people: { added: 16 } },
      { delivery: 'deliveries/2.zip', outcome: 'imported', people: { suspended: 1 } },
    ])
  })

  test('of loose files is imported once none was added for ten minutes', async () => {
    for (const [name, content] of Object.entries(delivery(4))) {
      await at.send(at.environment(), await at.drop(`deliveries/monday/${name}`, content))
      later(6)
    }
    await at.environment()({ sweep: true })
    expect(await runs()).toEqual([])
    later(5)
    await at.environment()({ sweep: true })
    await at.finish(() => at.environment())
    expect(await runs()).toMatchObject([{ delivery: 'deliveries/monday/', outcome: 'imported', people: { added: 7 } }])
  })

  test('that cannot be read says so in its run, and logs nothing of it', async () => {
    await at.send(at.environment(), await at.drop('deliveries/Zoé.zip', 'no archive'))
    await at.finish(() => at.environment())
    const [run] = await runs()
    expect(run).toMatchObject({ state: 'ended', outcome: 'unreadable' })
    expect(run?.sentence).toMatch(/it is not a ZIP archive that can be read/)
    expect(run?.sentence).not.toMatch(/tmp/)
    expect(at.lines.join()).not.toMatch(/Zoé/)
    expect(at.lines).toContain('ImportsFailed')
  })

  test('leaves messages that are none of its own to the dead-letter queue', async () => {
    const { batchItemFailures } = await at.send(at.environment(), { odd: 'message' })
    expect(batchItemFailures).toHaveLength(1)
  })
})

describe('a school that a delivery would take too much from', () => {
  test('is held, told, and imported once it is confirmed', async () => {
    await bring('1.zip', delivery(40))
    later(24 * 60)
    const smaller = Object.fromEntries(
      Object.entries(delivery(20)).map(([name, content]) => [name.replace('20260901', '20260902'), content]),
    )
    await bring('2.zip', smaller)
    expect(await runs()).toMatchObject([{}, { outcome: 'held', held: [{ uai, reason: 'loses-access' }] }])
    expect(at.lines).toContain('ImportsHeld')
    const [, told] = await schoolRuns()
    expect(told).toMatchObject({ source, delivery: 'deliveries/2.zip', held: { uai }, people: { left: 0 } })
    later(60)
    await at.send(at.environment(), { source, delivery: 'deliveries/2.zip', confirm: [uai] })
    await at.finish(() => at.environment())
    const last = (await schoolRuns()).at(-1)
    expect(last).toMatchObject({ delivery: 'deliveries/2.zip', people: { left: 30 } })
    expect(last).not.toHaveProperty('held')
  })
})

describe('a source that delivered before', () => {
  test('is missed once when a night did not come', async () => {
    await bring('1.zip', delivery(4))
    later(35 * 60)
    await at.environment()({ sweep: true })
    expect(at.lines).not.toContain('ImportsMissed')
    later(2 * 60)
    await at.environment()({ sweep: true })
    await at.environment()({ sweep: true })
    expect(at.lines.filter(line => line === 'ImportsMissed')).toHaveLength(1)
    const missed = async () =>
      [...(await at.everything()).values()].filter(({ sk }) => sk.startsWith('MISSED#')).map(({ at: when }) => when)
    const first = at.now().toISOString()
    expect(await missed()).toEqual([first])
    // What came and stayed away again is another time, and both are remembered.
    await bring('2.zip', delivery(4))
    later(37 * 60)
    await at.environment()({ sweep: true })
    expect(await missed()).toEqual([first, at.now().toISOString()])
  })
})

const change = {
  ...delivery(116, key => (Number(key) % 5 === 0 ? { ENTEleveClasses: '1$6e B', givenName: 'Lou' } : undefined)),
  [named('EtabEducNat', { part: 1 })]: aaf([school('2', '0990002B', 'E.E.PU$du Lavoir$Valmont')]),
  [named('Eleve', { part: 1 })]: aaf([
    ...Array.from({ length: 30 }, (_, place) =>
      pupil(`${300 + place}`, [`${500 + place}`], { ENTPersonStructRattach: '2', ENTEleveClasses: '2$CM1' }),
    ),
  ]),
}

/** Writes between two at which it is killed; `npm run prove` kills at each. */
const everyNth = thorough(12, 1)

describe('an import whose step is killed at any of its writes', () => {
  test('goes on where it stopped, and ends where one never killed ends', async () => {
    await bring('1.zip', delivery(120))
    const before = await at.everything()
    const archive = await zipOf(change)
    later(24 * 60)
    const event = await at.drop('deliveries/2.zip', archive)
    const start = at.clock.now

    /** Imports with an environment that dies at its `last`th write; the ones after it live. @returns whether it died. */
    const importKilled = async (last: number, after: boolean): Promise<'lived' | 'died' | 'died before it began'> => {
      await at.restore(before)
      at.clock.now = start
      const client = dying(at.database.endpoint, last, after)
      let died = false
      const doomed = at.environment(client)
      await at.send(doomed, event).catch(() => {
        died = true
      })
      for (let step = 0; step < 10 && !died; step++)
        await at.send(doomed, { wake: true }).catch(() => {
          died = true
        })
      client.destroy()
      const begun = [...(await at.everything()).values()].some(item => item.sk.startsWith('WORK#') && item.began)
      // The lease of the dead one ends, the bucket's event comes again, and the schedule finds what is left.
      later(16)
      await at.send(at.environment(), event)
      await at.environment()({ sweep: true })
      await at.finish(() => at.environment())
      at.clock.now = start
      return died ? (begun ? 'died' : 'died before it began') : 'lived'
    }

    expect(await importKilled(10_000, true)).toBe('lived')
    const whole = await at.directory()
    const [, ran] = await runs()
    for (let last = 1; ; last += everyNth) {
      const ended = await importKilled(last, last % 2 === 0)
      if (ended === 'lived') break
      // One that had not begun begins later, which is told of those who leave.
      const told = ended === 'died' ? (items: Map<string, Stored>) => items : withoutTimes
      const of = async (items: Map<string, Stored>) => told(new Map([...items].filter(one => !isOfRun(one))))
      expect([last, await of(await at.directory())]).toEqual([last, await of(whole)])
      const [, again] = await runs()
      for (const name of ['outcome', 'people', 'groups', 'schools', 'deliveries', 'findings'] as const)
        expect([last, again?.[name]]).toEqual([last, ran?.[name]])
    }
  }, 240_000)
})
