import type { Page } from 'playwright-core'
import { dayAfter } from '../../shared/work/rules.ts'
import { classes, idOf } from '../support/valmont.ts'
import { shownMonday } from '../support/valmont-work.ts'
import { at, type Screen } from './screen.ts'

/** Screens of a school's budget of minutes, which the API tells: Valmont has none. */

const by = { id: idOf('marc'), name: 'Marc Vasseur' }
const day = (on: number) => dayAfter(shownMonday(), on)
const long = (on: number, name: string, ...pieces: { subject: string; minutes: number }[]) => ({
  day: day(on),
  group: { id: name === '6e A' ? classes.sixA : `${classes.sixA.slice(0, -1)}0`, name },
  minutes: pieces.reduce((sum, { minutes }) => sum + minutes, 0),
  pieces,
})
const setting = {
  minutes: 45,
  until: day(13),
  changes: [
    { minutes: 45, at: '2026-11-12T09:30:00.000Z', by },
    { minutes: 60, at: '2026-09-04T07:15:00.000Z', by },
  ],
}
const days = [
  long(1, '6e A', { subject: 'Français', minutes: 30 }, { subject: 'Mathématiques', minutes: 20 }),
  long(
    1,
    '6e C',
    { subject: 'Anglais', minutes: 15 },
    { subject: 'Histoire-géographie', minutes: 40 },
    { subject: 'Sciences et technologie', minutes: 25 },
  ),
  long(3, '6e A', { subject: 'Mathématiques', minutes: 30 }, { subject: 'Sciences et technologie', minutes: 30 }),
]

const told = (answer: object) => (page: Page) =>
  page.route(/\/work\/long-days/, route => route.fulfill({ json: answer }))

export const budgetScreens: readonly Screen[] = [
  {
    name: 'work-budget',
    as: 'marc',
    before: told({ ...setting, days }),
    path: at('/notebook/budget'),
    shows: 'Jours dépassés',
    reach: page => page.getByText('Qui l’a fixé').click(),
  },
  {
    name: 'work-budget-none',
    as: 'marc',
    before: told({ ...setting, days: [] }),
    path: at('/notebook/budget'),
    shows: 'Aucune classe n’a trop de travail',
  },
  {
    name: 'work-budget-unset',
    as: 'marc',
    path: at('/notebook/budget'),
    shows: 'Pas de limite pour l’instant',
  },
  {
    name: 'work-set-over',
    as: 'helene',
    before: page => page.route(/\/work\/budget/, route => route.fulfill({ json: { minutes: 45 } })),
    path: at('/notebook/set'),
    shows: 'Pour qui, pour quand',
    reach: async page => {
      await page.getByLabel('Quoi').fill('Problèmes 1 à 3')
      await page.getByLabel('Durée en minutes').fill('20')
      await page.getByRole('checkbox', { name: '6e A' }).check()
      await page.getByLabel('Jour pour la 6e A').fill(day(3))
      await page.getByText('trop : 45 min au plus').waitFor()
      await page.getByRole('button', { name: 'Donner à 1 classe' }).click()
      await page.getByRole('button', { name: 'Donner quand même' }).waitFor()
    },
  },
]
