import { afterAll, beforeAll, expect, test } from 'vitest'
import { audienceId } from '../../functions/directory/audiences.ts'
import { newsContract } from '../../shared/news/contract.ts'
import { sessionContract } from '../../shared/session/contract.ts'
import { workContract } from '../../shared/work/contract.ts'
import { accepted } from '../support/accepted.ts'
import { builtAssembly } from '../support/built.ts'
import { eventually } from '../support/http.ts'
import { classes, college, ecole, type Name, writeNextYear } from '../support/valmont.ts'
import { type Fixture, openFixture } from './fixture.ts'

let fixture: Fixture
let outing: string
const { publish, list, closedList, closedNews, seen } = newsContract.routes
const sixA = { pupils: audienceId('class', classes.sixA), families: audienceId('class-guardians', classes.sixA) }
const cm1 = audienceId('class', classes.cm1)

const published = async (by: Name, uai: string, title: string, audiences: string[]): Promise<string> => {
  const draft = { uai, title, body: `${title}, en entier.`, audiences, pinned: false, urgent: false, notice: 'none' }
  return (await accepted((await fixture.valmont.as(by)).ask(publish, { body: draft }))).body.id
}

beforeAll(async () => {
  fixture = await openFixture(builtAssembly())
  outing = await published('helene', college.uai, 'Sortie au musée', [sixA.pupils, sixA.families])
  await published('elodie', ecole.uai, 'Chorale de juin', [cm1])
  const figures = {
    ...{ uai: college.uai, kind: 'task', subject: 'Mathématiques', title: 'Figures de juin', text: 'Au compas.' },
    to: [{ group: classes.sixA, day: '2027-06-10' }],
  }
  await accepted((await fixture.valmont.as('helene')).ask(workContract.routes.set, { body: figures }))
  const ines = await fixture.valmont.as('ines')
  await eventually(async () => {
    const { status, body } = await ines.ask(workContract.routes.list, { params: { audience: sixA.pupils } })
    return (status === 200 && body.items.length > 0) || undefined
  })
  await eventually(async () => {
    const { status, body } = await ines.ask(list, { params: { audience: sixA.pupils } })
    return (status === 200 && body.items.length > 0) || undefined
  })
  await fixture.valmont.importFolder(writeNextYear)
})
afterAll(() => fixture?.close())

test('a pupil reads the news of last year’s class under its year, and guardians do for their children', async () => {
  const { page, troubles, close, expect: mayBeSaid } = await fixture.visit('ines', { width: 360 })
  // A token of the second in which the import took a class away is renewed.
  mayBeSaid(/status of 401/)
  await page.goto('/news')
  await page.getByRole('link', { name: 'Années passées' }).click()
  await page.getByRole('heading', { name: 'Année 2026-2027' }).waitFor()
  await page.getByRole('link', { name: /6e A/ }).click()
  await page.getByRole('link', { name: /Sortie au musée/ }).click()
  await page.getByText('Sortie au musée, en entier.').waitFor()
  await page.getByText('Année 2026-2027').waitFor()
  await page.goBack()
  await page.goBack()
  await page.getByRole('heading', { name: 'Année 2026-2027' }).waitFor()
  expect(troubles()).toEqual([])
  await close()

  const guardian = await fixture.visit('sophie')
  await guardian.page.goto('/news/years')
  await guardian.page.getByRole('link', { name: /6e A.*pour Inès/ }).waitFor()
  await guardian.page.getByRole('link', { name: /CM1.*pour Jules/ }).waitFor()
  await guardian.close()
})

test('a pupil who moved to another school reads last year’s class of the former one, and not that of the new one', async () => {
  const { page, troubles, close, expect: mayBeSaid } = await fixture.visit('jules')
  mayBeSaid(/status of 401/)
  await page.goto('/news')
  await page.getByRole('link', { name: 'Années passées' }).click()
  await page.getByRole('link', { name: /CM1/ }).click()
  await page.getByRole('link', { name: /Chorale de juin/ }).click()
  await page.getByText('Chorale de juin, en entier.').waitFor()
  await page.goto('/news/years')
  await page.getByRole('link', { name: /CM1/ }).waitFor()
  expect(await page.getByText('6e A').count()).toBe(0)
  expect(troubles()).toEqual([])
  await close()

  const jules = await fixture.valmont.as('jules')
  for (const audience of [sixA.pupils, sixA.families]) {
    expect((await jules.ask(closedList, { params: { audience } })).status).toBe(404)
    expect((await jules.ask(closedNews, { params: { audience, news: outing } })).status).toBe(404)
    expect((await jules.ask(list, { params: { audience } })).status).toBe(403)
  }
})

test('closed classes are in no token: the edge answers nothing of them, and nothing is marked as seen', async () => {
  for (const [name, audience] of [
    ['ines', sixA.pupils],
    ['sophie', sixA.families],
    ['helene', sixA.families],
    ['jules', cm1],
  ] as const) {
    const who = await fixture.valmont.as(name)
    const { body: me } = await accepted(who.ask(sessionContract.routes.me))
    expect(me.audiences.map((one: { id: string }) => one.id)).not.toContain(audience)
    const tokens = [...who.cookies.values()].map(({ value }) => Buffer.from(value.split('.')[1] ?? '', 'base64url'))
    expect(tokens.some(token => token.includes(me.audiences[0].id))).toBe(true)
    expect(tokens.some(token => token.includes(audience))).toBe(false)
    expect((await who.ask(list, { params: { audience } })).status).toBe(403)
    expect((await who.ask(closedList, { params: { audience } })).status).toBe(200)
  }
  const ines = await fixture.valmont.as('ines')
  expect((await accepted(ines.ask(seen, { body: { news: [outing] } }))).body.seen).toEqual([])
})

test('a pupil and a guardian read the notebook of last year’s class, nobody else does, and its teacher sets a piece again', async () => {
  const { page, troubles, close, expect: mayBeSaid } = await fixture.visit('ines', { width: 360 })
  mayBeSaid(/status of 401/)
  await page.goto('/notebook')
  await page.getByRole('link', { name: 'Années passées' }).click()
  await page.getByRole('heading', { name: 'Année 2026-2027' }).waitFor()
  await page.getByRole('link', { name: /6e A/ }).click()
  await page.getByRole('heading', { name: 'Figures de juin' }).waitFor()
  await page.getByText('Au compas.').waitFor()
  expect(troubles()).toEqual([])
  await close()

  const guardian = await fixture.visit('sophie')
  await guardian.page.goto('/notebook/years')
  await guardian.page.getByRole('link', { name: /6e A.*pour Inès/ }).click()
  await guardian.page.getByRole('heading', { name: 'Figures de juin' }).waitFor()
  await guardian.close()

  for (const [name, audience] of [
    ['jules', sixA.pupils],
    ['jules', sixA.families],
    ['marc', sixA.pupils],
    ['elodie', sixA.pupils],
  ] as const) {
    const who = await fixture.valmont.as(name)
    expect((await who.ask(workContract.routes.closedList, { params: { audience } })).status, name).toBe(404)
  }

  const teacher = await fixture.visit('helene')
  await teacher.page.goto(`/notebook/years/${sixA.pupils}`)
  await teacher.page.getByRole('link', { name: 'Redonner cette année' }).click()
  await expect.poll(() => teacher.page.getByLabel('Quoi').inputValue()).toBe('Figures de juin')
  await teacher.close()
})
