import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { audienceId } from '../../functions/directory/audiences.ts'
import { newsContract } from '../../shared/news/contract.ts'
import type { NewsDraft } from '../../shared/news/draft.ts'
import { accepted } from '../support/accepted.ts'
import { builtAssembly } from '../support/built.ts'
import { classes, college } from '../support/valmont.ts'
import { violations } from './axe.ts'
import { type Fixture, openFixture, type Visit } from './fixture.ts'
import { reloadUntilShown } from './reload-until.ts'

let fixture: Fixture
const question = { text: 'Autorisez-vous votre enfant à participer ?', kind: 'yes-no' } as const
/** Five of each kind: signed for oneself or for a child, with a question or without, one text too long for Home. */
const notices: readonly Partial<NewsDraft>[] = [
  { title: 'Sortie au musée', notice: 'pupil', question },
  { title: 'Droit à l’image', notice: 'pupil', question, body: 'Le collège photographie les élèves. '.repeat(30) },
  { title: 'Règlement intérieur', notice: 'guardian' },
  { title: 'Cantine du jeudi', notice: 'guardian', question },
  { title: 'Piscine', notice: 'pupil' },
]
beforeAll(async () => {
  fixture = await openFixture(builtAssembly())
})
beforeEach(async () => {
  const helene = await fixture.valmont.as('helene')
  const { items } = (await accepted(helene.ask(newsContract.routes.mine))).body
  for (const { id } of items) await accepted(helene.ask(newsContract.routes.withdraw, { params: { news: id } }))
  for (const notice of notices)
    await accepted(
      helene.ask(newsContract.routes.publish, {
        body: {
          uai: college.uai,
          body: 'Merci de répondre.',
          audiences: [audienceId('class-guardians', classes.sixA)],
          pinned: false,
          urgent: false,
          ...notice,
        },
      }),
    )
})
afterAll(() => fixture?.close())

/** Opens the list of news, once it holds all five with what is asked. */
const openList = async ({ page }: Visit) => {
  await page.goto('/news')
  const asked = page.getByText('À signer', { exact: true })
  // Those of the test before are withdrawn, and may still be shown.
  const areThese = async () => (await asked.count()) === notices.length
  await reloadUntilShown(page, asked.nth(notices.length - 1), areThese)
}
const answers = /^(Oui|Signer|Signer pour Inès)$/

test('the next notice follows the one just answered: five in at most eight taps', async () => {
  const visit = await fixture.visit('sophie', { width: 360, height: 740 })
  const { page } = visit
  await openList(visit)
  await page.goto('/')
  let taps = 0
  const tap = async (name: string | RegExp, role: 'button' | 'link', exact = true) => {
    taps += 1
    await page.getByRole(role, { name, exact }).click()
  }
  await tap('Actualités', 'link')
  await tap('Piscine', 'link', false)
  const done = new Set<string>()
  for (const _ of notices) {
    await expect
      .poll(async () => !done.has((await page.getByRole('heading', { level: 1 }).textContent()) ?? ''))
      .toBe(true)
    done.add((await page.getByRole('heading', { level: 1 }).textContent()) ?? '')
    await page.getByRole('button', { name: answers }).waitFor()
    // What has opened is announced, and shown from its beginning.
    await expect.poll(() => page.locator(':focus').textContent()).toBe([...done].at(-1))
    await expect.poll(() => page.evaluate(() => scrollY)).toBe(0)
    if (done.size === 2) expect(await violations(page)).toEqual([])
    await tap(answers, 'button')
  }
  await page.getByText('C’est signé. Rien d’autre ne vous attend.').waitFor()
  expect([...done].sort()).toEqual(notices.map(({ title }) => title).sort())
  expect(taps).toBeLessThanOrEqual(8)

  // Each took the place of the one before: Back leads to the list.
  await page.goBack()
  await page.waitForURL(/\/news$/)
  expect(await page.getByText('À signer', { exact: true }).count()).toBe(1)
  expect(visit.troubles()).toEqual([])
  await visit.close()
})

test('a double tap signs one notice, and the toast leads back to it, where an answer is changed without going on', async () => {
  const visit = await fixture.visit('karim', { width: 360, height: 740 })
  const { page } = visit
  await openList(visit)
  await page.getByRole('link', { name: 'Sortie au musée' }).click()
  await page.getByText('Encore 4 autres mots à signer').waitFor()
  const signatures: string[] = []
  page.on('request', request => request.url().endsWith('/signature') && signatures.push(request.url()))
  const yes = page.getByRole('button', { name: 'Oui', exact: true })
  await yes.click()
  await page.getByRole('heading', { level: 1, name: 'Droit à l’image' }).waitFor()
  // The second click of a double one, on the button that has taken the place of the first.
  await yes.hover()
  await page.mouse.down({ clickCount: 2 })
  await page.mouse.up({ clickCount: 2 })
  await page.getByText('Encore 3 autres mots à signer').waitFor()
  await page.getByRole('button', { name: 'Revoir' }).click()
  await page.getByText(/^Votre réponse\s: Oui/).waitFor()
  await page.getByRole('button', { name: 'Changer ma réponse' }).click()
  await page.getByRole('button', { name: 'Non', exact: true }).click()
  await page.getByText(/^Votre réponse\s: Non/).waitFor()
  await page.getByRole('heading', { level: 1, name: 'Sortie au musée' }).waitFor()
  expect(signatures).toHaveLength(2)
  await page.getByRole('link', { name: 'Mot suivant' }).click()
  await page.getByRole('button', { name: 'Oui', exact: true }).waitFor()
  expect(visit.troubles()).toEqual([])
  await visit.close()
})

test('on a large screen, the next notice opens beside the list and takes the focus', async () => {
  const visit = await fixture.visit('karim', { width: 1280, height: 800 })
  const { page } = visit
  await openList(visit)
  await page.goto('/news?show=sign')
  await page.getByRole('link', { name: 'Droit à l’image' }).click()
  await page.getByRole('button', { name: 'Oui', exact: true }).click()
  const title = page.getByRole('heading', { level: 2, name: 'Règlement intérieur' })
  await title.waitFor()
  await expect.poll(() => page.locator(':focus').textContent()).toBe('Règlement intérieur')
  expect(page.url()).toContain('show=sign')
  expect(visit.troubles()).toEqual([])
  await visit.close()
})
