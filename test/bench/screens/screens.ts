import { chunks } from '../../../functions/platform/concurrent.ts'
import { type Fixture, fixtureOf } from '../../browser/fixture.ts'
import { screens as listed } from '../../browser/screen-list.ts'
import { assembly } from '../../support/assembly.ts'
import { type Metered, startMetered } from '../../support/metered.ts'
import { placeDocuments } from '../../support/valmont-documents.ts'
import { setAssignments } from '../../support/valmont-hand-ins.ts'
import { publishNews } from '../../support/valmont-news.ts'
import { setWork } from '../../support/valmont-work.ts'
import type { Figure, Part } from '../figure.ts'
import { measureFiles } from './files.ts'
import { copiesEnd, type Opening, openingOf } from './opening.ts'

/**
 * Screens by their names in the list of screens. `isAlike`: what they show is read alike, beside what is private, which they do
 * not wait for: it is counted, without a target.
 */
const measured = [
  ...['home-pupil', 'home-guardian', 'home-teacher'].map(name => ({ name, isAlike: false })),
  ...['work-pupil', 'work-guardian', 'documents-class'].map(name => ({ name, isAlike: true })),
  ...['work-teacher', 'work-piece', 'work-set', 'work-edit'].map(name => ({ name, isAlike: false })),
  ...['hand-in', 'hand-in-receipt', 'hand-in-returned', 'hand-in-guardian', 'collected'].map(name => ({
    name,
    isAlike: false,
  })),
  ...['documents-own', 'documents-folder', 'documents-text', 'documents-trash'].map(name => ({ name, isAlike: false })),
]

const figuresOf = ({ name, isAlike }: (typeof measured)[number], of: Opening): Figure[] => {
  const target = isAlike ? {} : { atMost: 1 }
  return [
    {
      what: `${name}: private requests in turn`,
      value: of.privateInTurn,
      unit: 'requests',
      ...target,
      note: `until it shows what it is for; ${of.requests} requests in all, ${of.bucket} to the bucket, ${of.invocations} invocations`,
    },
    {
      what: `${name}: DynamoDB requests in turn`,
      value: of.dynamoDbInTurn,
      unit: 'requests',
      ...target,
      note: `${of.dynamoDb} in all, ${of.readUnits} read and ${of.writeUnits} write units`,
    },
  ]
}

/** Screens that are measured in one territory: for each the edge's clock goes on, and a token is good there for 15 minutes. */
const atOnce = 5

/** What `work` gives in a territory of its own. `expire`: makes the edge's copies expire. */
const inTerritory = async (
  work: (fixture: Fixture<Metered>, ids: ReadonlyMap<string, string>, expire: () => void) => Promise<readonly Figure[]>,
): Promise<readonly Figure[]> => {
  let ahead = 0
  const fixture = await fixtureOf(startMetered(await assembly(), { edgeNow: () => Date.now() + ahead * 1_000 }))
  try {
    const { valmont } = fixture
    const ids = new Map([
      ...(await publishNews(valmont)),
      ...(await setWork(valmont)),
      ...(await placeDocuments(valmont)),
      ...(await setAssignments(valmont)),
    ])
    return await work(fixture, ids, () => {
      ahead += copiesEnd
    })
  } finally {
    await fixture.close()
  }
}

const openings = (some: readonly (typeof measured)[number][]) =>
  inTerritory(async (fixture, ids, expire) => {
    const figures: Figure[] = []
    for (const one of some) {
      const screen = listed.find(({ name }) => name === one.name)
      if (!screen) throw new Error(`there is no screen ${one.name}`)
      figures.push(...figuresOf(one, await openingOf(fixture, screen, ids, expire)))
    }
    return figures
  })

/**
 * What the screens of Home, work and documents take of the territory, each opened on a device that holds nothing but its
 * session, with no copies at the edge; and what files take of the browser.
 */
export const screens = async (): Promise<readonly Part[]> => {
  const figures: Figure[] = []
  for (const some of chunks(measured, atOnce)) figures.push(...(await openings(some)))
  return [
    { name: 'Screens, each on a device that holds its session and nothing else', figures },
    { name: 'Files in the browser', figures: await inTerritory(measureFiles) },
  ]
}
