import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Fixture, openFixture } from './fixture.ts'
import { ecole, oneD, parent, twoD } from './two-feeds.ts'

let fixture: Fixture
beforeAll(async () => {
  fixture = await openFixture()
})
afterAll(() => fixture.close())
beforeEach(() => fixture.empty())

const mail = { ...parent, mail: 'noe.legall@example.org' }
const first = oneD({ pupils: { 100: ['500'] }, guardians: { 500: mail } })
const second = twoD({ pupils: { 200: ['501'] }, guardians: { 501: mail } })

/** What is told of an import, but for the time it took. */
const told = async (path: string, dryRun: boolean, confirm: string[] = []) => {
  const { seconds: _, written: __, dryRun: ___, ...report } = await fixture.run(path, { dryRun, confirm })
  return report
}

describe('a dry run of several deliveries', () => {
  it('tells what an import of all of them would do, also whom new sources join, and writes nothing', async () => {
    const path = await fixture.feed({ ...first, ...second })
    const dry = await told(path, true)
    expect(dry).toMatchObject({ joined: 1, people: { added: 3, changed: 1 } })
    expect(await fixture.everything()).toEqual(new Map())
    expect(await told(path, false)).toEqual(dry)
  })

  it('tells it of sources that the territory knows, and of a school that moves from one to the other', async () => {
    await fixture.import(first)
    const moved = Object.fromEntries(Object.entries(first).map(([name, text]) => [name.replace('ONE', 'THREE'), text]))
    const path = await fixture.feed({ ...second, ...moved })
    const before = await fixture.everything()
    const dry = await told(path, true)
    expect(dry.held).toMatchObject([{ uai: ecole, reason: 'another-source' }])
    const confirmed = await told(path, true, [ecole])
    expect(await fixture.everything()).toEqual(before)
    expect(await told(path, false, [ecole])).toEqual(confirmed)
  })
})
