import type { Page } from 'playwright-core'
import { audienceId } from '../../functions/directory/audiences.ts'
import type { ClosedAudience } from '../../shared/directory/contract.ts'
import type { News } from '../../shared/news/shapes.ts'
import type { Piece } from '../../shared/work/shapes.ts'
import { classes, college, ecole, idOf } from '../support/valmont.ts'
import type { Screen } from './screen.ts'

/** Screens of past years, whose classes the API tells: Valmont is in its first one. */

const author = { id: idOf('helene'), name: 'Hélène Garnier', role: 'teacher' } as const
const audience = audienceId('class-guardians', classes.sixA)
const news: News = {
  id: '01k000000000000000000a',
  uai: college.uai,
  schoolName: college.name,
  title: 'Sortie au musée : ce que nous avons vu',
  excerpt: 'Merci à toutes les familles qui nous ont accompagnés au musée archéologique.',
  body: 'Merci à toutes les familles qui nous ont accompagnés au musée archéologique.\n\nLes **dessins** sont affichés sous le préau.',
  author,
  audiences: [{ id: audience, kind: 'class-guardians', label: '6e A' }],
  publishedAt: '2026-06-12T08:00:00.000Z',
  pinned: false,
  urgent: false,
  notice: 'guardian',
}
const { body: _, audiences: __, ...summary } = news

const named = { uai: college.uai, school: college.name, kind: 'class-guardians' } as const
const ines = { id: idOf('ines'), givenName: 'Inès', familyName: 'Marchand' }
const jules = { id: idOf('jules'), givenName: 'Jules', familyName: 'Marchand' }
const closed: ClosedAudience[] = [
  { ...named, year: 2025, audience, label: '6e A', children: [ines] },
  { ...named, year: 2025, audience: `${audience.slice(0, -1)}0`, label: 'Latin 6e', children: [ines] },
  {
    ...named,
    year: 2024,
    audience: `${audience.slice(0, -1)}1`,
    uai: ecole.uai,
    school: ecole.name,
    label: 'CM2',
    children: [ines],
  },
  {
    ...named,
    year: 2024,
    audience: `${audience.slice(0, -1)}2`,
    uai: ecole.uai,
    school: ecole.name,
    label: 'CE2',
    children: [jules],
  },
]

const piece = (more: Partial<Piece>): Piece => ({
  id: '01k000000000000000000b',
  uai: college.uai,
  kind: 'task',
  group: { id: classes.sixA, name: '6e A' },
  subject: 'Mathématiques',
  title: 'Exercices 12 à 15, page 148',
  day: '2026-06-11',
  minutes: 20,
  author: { id: author.id, name: author.name },
  publishedAt: '2026-06-08T08:00:00.000Z',
  hasText: true,
  text: 'Faites une figure pour chacun.\nLa leçon est là : https://exemple.fr/aires.',
  ...more,
})
const session = { id: '01k000000000000000000c', kind: 'session', subject: 'Français', day: '2026-06-09' } as const
const pieces = [piece({}), piece({ ...session, title: 'Lecture à voix haute', minutes: undefined, text: undefined })]

const told = async (page: Page) => {
  await page.route(/\/api\/closed-groups/, route => route.fulfill({ json: { items: closed } }))
  await page.route(/\/api\/work\/closed\/\w+/, route => route.fulfill({ json: { items: pieces } }))
  await page.route(/\/api\/news\/closed\/\w+(\?|$)/, route => route.fulfill({ json: { items: [summary] } }))
  await page.route(/\/api\/news\/closed\/\w+\/\w+/, route => route.fulfill({ json: news }))
}

export const pastYears: readonly Screen[] = [
  { name: 'news-years', as: 'sophie', before: told, path: () => '/news/years', shows: 'Année 2025-2026' },
  { name: 'news-years-none', as: 'sophie', path: () => '/news/years', shows: 'Aucune année passée' },
  { name: 'news-years-class', as: 'sophie', before: told, path: () => `/news/years/${audience}`, shows: news.title },
  {
    name: 'news-years-article',
    as: 'sophie',
    before: told,
    path: () => `/news/years/${audience}/${news.id}`,
    shows: 'sous le préau',
  },
  { name: 'work-years', as: 'sophie', before: told, path: () => '/notebook/years', shows: 'Année 2025-2026' },
  {
    name: 'work-years-class',
    as: 'helene',
    before: told,
    path: () => `/notebook/years/${audience}`,
    shows: 'Lecture à voix haute',
  },
]
