import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { builtAssembly } from '../support/built.ts'
import { timeoutMs } from '../support/timeout.ts'
import { classes, idOf } from '../support/valmont.ts'
import { type Fixture, openFixture } from './fixture.ts'
import { homeOf } from './home.ts'

let fixture: Fixture

beforeAll(async () => {
  fixture = await openFixture(builtAssembly())
})
afterAll(() => fixture?.close())

const address = (page: Page) => page.evaluate(() => location.pathname + location.search)
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const goTo = (page: Page, name: string) => page.getByRole('navigation').getByRole('link', { name, exact: true }).click()

test('DirectoryScreen keeps search, tab and class in the address: Back and reload lead there', async () => {
  const { page, troubles, close } = await fixture.visit('thomas')
  await page.goto('/directory')
  await page.getByLabel('Rechercher').fill('parents 6e a')
  await page.getByText('MARCHAND Sophie', { exact: true }).waitFor()
  expect(await address(page)).toBe('/directory?search=parents+6e+a')
  const names = await page.getByRole('list', { name: 'Personnes de l’établissement' }).locator('label').allInnerTexts()
  const family = names.map(name => name.split('\n')[0] ?? '')
  expect(family).toEqual([...family].sort(new Intl.Collator('fr').compare))
  await page.getByRole('link', { name: '6e A', exact: true }).click()
  await page.getByRole('radio', { name: 'Responsables légaux' }).check({ force: true })
  await page.getByText('HADDAD Karim', { exact: true }).waitFor()
  expect(await address(page)).toMatch(new RegExp(`^/directory/classes/${classes.sixA}\\?school=\\w+&side=guardian$`))
  await page.reload()
  await page.getByText('HADDAD Karim', { exact: true }).waitFor()
  await page.goBack()
  await page.getByText('MARCHAND Sophie', { exact: true }).waitFor()
  expect([await address(page), await page.getByLabel('Rechercher').inputValue()]).toEqual([
    '/directory?search=parents+6e+a',
    'parents 6e a',
  ])
  await page.getByRole('radio', { name: 'Classes et groupes' }).check({ force: true })
  await page.getByText('sur 12 élèves activés').waitFor()
  expect(await address(page)).toBe('/directory?view=groups')
  await page.goBack()
  await page.getByText('MARCHAND Sophie', { exact: true }).waitFor()
  expect(troubles()).toEqual([])
  await close()
})

test('Codes prints the sheet and nothing else, and is not left unprinted unasked', async () => {
  const { page, troubles, close } = await fixture.visit('thomas')
  await page.goto('/directory')
  await page.goto(`/directory/people/${idOf('awa')}`)
  await press(page, 'Imprimer un nouveau code')
  await page.getByText('Ces codes ne seront plus affichés').waitFor()
  await page.waitForSelector('[data-printed]', { state: 'attached' })
  await goTo(page, 'Accueil')
  await page.getByRole('dialog').getByText('Ces codes ne sont pas imprimés').waitFor()
  await press(page, 'Rester ici')
  await page.goBack()
  await page.getByRole('dialog').waitFor()
  await press(page, 'Rester ici')
  expect(await page.getByText('Ces codes ne seront plus affichés').isVisible()).toBe(true)

  await page.emulateMedia({ media: 'print' })
  expect(await page.locator('#root').isVisible()).toBe(false)
  const sheet = (await page.locator('[data-printed]').textContent()) ?? ''
  expect(sheet).toContain('TRAORÉ Moussa')
  expect(sheet).toContain('à remettre à Awa Traoré')
  expect(sheet).toContain('6e B · Collège des Tilleuls')
  expect(sheet).toContain(new URL(page.url()).host)
  expect(await page.locator('[data-printed] svg path').count()).toBe(1)
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
  expect(pdf.match(/\/Type \/Page\b/g)).toHaveLength(1)
  await page.emulateMedia({ media: 'screen' })
  expect(await page.locator('[data-printed]').isVisible()).toBe(false)
  await goTo(page, 'Accueil')
  await homeOf(page, 'Thomas').waitFor()
  expect(await address(page)).toBe('/')
  expect(troubles()).toEqual([])
  await close()
})

test('ClassCodes says that there is nothing to print where all hold a good code', async () => {
  const { page, close } = await fixture.visit('thomas')
  await page.goto(`/directory/classes/${classes.sixB}`)
  await press(page, 'Imprimer les codes de la classe')
  await page.getByText('rien à imprimer').waitFor()
  await close()
})

test('PersonScreen ends sessions, and its person is told of a code for their active account', async () => {
  const sophie = await fixture.visit('sophie')
  await sophie.page.goto('/')
  await homeOf(sophie.page, 'Sophie').waitFor()
  const thomas = await fixture.visit('thomas')
  await thomas.page.goto(`/directory/people/${idOf('sophie')}`)
  await thomas.page.getByText('Compte activé').waitFor()
  await press(thomas.page, 'Imprimer un nouveau code')
  await thomas.page.getByText('Ces codes ne seront plus affichés').waitFor()
  // A session that begins now knows of the code from its beginning.
  const again = await fixture.visit('sophie')
  await again.page.goto('/account')
  await again.page.getByText('Thomas Leroux a donné un nouveau code').waitFor()
  await again.close()
  await press(thomas.page, 'J’ai terminé')
  await press(thomas.page, 'Déconnecter partout')
  await thomas.page.getByRole('dialog').getByRole('button', { name: 'Déconnecter partout' }).click()
  await thomas.page.getByText('Tous les appareils sont déconnectés').waitFor()
  await thomas.page.getByText('Déconnexion de tous les appareils, par Thomas Leroux').waitFor()
  await thomas.close()
  await sophie.close()
})

test('Decisions stops a guardian’s access to a child with a reason, and goes by the directory again', async () => {
  const { page, troubles, close } = await fixture.visit('thomas')
  await page.goto(`/directory/people/${idOf('karim')}`)
  const child = page.getByRole('link', { name: 'MARCHAND Inès' })
  await child.waitFor()
  await press(page, 'Arrêter l’accès à MARCHAND Inès')
  await page.getByRole('dialog').getByRole('button', { name: 'Arrêter l’accès', exact: true }).click()
  await page.getByText('Écrivez le motif.').waitFor()
  await page.getByLabel('Motif').fill('décision du juge')
  await page.getByRole('dialog').getByRole('button', { name: 'Arrêter l’accès', exact: true }).click()
  await page.getByText('Accès arrêté : MARCHAND Inès').waitFor()
  await page.getByText('L’annuaire indique un responsable légal.').waitFor()
  /** Opens the page anew until the stream has made of the decision what it is to be. */
  const until = async (children: number) => {
    await expect
      .poll(
        async () => {
          await page.reload()
          await page.getByText('Ce qui s’est passé').waitFor()
          return child.count()
        },
        { timeout: timeoutMs(3) },
      )
      .toBe(children)
  }
  await until(0)
  await press(page, 'Revenir à l’annuaire')
  await page.getByText('Accès arrêté : MARCHAND Inès').waitFor({ state: 'hidden' })
  await until(1)
  expect(troubles()).toEqual([])
  await close()
})

test('directory: giving codes says before how many sheets already handed out become void', async () => {
  const thomas = await fixture.visit('thomas', { width: 1280 })
  const { page } = thomas
  await page.goto('/directory?role=pupil')
  await page.getByRole('checkbox', { name: /TRAORÉ Moussa/ }).check()
  await page.getByText('Une feuille déjà remise devient nulle').waitFor()
  await page.getByRole('checkbox', { name: /PETIT Léa/ }).check()
  await page.getByText('2 feuilles déjà remises deviennent nulles').waitFor()
  const given = page.waitForResponse(reply => reply.url().endsWith('/codes'))
  await press(page, 'Donner 2 nouveaux codes')
  expect((await given).request().postDataJSON()).toMatchObject({ voids: 2 })
  await page.getByText('Ces codes ne seront plus affichés').waitFor()
  expect(thomas.troubles()).toEqual([])
  await thomas.close()
})
