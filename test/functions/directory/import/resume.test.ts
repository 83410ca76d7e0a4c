import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Report } from '../../../../functions/directory/import/report.ts'
import { startCommand } from '../../../bin/directory/command.ts'
import { aaf, delivery, guardian, modify, named, otherUai, pupil, remove, school } from './aaf-feed.ts'
import { bulk, day, delta as deltaOf, enrollments, orgs, users } from './oneroster-feed.ts'
import { openStage, type Stage, type Stored } from './stage.ts'
import { openWire } from './wire.ts'

/** Pupils whose guardians come later. */
const awaiting = Array.from({ length: 5 }, (_, place) => pupil(`${390 + place}`, [`${700 + place}`]))

const pupils = Array.from({ length: 30 }, (_, place) => `p${place}`)

/** A OneRoster feed of a school of its own: pupils of one class, each with a guardian, but for the last one's. */
const roster = {
  ...bulk(),
  'orgs.csv': orgs('o1,,,Lycée des Aulnes,school,0990003C,'),
  'users.csv': users(
    ...pupils.map(key => `${key},,,true,o1,student,${key},Zoé,Petit,g${key}`),
    ...pupils.slice(0, -1).map(key => `g${key},,,true,,guardian,g${key},Noé,Petit,`),
  ),
  'enrollments.csv': enrollments(...pupils.map(key => `e${key},,,c1,o1,${key},student`)),
}

let stage: Stage
let wire: Awaited<ReturnType<typeof openWire>>
let before: Map<string, Stored>
beforeAll(async () => {
  stage = await openStage()
  wire = await openWire(stage.database.endpoint)
  await stage.import({ ...delivery(120), [named('Eleve', { part: 1 })]: aaf(awaiting) })
  await stage.import(roster)
  before = await stage.everything()
})
afterAll(async () => {
  await wire.close()
  await stage.close()
})

/** The table as it was before the feed under test. */
const rewind = async (): Promise<void> => {
  await stage.empty()
  const items = [...before.values()]
  for (let at = 0; at < items.length; at += 25)
    await stage.documents.send(
      new BatchWriteCommand({
        RequestItems: { [stage.database.table]: items.slice(at, at + 25).map(Item => ({ PutRequest: { Item } })) },
      }),
    )
}

const start = (path: string) =>
  startCommand(['import', path, '--json', '--table', stage.database.table, '--endpoint', wire.endpoint], {
    cwd: stage.folder,
  })

const toTheEnd = async (path: string): Promise<Report> => {
  wire.expect()
  const { status, out, error } = await start(path).ended
  expect({ status, error }).toEqual({ status: 0, error: '' })
  return JSON.parse(out) as Report
}

/** When somebody left is another time in each run, and goes into their fingerprints: these are left out, of them alone. */
const withoutTimes = (items: Map<string, Stored>) =>
  new Map(
    [...items].map(([key, item]) => {
      if (item.status !== 'suspended' && !item.left && !item.suspended) return [key, item]
      const { suspendedAt: _, left, print: __, rows, ...rest } = item
      return [key, { ...rest, ...(left ? { left: true } : {}), ...(rows ? { rows: Object.keys(rows).sort() } : {}) }]
    }),
  )

// Some leave, some change class or name, and one class goes: then new ones, of a school that is new as well.
const complete = {
  ...delivery(116, key => (Number(key) % 5 === 0 ? { ENTEleveClasses: '1$6e B', givenName: 'Lou' } : undefined)),
  [named('EtabEducNat', { part: 1 })]: aaf([school('2', otherUai, 'E.E.PU$du Lavoir$Valmont')]),
  [named('Eleve', { part: 1 })]: aaf(
    Array.from({ length: 30 }, (_, place) =>
      pupil(`${300 + place}`, [`${500 + place}`], { ENTPersonStructRattach: '2', ENTEleveClasses: '2$CM1' }),
    ),
  ),
}

const inDelta = (category: string) => named(category, { kind: 'Delta', day: 2 })

const delta = {
  [inDelta('Eleve')]: aaf([
    ...Array.from({ length: 60 }, (_, place) => modify('Eleve', `${100 + place}`, { ENTEleveClasses: '1$6e C' })),
    ...Array.from({ length: 5 }, (_, place) => remove('Eleve', `${210 + place}`)),
    ...Array.from({ length: 20 }, (_, place) => pupil(`${400 + place}`, [`${500 + place}`])),
  ]),
  [inDelta('PersRelEleve')]: aaf([
    ...Array.from({ length: 5 }, (_, place) => guardian(`${700 + place}`)),
    ...Array.from({ length: 5 }, (_, place) => remove('PersRelEleve', `${540 + place}`)),
  ]),
}

// Of a class some leave the school, some go to the other class, some change their name, and new ones come with guardians.
const rosterDelta = deltaOf({
  'users.csv': users(
    ...pupils.slice(0, 4).map(key => `${key},tobedeleted,${day},true,o1,student,${key},Zoé,Petit,g${key}`),
    ...pupils.slice(4, 12).map(key => `${key},active,${day},true,o1,student,${key},Zora,Petit,`),
    ...pupils.slice(20, 23).map(key => `g${key},tobedeleted,${day},true,,guardian,g${key},Noé,Petit,`),
    ...['n1', 'n2', 'n3'].map(key => `${key},active,${day},true,o1,student,${key},Lou,Neuf,g${key}`),
    ...['n1', 'n2', 'n3', 'p29'].map(key => `g${key},active,${day},true,,guardian,g${key},Max,Neuf,`),
  ),
  'enrollments.csv': enrollments(
    ...pupils.slice(10, 20).map(key => `e${key},tobedeleted,${day},c1,o1,${key},student`),
    ...pupils.slice(10, 20).map(key => `f${key},active,${day},c2,o1,${key},student`),
  ),
})

describe('npm run directory -- import, killed at any of its writes and started again', () => {
  test.each([
    { format: 'AAF', mode: 'complete', files: complete, shares: [0.2, 0.4, 0.6, 0.8] },
    { format: 'AAF', mode: 'delta', files: delta, shares: [0.2, 0.4, 0.6, 0.8] },
    { format: 'OneRoster', mode: 'delta', files: rosterDelta, shares: [0.5] },
  ])('ends where an import never killed ends: a $mode $format feed', async ({ mode, files, shares }) => {
    const path = await stage.feed(files)
    await rewind()
    const { people, feed, findings } = await toTheEnd(path)
    expect({ mode: feed.mode, findings }).toEqual({ mode, findings: [] })
    for (const count of [people.added, people.changed, people.suspended]) expect(count).toBeGreaterThan(0)
    const { writes } = wire
    const whole = withoutTimes(await stage.everything())
    expect(whole).not.toEqual(withoutTimes(before))

    const cuts = [1, ...shares.map(share => Math.round(writes * share)), writes]
    for (const [place, write] of cuts.entries()) {
      await rewind()
      const child = start(path)
      wire.expect({ write, after: place % 2 === 1, cut: child.kill })
      expect(await child.ended).toMatchObject({ status: null, out: '' })
      await toTheEnd(path)
      expect(withoutTimes(await stage.everything())).toEqual(whole)
    }
    expect(await toTheEnd(path)).toMatchObject({ written: 0 })
    expect(wire.writes).toBe(0)
  })
})
