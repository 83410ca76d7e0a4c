import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { personId } from '../../../../functions/directory/identity.ts'
import { isTooMuch } from '../../../../functions/directory/import/guard.ts'
import type { Loss } from '../../../../functions/directory/import/standing.ts'
import { aaf, delivery, guardian, named, otherUai, pupil, school, source, teacher, uai } from './aaf-feed.ts'
import { dying } from './dying.ts'
import { type Fixture, openFixture } from './fixture.ts'
import { lines, lookAt } from './look.ts'

let fixture: Fixture
beforeAll(async () => {
  fixture = await openFixture()
})
beforeEach(() => fixture.empty())
afterAll(() => fixture.close())

const look = lookAt(() => fixture, source)

const losses = (report: { readonly held: readonly { readonly uai: string; readonly losses: readonly Loss[] }[] }) =>
  report.held.map(one => [one.uai, ...one.losses.map(({ what, had, lost }) => `${lost} of ${had} ${what}`)])

/** Two schools: `here` and `there` are pupils' keys with their guardians'. */
const twoSchools = (
  here: readonly (readonly [string, readonly string[]])[],
  there: readonly (readonly [string, readonly string[]])[],
  guardians: readonly string[],
) => ({
  [named('EtabEducNat')]: aaf([school(), school('2', otherUai, 'E.E.PU$du Lac$Valmont')]),
  [named('Eleve')]: aaf([
    ...here.map(([key, of]) => pupil(key, of)),
    ...there.map(([key, of]) => pupil(key, of, { ENTPersonStructRattach: '2', ENTEleveClasses: '2$CM1' })),
  ]),
  [named('PersRelEleve')]: aaf(guardians.map(key => guardian(key))),
  [named('PersEducNat')]: aaf([teacher('900')]),
})

const alone = (...keys: string[]) => keys.map(key => [key, []] as const)

describe('isTooMuch()', () => {
  test.each([
    ['a family of five of an école of 42', { what: 'people', had: 42, lost: 5 }, false],
    ['two families of an école of 42', { what: 'people', had: 42, lost: 10 }, true],
    ['two of seven', { what: 'people', had: 7, lost: 2 }, false],
    ['three of seven', { what: 'people', had: 7, lost: 3 }, true],
    ['a tenth of 500', { what: 'people', had: 500, lost: 50 }, false],
    ['more than a tenth of 500', { what: 'people', had: 500, lost: 51 }, true],
    ['the only one there is', { what: 'people', had: 1, lost: 1 }, true],
    ['the class of the only one in a class', { what: 'classes', had: 1, lost: 1 }, false],
    ['the role of every teacher', { what: 'teacher', had: 30, lost: 30 }, true],
    ['the only link of a guardian', { what: 'guardian links', had: 1, lost: 1 }, true],
    ['nothing', { what: 'people', had: 0, lost: 0 }, false],
  ] as const)('weighs %s', (_, loss, held) => {
    expect(isTooMuch(loss)).toBe(held)
  })
})

describe('importFeed() of a complete feed that takes access away', () => {
  test('lets one family leave a small school', async () => {
    await fixture.import(
      twoSchools(
        [
          ['100', ['500']],
          ['101', ['501']],
          ['102', ['502']],
        ],
        [],
        ['500', '501', '502'],
      ),
    )
    const report = await fixture.import(
      twoSchools(
        [
          ['100', ['500']],
          ['101', ['501']],
        ],
        [],
        ['500', '501'],
      ),
    )
    expect(report).toMatchObject({ outcome: 'imported', held: [], people: { suspended: 2 } })
  })

  test('holds a school whose people would all be in no class', async () => {
    await fixture.import(delivery(8))
    const before = await fixture.everything()
    const report = await fixture.import({
      ...delivery(8, () => ({ ENTEleveClasses: '' })),
      [named('PersEducNat')]: aaf([teacher('900', { ENTAuxEnsClassesMatieres: '' })]),
    })
    expect(losses(report)).toEqual([[uai, '9 of 9 classes']])
    expect(report.written).toBe(0)
    expect(await fixture.everything()).toEqual(before)
  })

  test('holds a school whose guardians would lose their children, and lets them keep them', async () => {
    await fixture.import(delivery(8))
    const report = await fixture.import(delivery(8, key => (key === '100' ? undefined : { ENTElevePersRelEleve: '' })))
    expect(losses(report)).toEqual([[uai, '7 of 8 guardian links']])
    expect(await look.person('503')).toMatchObject({ status: 'active', children: [{}, {}] })
  })

  test('holds a school whose teachers would all be something else', async () => {
    const teachers = (code: string) => ({
      ...delivery(40),
      [named('PersEducNat')]: aaf(
        ['900', '901', '902'].map(key =>
          teacher(key, { ENTPersonFonctions: `1$${code}$X$L1300$M`, ENTAuxEnsClassesMatieres: '' }),
        ),
      ),
    })
    await fixture.import(teachers('ENS'))
    expect(losses(await fixture.import(teachers('ADF')))).toEqual([[uai, '3 of 3 teacher']])
  })

  test('lets custody change hands, and does not hold a school for it', async () => {
    await fixture.import(
      twoSchools(
        [
          ['100', ['500']],
          ['101', ['501']],
        ],
        [],
        ['500', '501'],
      ),
    )
    const report = await fixture.import(
      twoSchools(
        [
          ['100', ['501']],
          ['101', ['501']],
        ],
        [],
        ['500', '501'],
      ),
    )
    expect(report.held).toEqual([])
    expect(await look.status('500')).toBe('suspended')
  })

  test('is confirmed school by school', async () => {
    const many = ['100', '101', '102', '103', '104', '105']
    const more = ['200', '201', '202', '203', '204', '205']
    await fixture.import(twoSchools(alone(...many), alone(...more), []))
    const truncated = twoSchools(alone('100', '101'), alone('200', '201'), [])
    const report = await fixture.import(truncated, { confirm: [otherUai] })
    expect(losses(report)).toEqual([[uai, '4 of 7 people']])
    expect([await look.status('105'), await look.status('205')]).toEqual(['active', 'suspended'])
    expect(await fixture.import(truncated, { confirm: [uai] })).toMatchObject({ held: [], people: { suspended: 4 } })
  })

  test('says of a confirmed school that no delivery is about it', async () => {
    const report = await fixture.import(delivery(2), { confirm: ['0999999X'] })
    expect(lines(report)).toEqual(['left-out : the school 0999999X is confirmed, but no delivery is about it'])
  })

  test('in a dry run holds the same and writes nothing', async () => {
    await fixture.import(delivery(8))
    const { dryRun: _, seconds: __, ...dry } = await fixture.import(delivery(2), { dryRun: true })
    const { dryRun: ___, seconds: ____, ...done } = await fixture.import(delivery(2))
    expect(dry).toEqual(done)
    expect(dry).toMatchObject({ outcome: 'held', written: 0 })
  })
})

describe('importFeed() of a held school and its neighbours', () => {
  const before = twoSchools(
    [['10', ['500']], ...alone('11', '12', '13', '14'), ['301', ['501']]],
    [
      ['20', ['500']],
      ['21', []],
      ['22', []],
    ],
    ['500', '501', '502'],
  )

  /** School 1 is truncated; pupil 301 moved to school 2; in school 2, 502 has the custody of 20, and no longer 500. */
  const after = twoSchools(
    [['10', ['500']]],
    [['20', ['502']], ...alone('21', '22'), ['301', ['501']]],
    ['500', '501', '502'],
  )

  test('takes the custody that is lost elsewhere, and gives what another school gives', async () => {
    await fixture.import(before)
    const report = await fixture.import(after)
    expect(losses(report)).toEqual([[uai, '6 of 9 people']])
    expect(await look.person('500')).toMatchObject({
      roles: [{ uai, role: 'guardian' }],
      children: [{ id: personId(source, '10') }],
    })
    expect(await look.roles('502')).toEqual([`guardian@${otherUai}`])
    expect(await look.roles('301')).toEqual([`pupil@${uai}`, `pupil@${otherUai}`])
    expect(await look.roles('501')).toEqual([`guardian@${uai}`, `guardian@${otherUai}`])
    expect(await look.status('14')).toBe('active')
    expect(await fixture.import(after)).toMatchObject({ written: 0 })
  })

  test('names whom else it holds', async () => {
    await fixture.import(before)
    const report = await fixture.import(after)
    expect(report.held).toMatchObject([{ alsoElsewhere: 3 }])
    const held = report.findings.filter(({ reason }) => reason.startsWith('they stay as they were'))
    expect(held.map(({ id, file }) => [id, file?.includes('Eleve_')])).toEqual(
      expect.arrayContaining([
        ['301', true],
        ['500', true],
        ['501', true],
      ]),
    )
  })

  test('ends in what the feed says once it is confirmed', async () => {
    await fixture.import(before)
    await fixture.import(after)
    await fixture.import(after, { confirm: [uai] })
    expect(await look.roles('301')).toEqual([`pupil@${otherUai}`])
    expect(await look.status('14')).toBe('suspended')
    expect(await look.person('500')).toMatchObject({ children: [{ id: personId(source, '10') }] })
  })

  test('takes custody also from a guardian in the held school itself, and gives none there', async () => {
    await fixture.import(
      twoSchools([['10', ['500', '501']], ...alone('11', '12', '13', '14')], [], ['500', '501', '502']),
    )
    await fixture.import(twoSchools([['10', ['500', '502']]], [], ['500', '501', '502']))
    expect(await look.guardians('10')).toEqual([personId(source, '500')])
    expect([await look.status('501'), await look.status('502')]).toEqual(['suspended', undefined])
  })

  test('ends where an import never interrupted ends, wherever it stopped', async () => {
    await fixture.import(before)
    const stored = await fixture.everything()
    const path = await fixture.feed(after)
    await fixture.run(path)
    const whole = await fixture.everything()
    for (const last of [1, 2, 3, 4, 5]) {
      await fixture.restore(stored)
      const client = dying(fixture.database.endpoint, last, last % 2 === 0)
      await fixture.run(path, { client }).catch(error => expect(String(error)).toMatch(/power is cut/))
      client.destroy()
      await fixture.run(path)
      expect(await fixture.everything()).toEqual(whole)
    }
  })
})
