import { describe, expect, type TestContext, test } from 'vitest'
import type { Report } from '../../../../functions/directory/import/report.ts'
import { startCommand } from '../../../bin/directory/command.ts'
import { runs } from '../../../support/thorough.ts'
import { aaf, delivery, guardian, modify, named, otherUai, pupil, remove, school } from './aaf-feed.ts'
import { openFixture } from './fixture.ts'
import { bulk, day, delta as deltaOf, enrollments, orgs, users } from './oneroster-feed.ts'
import { type Cut, openWire } from './wire.ts'
import { withoutTimes } from './without-times.ts'

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

type Ending = Pick<TestContext, 'signal' | 'onTestFinished'>

/** A table of the test's own with a wire before it, and the commands that speak to it: nothing outlives the test. */
const openWired = async ({ signal, onTestFinished }: Ending) => {
  const fixture = await openFixture()
  const wire = await openWire(fixture.database.endpoint)
  onTestFinished(async () => {
    await wire.close()
    await fixture.close()
  })
  await fixture.import({ ...delivery(120), [named('Eleve', { part: 1 })]: aaf(awaiting) })
  await fixture.import(roster)
  const start = (path: string) =>
    startCommand(['import', path, '--json', '--table', fixture.database.table, '--endpoint', wire.endpoint], {
      cwd: fixture.folder,
      signal,
    })
  const toTheEnd = async (path: string): Promise<Report> => {
    wire.expect()
    const { status, out, error } = await start(path).ended
    expect({ status, error }).toEqual({ status: 0, error: '' })
    return JSON.parse(out) as Report
  }
  return { fixture, wire, start, toTheEnd }
}

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

/**
 * Where to cut: at the first write and the last one, and at so many between them, evenly spaced. In turn before the
 * service has the request and after; `npm run prove` does both at each.
 */
const cutsOf = (writes: number, between: number): Omit<Cut, 'cut'>[] => {
  const at = Array.from({ length: between + 2 }, (_, place) => 1 + Math.round((place * (writes - 1)) / (between + 1)))
  return at.flatMap((write, place) => runs([place % 2 === 1], [false, true]).map(after => ({ write, after })))
}

describe('npm run directory -- import, killed at any of its writes and started again', () => {
  test.for([
    { format: 'AAF', mode: 'complete', files: complete, between: runs(2, 20) },
    { format: 'AAF', mode: 'delta', files: delta, between: runs(2, 20) },
    { format: 'OneRoster', mode: 'delta', files: rosterDelta, between: runs(1, 10) },
  ])('ends where an import never killed ends: a $mode $format feed', async ({ mode, files, between }, context) => {
    const { fixture, wire, start, toTheEnd } = await openWired(context)
    const before = await fixture.everything()
    const path = await fixture.feed(files)
    const { people, deliveries, findings } = await toTheEnd(path)
    expect({ mode: deliveries[0]?.mode, findings }).toEqual({ mode, findings: [] })
    for (const count of [people.added, people.changed, people.suspended]) expect(count).toBeGreaterThan(0)
    const { writes } = wire
    const whole = withoutTimes(await fixture.everything())
    expect(whole).not.toEqual(withoutTimes(before))

    for (const { write, after } of cutsOf(writes, between)) {
      await fixture.restore(before)
      const child = start(path)
      wire.expect({ write, after, cut: child.kill })
      expect(await child.ended).toMatchObject({ status: null, out: '' })
      await toTheEnd(path)
      expect(withoutTimes(await fixture.everything())).toEqual(whole)
    }
    expect(await toTheEnd(path)).toMatchObject({ written: 0 })
    expect(wire.writes).toBe(0)
  })
})
