import { fixtureOf } from '../../browser/fixture.ts'
import { screens as listed } from '../../browser/screen-list.ts'
import { assembly } from '../../support/assembly.ts'
import { startMetered } from '../../support/metered.ts'
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

/**
 * What the screens of Home, work and documents take of the territory, each opened on a device that holds nothing but its
 * session, with no copies at the edge; and what files take of the browser.
 */
export const screens = async (): Promise<readonly Part[]> => {
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
    const figures: Figure[] = []
    for (const one of measured) {
      const screen = listed.find(({ name }) => name === one.name)
      if (!screen) throw new Error(`there is no screen ${one.name}`)
      const opening = await openingOf(fixture, screen, ids, () => {
        ahead += copiesEnd
      })
      figures.push(...figuresOf(one, opening))
    }
    return [
      { name: 'Screens, each on a device that holds its session and nothing else', figures },
      { name: 'Files in the browser', figures: await measureFiles(fixture, ids) },
    ]
  } finally {
    await fixture.close()
  }
}
