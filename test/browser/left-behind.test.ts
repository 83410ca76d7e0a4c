import { afterAll, beforeAll, expect, test } from 'vitest'
import { timeId } from '../../shared/kernel/ids.ts'
import { workContract } from '../../shared/work/contract.ts'
import type { Receipt } from '../../shared/work/hand-in.ts'
import { accepted } from '../support/accepted.ts'
import { builtAssembly } from '../support/built.ts'
import { writeDevice } from '../support/device-stores.ts'
import { eventually } from '../support/http.ts'
import { idOf } from '../support/valmont.ts'
import { violations } from './axe.ts'
import { type Fixture, openFixture } from './fixture.ts'
import { answeredIn, day, pupilWork, row } from './pupil-work.ts'
import { storedContent } from './stored-content.ts'

/* What a pupil made long ago, or with an earlier version of the app, and that never arrived. */

let fixture: Fixture
let api: Awaited<ReturnType<typeof pupilWork>>

const { handIn, sendHandIn } = workContract.routes

beforeAll(async () => {
  fixture = await openFixture(builtAssembly())
  api = await pupilWork(fixture)
})
afterAll(() => fixture?.close())

test('what waited for longer than the API knows a repeat is not sent by itself, and its author decides', async () => {
  const visit = await fixture.visit('ines', { width: 360, height: 740 })
  const { page, context } = visit
  const answered = answeredIn(context)
  const at = new Date(Date.now() - 29 * 86_400_000).toISOString()
  const one = (title: string, task: string) => ({
    ...{ key: `key-of-${task}`, write: 'work.keepTask', label: title, from: '/notebook', at, subject: `task ${task}` },
    input: { params: { task }, body: { title, day } },
  })
  const waiting = ['Relire', 'Ranger'].map(title => one(title, timeId(new Date(at))))
  await page.goto('/about')
  const outbox = { [idOf('ines')]: waiting }
  await writeDevice(page, { local: {}, databases: { preau: [['preau.outbox', outbox]] } })
  await page.goto('/notebook')
  for (const title of ['Relire', 'Ranger']) await row(page, title).getByText('plus de quatre semaines').waitFor()
  expect(await violations(page)).toEqual([])
  await page.reload()
  await row(page, 'Relire').getByRole('button', { name: 'Envoyer de nouveau' }).click()
  await row(page, 'Relire').getByText('plus de quatre semaines').waitFor({ state: 'detached' })
  await row(page, 'Ranger').getByRole('button', { name: 'Abandonner' }).click()
  await row(page, 'Ranger').waitFor({ state: 'detached' })
  expect((await api.known()).tasks.map(({ title }) => title)).toEqual(['Relire'])
  expect(answered).toEqual(['200 PUT /api/work/tasks/*'])
  await visit.close()
})

test('what an earlier version of the app had not handed in is taken over and sent once, and its receipts stay', async () => {
  const visit = await fixture.visit('ines', { width: 360, height: 740 })
  const { page, context } = visit
  const answered = answeredIn(context)
  const [unsent, refused, taken] = [
    await api.give('Dialogue', true),
    await api.give('Poème', true),
    await api.give('Fable', true),
  ]
  const now = new Date()
  const params = { piece: taken, pupil: idOf('ines'), version: timeId(now) }
  const sending = { params, body: { text: 'Le loup', at: now.toISOString(), sentAt: now.toISOString() } }
  const receipt: Receipt = (await accepted(api.pupil.ask(sendHandIn, sending))).body
  const at = new Date(Date.now() - 8 * 86_400_000).toISOString()
  const made = (piece: string, text: string, more: object = {}) => ({
    ...{ piece, pupil: idOf('ines'), version: timeId(new Date(at)), text, at, offset: -20, contactAt: at },
    ...more,
  })
  // As the version before the outbox stored them, the last one first.
  const former = [
    made(unsent, 'Bonjour !'),
    made(refused, 'Rimes', { refused: 'hand-in-closed' }),
    made(taken, '', { version: receipt.id, receipt }),
  ]
  await page.goto('/about')
  await page.evaluate(
    ([key = '', text = '']) => localStorage.setItem(key, text),
    [`preau.work.handed-in.${idOf('ines')}`, JSON.stringify(former)],
  )
  await page.goto('/account')
  await eventually(async () => (await api.versionsOf(unsent)) === 1 || undefined)
  expect(answered).toEqual(['200 PUT /api/work/*/hand-ins/*/versions/*'])
  await page.goto(`/notebook/hand-in/${refused}`)
  await page.getByRole('main').getByText('Le délai est passé').waitFor()
  await page.getByText('Rimes').waitFor({ state: 'attached' })
  const { body } = await accepted(api.pupil.ask(handIn, { params: { piece: unsent, pupil: idOf('ines') } }))
  expect(body.versions).toMatchObject([{ text: 'Bonjour !', at }])
  const stored = await storedContent(page)
  expect(stored).not.toContain('preau.work.handed-in')
  expect(stored).toContain(receipt.sha256)
  await visit.close()
})
