import type { Page } from 'playwright-core'
import { audienceId } from '../../functions/directory/audiences.ts'
import type { Role } from '../../shared/kernel/role.ts'
import { featureList } from '../../web/features.ts'
import { classes, type Name, idOf as personOf } from '../support/valmont.ts'
import { assignmentTitles } from '../support/valmont-hand-ins.ts'
import { titleOf } from '../support/valmont-news.ts'
import { workTitles } from '../support/valmont-work.ts'
import { budgetScreens } from './budget-screens.ts'
import { directoryScreens } from './directory-screens.ts'
import { documentScreens } from './document-screens.ts'
import { newsScreens } from './news-screens.ts'
import { pastYears } from './past-years.ts'
import { at, idOf, type Screen } from './screen.ts'
import { states } from './screen-states.ts'
import { sessionScreens } from './session-screens.ts'

const families = audienceId('class-guardians', classes.sixA)

/** Screens in the states that they are looked at (npm run screens) and tried with axe. */
const described: readonly Screen[] = [
  ...sessionScreens,
  { name: 'home-guardian', as: 'sophie', path: at('/'), shows: 'J’ai lu' },
  { name: 'home-pupil', as: 'ines', path: at('/'), shows: titleOf.urgent },
  { name: 'home-teacher', as: 'helene', path: at('/'), shows: 'Mots à signer' },
  { name: 'home-head', as: 'marc', path: at('/'), shows: 'Mots à signer' },
  { name: 'home-administrator', as: 'thomas', path: at('/'), shows: 'codes remis' },
  { name: 'work-pupil', as: 'ines', path: at('/notebook'), shows: workTitles.exercises },
  { name: 'work-guardian', as: 'sophie', path: at('/notebook'), shows: workTitles.poem },
  { name: 'work-teacher', as: 'helene', path: at('/notebook'), shows: workTitles.tables },
  {
    name: 'work-piece',
    as: 'helene',
    path: ids => `/notebook/${idOf(ids, workTitles.tables)}`,
    shows: 'MARCHAND Inès',
  },
  { name: 'work-set', as: 'helene', path: at('/notebook/set'), shows: 'Pour qui, pour quand' },
  {
    name: 'work-edit',
    as: 'helene',
    path: ids => `/notebook/set/${idOf(ids, workTitles.exercises)}`,
    shows: 'Enregistrer',
  },
  {
    name: 'hand-in',
    as: 'ines',
    path: ids => `/notebook/hand-in/${idOf(ids, assignmentTitles.open)}`,
    shows: 'L’heure qui compte',
  },
  {
    name: 'hand-in-receipt',
    as: 'ines',
    path: ids => `/notebook/hand-in/${idOf(ids, assignmentTitles.handedIn)}`,
    shows: 'Ce reçu reste',
  },
  {
    name: 'hand-in-returned',
    as: 'ines',
    path: ids => `/notebook/hand-in/${idOf(ids, assignmentTitles.returned)}`,
    shows: 'Attention aux accords',
  },
  {
    name: 'hand-in-guardian',
    as: 'sophie',
    path: ids => `/notebook/hand-in/${idOf(ids, assignmentTitles.returned)}?of=${personOf('ines')}`,
    shows: 'Attention aux accords',
  },
  {
    name: 'collected',
    as: 'helene',
    path: ids => `/notebook/collected/${idOf(ids, assignmentTitles.handedIn)}?pupil=${personOf('ines')}`,
    shows: 'au bord de la mer',
  },
  { name: 'news-list', as: 'sophie', path: at('/news'), shows: titleOf.rules },
  {
    name: 'news-to-sign',
    as: 'sophie',
    path: ids => `/news/${families}/${idOf(ids, titleOf.outing)}`,
    shows: 'Signé pour Inès',
  },
  { name: 'news-write', as: 'helene', path: at('/news/write'), shows: 'Destinataires' },
  { name: 'news-published', as: 'helene', path: at('/news/mine'), shows: titleOf.outing },
  {
    name: 'news-edit',
    as: 'helene',
    path: ids => `/news/write/${idOf(ids, titleOf.outing)}`,
    shows: 'Destinataires',
  },
  { name: 'news-readers', as: 'helene', path: ids => `/news/${idOf(ids, titleOf.outing)}/readers`, shows: 'Benali' },
  { name: 'not-allowed', as: 'ines', path: at('/directory'), shows: 'faite pour d’autres' },
  { name: 'not-found', as: 'ines', path: at('/nulle-part'), shows: '' },
  ...newsScreens,
  ...documentScreens,
  ...directoryScreens,
  ...states,
  ...pastYears,
  ...budgetScreens,
]

/** Somebody of each role. */
const holders: Readonly<Record<Role, Name>> = {
  administrator: 'thomas',
  guardian: 'sophie',
  head: 'marc',
  pupil: 'ines',
  'pupil-life': 'nadia',
  staff: 'thomas',
  teacher: 'helene',
}

const anyId = { get: () => 'x' } as unknown as ReadonlyMap<string, string>

/** Registered addresses, those first that others with a parameter match too. */
const addresses = featureList
  .flatMap(feature => Object.entries(feature.screens))
  .map(([path, { for: mayOpen }]) => ({ path, mayOpen, order: path.replace(/:\w+/g, '\uffff') }))
  .sort((a, b) => (a.order < b.order ? -1 : 1))
const addressOf = ({ path }: Screen): string | undefined => {
  const { pathname } = new URL(path(anyId), 'http://any')
  return addresses.find(one => new RegExp(`^${one.path.replace(/:\w+/g, '[^/]+')}$`).test(pathname))?.path
}
const shown = new Set(described.map(addressOf))
const remaining = addresses.filter(({ path }) => !shown.has(path))

/** Registered addresses with a parameter that no screen above is at. */
export const missing = remaining.flatMap(({ path }) => (path.includes(':') ? path : []))

/** Every screen: those above, and each other address without a parameter, opened by somebody who may. */
export const screens: readonly Screen[] = [
  ...described,
  ...remaining
    .filter(({ path }) => !path.includes(':'))
    .map(({ path, mayOpen }) => ({
      name: path.slice(1).replaceAll('/', '-'),
      path: at(path),
      shows: '',
      ...(mayOpen !== 'anyone' && { as: mayOpen?.[0] ? holders[mayOpen[0]] : 'sophie' }),
    })),
]

/** Opens a screen, up to the state it is listed for. */
export const open = async (page: Page, screen: Screen, ids: ReadonlyMap<string, string>): Promise<void> => {
  await screen.before?.(page)
  await page.goto(screen.path(ids))
  await page.getByRole('main').waitFor()
  if (screen.shows) await page.getByText(screen.shows).filter({ visible: true }).first().waitFor()
  await screen.reach?.(page)
}
