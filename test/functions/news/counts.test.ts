import { DeleteItemCommand } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { directoryPatterns } from '../../../functions/directory/audiences.ts'
import { sizesOf } from '../../../functions/directory/sizes.ts'
import { countPatterns } from '../../../functions/news/counting/patterns.ts'
import { sortName } from '../../../shared/kernel/names.ts'
import { roles } from '../../../shared/kernel/role.ts'
import type { NewsDraft } from '../../../shared/news/draft.ts'
import type { PublishedNews } from '../../../shared/news/shapes.ts'
import { accepted } from '../../support/accepted.ts'
import { putAll } from '../../support/dynamodb.ts'
import { openItems } from '../../support/items.ts'
import { audience, college, groups } from '../../support/school.ts'
import { draftOf, openTerritory, type Territory } from './territory.ts'

let t: Territory
beforeAll(async () => {
  t = await openTerritory()
  await count()
})
afterAll(() => t.close())

const items = () => openItems(t.database)
const [sixA, sixB] = [groups.sixA, groups.sixB].map(({ id }) => audience('class', id)) as [string, string]
const families = audience('class-guardians', groups.sixA.id)

/** Counts the collège as its import does. */
const count = async () => {
  const { schoolMembers, sizes } = directoryPatterns
  const rows = await Promise.all(roles.map(role => t.platform.table.all(schoolMembers, { uai: college, role })))
  await items().put(sizes, { uai: college }, sizesOf(rows.flat()))
}

/** Moves a pupil from one class to another, in the rosters that an import would write. */
const move = async (who: string, from: string, to: { id: string; name: string }) => {
  const person = t.idOf(who)
  const classes = [{ id: to.id, name: to.name, kind: 'class' as const }]
  const { groupMembers, schoolMembers } = directoryPatterns
  const inClass = await t.platform.table.all(groupMembers, { group: from, role: 'pupil' })
  const inSchool = await t.platform.table.all(schoolMembers, { uai: college, role: 'pupil' })
  const [one, other] = [inClass, inSchool].map(rows => rows.find(row => row.person === person))
  if (!one || !other) throw new Error(`${who} is no pupil of ${from}`)
  const sk = `M#pupil#${sortName(one)}#${person}`
  await t.database.client.send(
    new DeleteItemCommand({ TableName: t.database.table, Key: { pk: { S: `G#${from}` }, sk: { S: sk } } }),
  )
  await putAll(t.database, [
    { ...one, classes, pk: `G#${to.id}`, sk },
    { ...other, classes, pk: `S#${college}`, sk },
  ])
}

/** What `work` does while the rosters that an import would write name somebody as no guardian of a class, nor of its school. */
const withoutGuardian = async (who: string, group: string, work: () => Promise<void>) => {
  const { groupMembers, schoolMembers } = directoryPatterns
  const rosters = [
    [`G#${group}`, await t.platform.table.all(groupMembers, { group, role: 'guardian' })],
    [`S#${college}`, await t.platform.table.all(schoolMembers, { uai: college, role: 'guardian' })],
  ] as const
  const rows = rosters.map(([pk, all]) => {
    const row = all.find(({ person }) => person === t.idOf(who))
    if (!row) throw new Error(`${who} is no guardian in ${pk}`)
    return { ...row, pk, sk: `M#guardian#${sortName(row)}#${row.person}` }
  })
  for (const { pk, sk } of rows)
    await t.database.client.send(
      new DeleteItemCommand({ TableName: t.database.table, Key: { pk: { S: pk }, sk: { S: sk } } }),
    )
  await work()
  await putAll(t.database, rows)
}

type Counts = Pick<PublishedNews, 'people' | 'signers' | 'seen' | 'signed'>
const countsOf = ({ people, signers, seen, signed }: Counts): Counts => ({ people, signers, seen, signed })

/** What the author's list, the publication itself and its readers say; throws if they differ. */
const counts = async (news: string): Promise<Counts> => {
  await t.stream.deliverToTheEnd()
  const listed = (await accepted(t.ask('ofSchool', 'marc', { params: { uai: college } }))).body.items
  const edited = (await accepted(t.ask('edited', 'marc', { params: { news } }))).body
  const readers = (await accepted(t.ask('readers', 'marc', { params: { news }, query: { state: 'all' } }))).body
  const found = countsOf(listed.find(({ id }: PublishedNews) => id === news))
  expect(countsOf(edited)).toEqual(found)
  expect(countsOf(readers.counts)).toEqual(found)
  return found
}

describe('the counts of a publication', () => {
  it('are one truth in lists and readers, also after people have left and come', async () => {
    const news = await t.publish('marc', { audiences: [sixA] })
    expect(await counts(news)).toEqual({ people: 1, signers: 0, seen: 0, signed: 0 })
    await t.see('lea', news)
    expect(await counts(news)).toMatchObject({ people: 1, seen: 1 })
    await move('tom', groups.sixB.id, groups.sixA)
    await count()
    expect(await counts(news)).toMatchObject({ people: 2, seen: 1 })
    await move('lea', groups.sixA.id, groups.sixB)
    await count()
    expect(await counts(news)).toMatchObject({ people: 1, seen: 0 })
    await t.see('tom', news).catch(() => undefined)
    await move('lea', groups.sixB.id, groups.sixA)
    await move('tom', groups.sixA.id, groups.sixB)
    await count()
    expect(await counts(news)).toMatchObject({ people: 1, seen: 1 })
  })

  it('count a signature where its signer belongs to the audience still, and not while they do not', async () => {
    const of = [audience('class-guardians', groups.sixA.id)]
    const news = await t.publish('marc', { audiences: of, notice: 'guardian' })
    const before = await counts(news)
    await accepted(t.ask('sign', 'sophie', { params: { news }, body: {} }))
    await t.stream.deliverAll()
    expect(await counts(news)).toEqual({ ...before, signed: 1, seen: 1 })
    await withoutGuardian('sophie', groups.sixA.id, async () => {
      await count()
      expect(await counts(news)).toMatchObject({ signers: before.signers - 1, signed: 0 })
    })
    await count()
    expect(await counts(news)).toMatchObject({ signers: before.signers, signed: 1 })
  })

  it('are one truth after the audiences were changed', async () => {
    const news = await t.publish('marc', { audiences: [sixA] })
    await t.see('lea', news)
    const edit = async (draft: Partial<NewsDraft>) => {
      const { version } = (await accepted(t.ask('edited', 'marc', { params: { news } }))).body
      await accepted(t.ask('edit', 'marc', { params: { news }, body: { ...draftOf(draft), version } }))
    }
    await edit({ audiences: [sixB] })
    expect(await counts(news)).toMatchObject({ people: 1, seen: 0 })
    await edit({ audiences: [sixA, sixB] })
    expect(await counts(news)).toMatchObject({ people: 2, seen: 1 })
  })

  it('are not stored while an import changes the school', async () => {
    const news = await t.publish('marc', { audiences: [sixA] })
    await items().remove(directoryPatterns.sizes, { uai: college })
    expect(await counts(news)).toMatchObject({ people: 1 })
    expect(await t.platform.table.get(countPatterns.tally, { news })).toBeUndefined()
    await count()
    expect(await counts(news)).toMatchObject({ people: 1 })
    expect(await t.platform.table.get(countPatterns.tally, { news })).toMatchObject({ people: 1 })
  })

  it('are read without a roster while nothing has changed', async () => {
    await t.publish('marc', { audiences: [sixA] })
    const list = () => accepted(t.ask('ofSchool', 'marc', { params: { uai: college } }))
    await list()
    // The page of the list; items, counts, tallies and sizes; the version of the caller’s access.
    expect((await t.requestsOf(list)).sort()).toEqual([...Array(4).fill('BatchGetItem'), 'GetItem', 'Query'])
  })

  it('read the rosters of the same audiences once for many publications', async () => {
    const list = () => accepted(t.ask('ofSchool', 'marc', { params: { uai: college } }))
    const queriesFor = async (publications: number) => {
      for (let count = 0; count < publications; count++) await t.publish('marc', { audiences: [sixB] })
      return (await t.requestsOf(list)).filter(one => one === 'Query').length
    }
    const [one, four] = [await queriesFor(1), await queriesFor(4)]
    // The facts of each: who has seen it, and who has signed.
    expect(four - one).toBe(3 * 2)
  })

  it('leave out a class’s teachers, who read along', async () => {
    const news = await t.publish('marc', { audiences: [sixA, families], notice: 'guardian' })
    expect(await counts(news)).toEqual({ people: 3, signers: 2, seen: 0, signed: 0 })
    await t.see('anne', news)
    expect(await counts(news)).toMatchObject({ people: 3, seen: 0 })
    const readers = (await accepted(t.ask('readers', 'marc', { params: { news }, query: { state: 'all' } }))).body
    expect(readers.followers).toBe(1)
    expect(readers.items.map(({ role }: { role: string }) => role)).not.toContain('teacher')
    expect(readers.reminders.unseen.people).toBe(3)
    const school = await t.publish('marc')
    await t.see('anne', school)
    expect(await counts(school)).toMatchObject({ seen: 1 })
  })
})

describe('remind()', () => {
  const remind = (news: string, body: object) => t.ask('remind', 'marc', { params: { news }, body })
  const reminders = async (news: string, group?: string) =>
    (await accepted(t.ask('readers', 'marc', { params: { news }, query: { state: 'all', ...(group && { group }) } })))
      .body.reminders

  it('pauses some hours for the same people, and says when they were reminded', async () => {
    const news = await t.publish('marc', { notice: 'guardian' })
    const group = groups.sixA.id
    expect((await reminders(news)).unsigned).toEqual({ people: 3 })
    const { people } = (await accepted(remind(news, { state: 'unsigned', group }))).body
    expect(people).toBe((await reminders(news, group)).unsigned.people)
    const last = t.clock.now.toISOString()
    const from = new Date(t.clock.now.getTime() + 4 * 3_600_000)
    expect(await reminders(news, group)).toMatchObject({
      unsigned: { last, from: from.toISOString() },
      unseen: { people: expect.any(Number) },
    })
    expect((await reminders(news, group)).unseen.last).toBeUndefined()
    expect((await remind(news, { state: 'unsigned', group })).body.type).toBe('/api/problems/reminded-recently')
    // Others have not been reminded.
    await accepted(remind(news, { state: 'unseen', group }))
    await accepted(remind(news, { state: 'unsigned' }))
    expect((await remind(news, { state: 'unsigned', group: groups.sixB.id })).status).toBe(409)
    t.clock.now = from
    expect((await reminders(news)).unsigned).toEqual({ people: 3, last })
    await accepted(remind(news, { state: 'unsigned' }))
  })
})
