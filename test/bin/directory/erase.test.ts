import { expect, test } from 'vitest'
import { orderErasure } from '../../../functions/directory/erasing/order.ts'
import { personId } from '../../../functions/directory/identity.ts'
import type { Access } from '../../../functions/platform/access.ts'
import { openTable } from '../../../functions/platform/open-table.ts'
import { delivery, source, uai } from '../../functions/directory/import/aaf-feed.ts'
import { withSchool } from './with-school.ts'

const { fixture, run, issue } = withSchool()

const pupil = personId(source, '103')
const guardian = personId(source, '501')
const named = 'Zoé Élève 103'

/** What of the table names somebody by id or family name. */
const tracesOf = async (id: string, familyName: string) =>
  [...(await fixture().everything())]
    .filter(([key, item]) => [id, familyName].some(text => (key + JSON.stringify(item)).includes(text)))
    .map(([key]) => key)

/** The last two pupils and their guardian leave. */
const leave = () => fixture().import(delivery(2), { confirm: [uai] })

test('erase: lists what would go, asks, and leaves no trace; a later delivery makes a person without an account', async () => {
  const login = (await issue()).find(({ person }) => person === pupil)?.login ?? ''
  expect(await run('erase', login, '--yes')).toMatchObject({
    status: 1,
    error: expect.stringContaining(`${named} is described by ${source}: have them taken out of that feed first`),
  })
  await leave()
  const before = await fixture().everything()
  const dry = await run('erase', login, '--dry-run')
  expect(dry).toMatchObject({ status: 0, error: '' })
  expect(dry.out).toContain(`Of ${named} would be erased:`)
  for (const line of ['accounts: 1', 'logins: 1', 'people: 1', 'rows of schools: 1', 'what feeds said: 2'])
    expect(dry.out).toContain(`  ${line}\n`)
  expect(await run('erase', login)).toMatchObject({ status: 1, error: expect.stringContaining('say --yes if that') })
  expect(await fixture().everything()).toEqual(before)

  const done = await run('erase', login, '--yes')
  expect(done).toMatchObject({ status: 0, error: '' })
  expect(done.out).toContain('Nothing in the table names them any more.')
  expect(await tracesOf(pupil, 'Élève 103')).toEqual([])
  expect([...(await fixture().everything()).values()].find(({ pk }) => pk === 'ERASED')).toMatchObject({
    request: 1,
    time: 0,
  })
  expect(await run('erase', login, '--yes')).toMatchObject({ status: 1, error: expect.stringContaining('nobody') })

  await fixture().import(delivery(4))
  const after = await fixture().everything()
  expect(after.get(`P#${pupil}|PERSON`)).toMatchObject({ status: 'active', familyName: 'Élève 103' })
  expect(after.has(`A#${pupil}|ACCOUNT`)).toBe(false)
})

test('erase: goes on where it was interrupted', async () => {
  await issue()
  await leave()
  const table = openTable<Access>(fixture().database.table, {}, fixture().now, fixture().database.client)
  const person = (await fixture().everything()).get(`P#${guardian}|PERSON`)
  // As a process leaves it that is killed once the order is given.
  expect(await orderErasure(table, person as never, 'request', fixture().clock.now)).toBeUndefined()
  expect(await tracesOf(guardian, 'Parent 501')).not.toEqual([])
  expect(await run('erase')).toMatchObject({ status: 0, error: '' })
  expect(await tracesOf(guardian, 'Parent 501')).toEqual([])
  expect((await run('erase')).out).toBe('Nobody is left to erase.\n')
})

test('erase: a guardian whom a pupil’s record names stays until it does no more', async () => {
  const files = delivery(4)
  const [relatives = ''] = Object.keys(files).filter(name => name.includes('PersRelEleve'))
  const without = { ...files, [relatives]: delivery(2)[relatives] ?? '' }
  await fixture().import(without, { confirm: [uai] })
  const refused = await run('erase', guardian, '--yes')
  expect(refused).toMatchObject({ status: 1, error: expect.stringContaining('guardian of 2 of its pupils') })
  await leave()
  expect(await run('erase', guardian, '--yes')).toMatchObject({ status: 0 })
})
