import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { personId } from '../../../../functions/directory/identity.ts'
import { type Fixture, openFixture } from './fixture.ts'
import { lines, lookAt } from './look.ts'

let fixture: Fixture
beforeAll(async () => {
  fixture = await openFixture()
})
beforeEach(() => fixture.empty())
afterAll(() => fixture.close())

const look = lookAt(() => fixture, 'sds')

/** A feed of School Data Sync 2.1: a school in a ministry, a college with a department, a class in each. */
const feed = () => ({
  'orgs.csv': `sourcedId,name,type,parentSourcedId\r
10,Lycée du Port,school,40\r
20,Faculté des lettres,college,\r
21,Département de lettres,department,20\r
40,Ministère,ministryOfEducation,\r
`,
  'users.csv': `sourcedId,username,givenName,familyName,password,activeDirectoryMatchId,email,phone,sms\r
1,zpetit,Zoé,Petit,,,,,\r
2,agrand,Ali,Grand,,,,,\r
3,npetit,Noé,Petit,,,,,\r
4,ablanc,Anne,Blanc,,,,,\r
5,mseul,Max,Seul,,,,,\r
`,
  'roles.csv': `userSourcedId,orgSourcedId,role,sessionSourcedId,grade,isPrimary,roleStartDate,roleEndDate\r
1,10,student,S1,10,TRUE,2026-09-01,2027-07-04\r
2,21,student,S1,ps1,TRUE,2026-09-01,2027-07-04\r
4,21,professor,S1,,TRUE,2026-09-01,2027-07-04\r
4,10,teacher,S1,,FALSE,2026-09-01,2027-07-04\r
`,
  'classes.csv': `sourcedId,orgSourcedId,title,sessionSourcedIds,courseSourcedId\r
c1,10,2de 4,S1,k1\r
c2,21,Grec,S1,k2\r
`,
  'enrollments.csv': `classSourcedId,userSourcedId,role\r
c1,1,student\r
c2,2,student\r
c2,4,professor\r
c1,4,teacher\r
`,
  'relationships.csv': `userSourcedId,relationshipUserSourcedId,relationshipRole\r
1,3,guardian\r
2,5,relative\r
`,
})

describe('importFeed() of a School Data Sync feed', () => {
  test('reads schools, classes, people and guardians without a word about statuses', async () => {
    const report = await fixture.import(feed())
    expect(report).toMatchObject({
      deliveries: [{ format: 'sds', mode: 'complete', source: 'sds' }],
      people: { added: 4 },
      groups: { added: 2 },
      schools: { added: 2 },
    })
    expect(lines(report)).toEqual(['left-out relationships.csv:3 5: relative of a pupil is no legal guardian'])
    expect(await look.guardians('1')).toEqual([personId('sds', '3')])
    expect(await look.roles('3')).toEqual(['guardian@10'])
    expect(await look.roles('4')).toEqual(['teacher@10', 'teacher@20'])
    expect(await look.groups('2')).toEqual(['Grec'])
    expect(await fixture.import(feed())).toMatchObject({ written: 0 })
  })

  test('without relationships is told from OneRoster by its header', async () => {
    const { 'relationships.csv': _, ...files } = feed()
    const report = await fixture.import(files)
    expect(report).toMatchObject({ deliveries: [{ format: 'sds' }], people: { added: 3 } })
    expect(lines(report).filter(line => line.startsWith('deviation'))).toEqual([])
  })

  test('is not refused for its own header when strict', async () => {
    const report = await fixture.import(feed(), { strict: true })
    expect(report).toMatchObject({ people: { added: 4 }, groups: { added: 2 } })
  })

  test.each([
    ['relationships.csv', 'relationshipRole', 3],
    ['roles.csv', 'orgSourcedId', 0],
    ['users.csv', 'familyName', 0],
    ['classes.csv', 'title', 4],
  ] as const)('whose %s lacks the column %s refuses that file and reads the others', async (name, column, people) => {
    const report = await fixture.import({ ...feed(), [name]: feed()[name].replace(column, 'other') })
    expect(lines(report)).toContain(`refused ${name}: it has no column ${column}: the whole file is refused`)
    expect(report.people.added).toBe(people)
  })

  test('reports relations of people the feed does not describe, and imports the rest', async () => {
    const report = await fixture.import({
      ...feed(),
      'relationships.csv': `userSourcedId,relationshipUserSourcedId,relationshipRole\n1,3,guardian\n2,99,guardian\n98,5,guardian\n`,
    })
    expect(lines(report)).toEqual([
      'left-out users.csv:3 2: it names a guardian who is not in the feed: the pupil is imported without',
      'left-out users.csv:6 5: a guardian of nobody: no pupil names them. They are kept without access until one does',
    ])
    expect(report.people.added).toBe(4)
  })
})
