import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { directoryPatterns } from '../../../functions/directory/audiences.ts'
import { personId } from '../../../functions/directory/identity.ts'
import { sizesOf } from '../../../functions/directory/sizes.ts'
import { newsHandler } from '../../../functions/news/handler.ts'
import { type Access, requestAccess } from '../../../functions/platform/access.ts'
import { openTable } from '../../../functions/platform/open-table.ts'
import type { AudienceKind } from '../../../shared/kernel/audience.ts'
import { roles } from '../../../shared/kernel/role.ts'
import { newsContract } from '../../../shared/news/contract.ts'
import type { NewsDraft } from '../../../shared/news/draft.ts'
import { accepted } from '../../support/accepted.ts'
import { type CallOptions, call } from '../../support/call.ts'
import { localClient, putAll } from '../../support/dynamodb.ts'
import { openItems } from '../../support/items.ts'
import { type Meter, openMeter } from '../../support/meter.ts'
import { audience, college, groups } from '../../support/school.ts'
import { draftOf, openTerritory, type Territory } from './territory.ts'

let t: Territory
let meter: Meter
let handler: unknown
const items = () => openItems(t.database)

/** A collège of a thousand pupils: what a roster read would be seen in the units of. */
beforeAll(async () => {
  t = await openTerritory()
  meter = await openMeter(t.database.endpoint)
  const client = localClient(meter.endpoint)
  const table = openTable<Access>(t.database.table, {}, t.platform.now, client)
  const requests = openTable(t.database.table, requestAccess, t.platform.now, client)
  handler = newsHandler({ ...t.platform, table, requests })
  const rows = Array.from({ length: 1_000 }, (_, place) => {
    const person = personId('test', `pupil ${place}`)
    const row = { person, givenName: 'Alix', familyName: `Nom ${place}`, role: 'pupil', classes: [] }
    return { pk: `S#${college}`, sk: `M#pupil#nom ${place} alix#${person}`, ...row }
  })
  await putAll(t.database, rows)
})
afterAll(async () => {
  await meter.close()
  await t.close()
})

const ask = (name: 'publish' | 'reach' | 'edit', who: string, options: CallOptions) =>
  accepted(call(handler, t.platform, newsContract.routes[name], { ...options, as: t.callers[who] }))

/** Counts the collège as its import does. */
const count = async () => {
  const { schoolMembers, sizes } = directoryPatterns
  const rows = await Promise.all(roles.map(role => t.platform.table.all(schoolMembers, { uai: college, role })))
  await items().put(sizes, { uai: college }, sizesOf(rows.flat()))
}
const forget = () => items().remove(directoryPatterns.sizes, { uai: college })

const of = (...kinds: AudienceKind[]) =>
  kinds.map(kind => audience(kind, kind.startsWith('class') ? groups.sixA.id : college))
const reach = async (who: string, audiences: string[]) =>
  (await ask('reach', who, { params: { uai: college }, query: { audiences: audiences.join(',') } })).body
const published = async (who: string, draft: Partial<NewsDraft>) => {
  const { people, signers } = (await ask('publish', who, { body: draftOf(draft) })).body
  return { people, signers }
}

/** Marc, the head, also as the guardian of Léa in his own school. */
const asGuardian = async (isGuardian: boolean) => {
  const { person, schoolMembers } = directoryPatterns
  const marc = await t.platform.table.get(person, { person: t.idOf('marc') })
  if (!marc) throw new Error('Marc is not in the directory')
  const children = [t.idOf('lea')]
  const audiences = isGuardian
    ? [
        {
          ...marc.audiences[0],
          id: audience('school', college),
          kind: 'school' as const,
          uai: college,
          label: '',
          children,
        },
        { id: audience('guardians', college), kind: 'guardians' as const, uai: college, label: '', children },
        { id: audience('adults', college), kind: 'adults' as const, uai: college, label: '' },
      ]
    : marc.audiences
  const [row] = await t.platform.table.all(schoolMembers, { uai: college, role: 'head' })
  await items().put(person, { person: marc.id }, { ...marc, audiences })
  if (isGuardian)
    await putAll(t.database, [
      { ...row, pk: `S#${college}`, sk: `M#guardian#elan marc#${marc.id}`, role: 'guardian', pupils: children },
    ])
}

describe('publish() and reach()', () => {
  it.each([false, true])('count as rosters would, where the author is a guardian there: %s', async isGuardian => {
    await asGuardian(isGuardian)
    const all = [...['school', 'pupils', 'guardians', 'teachers', 'adults'].map(kind => of(kind as AudienceKind))]
    for (const audiences of [...all, of('school', 'class'), of('pupils', 'class-guardians'), of('class')])
      for (const who of ['marc', 'claire']) {
        await forget()
        const expected = await reach(who, audiences)
        await count()
        expect(await reach(who, audiences)).toEqual(expected)
      }
    for (const notice of ['none', 'guardian', 'pupil'] as const)
      for (const audiences of [of('school'), of('guardians'), of('school', 'class-guardians')]) {
        await forget()
        const expected = await published('marc', { audiences, notice })
        await count()
        expect(await published('marc', { audiences, notice })).toEqual(expected)
        expect(expected.people).toBeGreaterThan(2)
      }
  })

  it('read no roster for a whole school: 6 read units at most', async () => {
    await count()
    await reach('claire', of('school'))
    meter.read()
    await published('claire', { audiences: of('school'), notice: 'pupil' })
    const publishing = meter.read()
    expect(publishing.operations).not.toHaveProperty('Query')
    expect(publishing.readUnits).toBeLessThanOrEqual(6)
    await reach('claire', of('school'))
    const reaching = meter.read()
    expect(reaching.operations).not.toHaveProperty('Query')
    expect(reaching.readUnits).toBeLessThanOrEqual(2)
  })

  it('count beside the author whoever edits', async () => {
    await count()
    const { body } = await ask('publish', 'marc', { body: draftOf({ audiences: of('adults') }) })
    const edit = await ask('edit', 'claire', {
      params: { news: body.id },
      body: { ...draftOf({ audiences: of('adults') }), version: 1 },
    })
    expect(edit.body.people).toBe(body.people)
  })
})
