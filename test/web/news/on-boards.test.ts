import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { homeContract } from '../../../shared/home/contract.ts'
import { boardPath, type EdgeMe, edgeMePath, indexPath } from '../../../shared/kernel/board.ts'
import { dayIn } from '../../../shared/kernel/territory-day.ts'
import type { BoardNews, NewsBoard } from '../../../shared/news/board.ts'
import { newsContract } from '../../../shared/news/contract.ts'
import { type Me, sessionContract } from '../../../shared/session/contract.ts'
import { dayAfter } from '../../../shared/work/rules.ts'
import { homeOf } from '../../browser/home.ts'
import { type Answering, type Asked, problem } from '../platform/loopback.ts'
import { openSite } from '../platform/site.ts'

let site: Awaited<ReturnType<typeof openSite>>
let page: Page

beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site?.close())
afterEach(() => page?.context().close())

const uai = '0750001A'
const sixA = 'aaaaaaaaaaaa'
const [child, author, sophie] = ['c000000000000001', 'a000000000000001', 's000000000000001']
const minute = 60_000
const id = (count: number) => String(count).padStart(22, '0')
const file = (count: number, head = 'news') => `${head}.1.${String(count).padStart(13, '0')}`

const me = (): Me => ({
  person: { id: sophie, givenName: 'Sophie', familyName: 'Martin', login: 'sophie.martin' },
  roles: [{ uai, role: 'guardian' }],
  schools: [{ uai, name: 'Collège des Tilleuls' }],
  children: [{ id: child, givenName: 'Léa', familyName: 'Martin', uai, className: '6e A' }],
  audiences: [{ id: sixA, kind: 'class-guardians', uai, label: '6e A', children: [child] }],
  access: 'as it was',
  expiresAt: new Date(Date.now() + 10 * minute).toISOString(),
})

const audiences = [{ id: sixA, kind: 'class-guardians' as const, label: '6e A' }]
const news = (count: number, title: string, more: Partial<BoardNews> = {}): BoardNews => ({
  id: id(count),
  uai,
  schoolName: 'Collège des Tilleuls',
  title,
  excerpt: `Début de ${title}`,
  author: { id: author, name: 'Marc Petit', role: 'head' },
  publishedAt: new Date(Date.now() - (30 - count) * minute).toISOString(),
  pinned: false,
  urgent: false,
  notice: 'none',
  version: 1,
  ...more,
})

/** What the edge and the API hold, which tests change. */
let board: NewsBoard
let files: Map<string, unknown>
let asked: Asked[]
let access: string

const publish = (count: number) => {
  files.set(indexPath(uai, 'guardians'), {
    school: { uai, name: 'Collège des Tilleuls' },
    poll: 20,
    audiences: [{ id: sixA, kind: 'class-guardians', label: '6e A', boards: [file(count)] }],
  })
  files.set(boardPath(sixA, file(count)), board)
}

const { heldBoards, seen } = newsContract.routes
const { state } = homeContract.routes
const { renew } = sessionContract.routes

/** All is well. */
const well: Answering = one => {
  asked.push(one)
  const { path, body } = one
  if (files.has(path)) return { status: 200, body: files.get(path) }
  if (path === state.path) return { status: 200, body: { access, news: { audiences: [] }, work: { items: [] } } }
  if (path === seen.path) return { status: 200, body: { seen: (JSON.parse(body) as { news: string[] }).news } }
  if (path === renew.path) return { status: 200, body: { ...me(), access } }
  return problem('not-found')
}
/** Nothing answers: neither the API nor the edge. */
const broken: Answering = one => {
  asked.push(one)
  return 'broken'
}
/** The API answers nothing, the edge has its copies and says who one is. */
const readOnly: Answering = one => {
  const edge: EdgeMe = {
    person: sophie,
    schools: [{ uai, roles: ['guardian'], audiences: [sixA] }],
    expiresAt: Math.floor(Date.now() / 1000) - 3_600,
    readableUntil: Math.floor(Date.now() / 1000) + 86_400,
    now: Math.floor(Date.now() / 1000),
  }
  if (one.path.startsWith('/api/')) {
    asked.push(one)
    return problem('unavailable')
  }
  return one.path === edgeMePath ? { status: 200, body: edge } : well(one)
}

beforeEach(async () => {
  asked = []
  files = new Map()
  access = 'as it was'
  board = {
    rows: [
      news(9, 'Sortie au musée', { text: file(1, 'news-text') }),
      news(8, 'Photo de classe', { opened: { body: 'Souriez **bien**.', audiences } }),
    ],
    notices: [news(1, 'Autorisation de sortie', { notice: 'guardian', opened: { body: 'À signer.', audiences } })],
  }
  files.set(boardPath(sixA, file(1, 'news-text')), { body: 'Rendez-vous à huit heures.', audiences })
  publish(1)
  site.answer(well)
  page = await site.visit()
})

/** Sophie’s own device, on which she has signed in before. */
const signedIn = async () => {
  await page.goto('/sign-in')
  await page.evaluate(text => localStorage.setItem('preau.me', text), JSON.stringify({ me: me(), personal: true }))
  asked = []
}
const row = (title: string) => page.getByRole('link', { name: new RegExp(title) }).first()
const paths = (of: (path: string) => boolean) => asked.map(({ path }) => path).filter(of)
const toSign = () => page.locator('section', { has: page.getByRole('heading', { name: 'À signer' }) }).getByRole('link')
const isText = (path: string) => path.includes('news-text')

describe('Home', () => {
  it('asks for the index, the board, its texts and what is private, then for the index and what is private of the news', async () => {
    await signedIn()
    await page.goto('/')
    await row('Sortie au musée').waitFor()
    await expect.poll(() => paths(isText).length).toBe(1)
    expect(paths(() => true).sort()).toEqual(
      [state.path, indexPath(uai, 'guardians'), boardPath(sixA, file(1)), boardPath(sixA, file(1, 'news-text'))].sort(),
    )
    asked = []
    await page.waitForTimeout(1_500)
    await page.reload()
    await row('Sortie au musée').waitFor()
    await expect.poll(() => paths(() => true).sort()).toEqual([state.path, indexPath(uai, 'guardians')].sort())
  })

  it('keeps everything through three reloads of an outage, the notice to sign as well, and says how old it is', async () => {
    await signedIn()
    await page.goto('/')
    await row('Sortie au musée').waitFor()
    await expect.poll(() => paths(isText).length).toBe(1)
    await page.waitForTimeout(1_500)
    site.answer(broken)
    for (let reload = 0; reload < 3; reload++) {
      await page.reload()
      await row('Sortie au musée').waitFor()
      // What is shown in full is a row until its text can be.
      await expect
        .poll(async () => [await toSign().count(), await page.getByText(/Non lue(?!s)/).count()])
        .toEqual([1, 2])
      // As long as reads that fail need to be stored as such.
      await page.waitForTimeout(1_500)
    }
    expect(await page.getByText(/^À jour à/).count()).toBe(0)
    await page.clock.install({ time: Date.now() + 3 * minute })
    await page.reload()
    await page.getByText(/^À jour à/).waitFor()
    await expect.poll(() => toSign().count()).toBe(1)
  })

  it.each([
    ['10 minutes slow', -10 * minute],
    ['a day fast', 1_440 * minute],
  ])('shows the same on a device whose clock is %s', async (_, off) => {
    const soon = new Date(Date.now() + 60 * minute).toISOString()
    const ago = new Date(Date.now() - minute).toISOString()
    board = {
      rows: [
        news(29, 'Vient de paraître', { until: soon }),
        news(7, 'Est terminée', { until: ago }),
        news(6, 'Paraîtra bientôt', { publishedAt: soon }),
      ],
      notices: [],
    }
    publish(2)
    await page.clock.install({ time: Date.now() + off })
    await signedIn()
    await page.goto('/')
    await row('Vient de paraître').waitFor()
    expect([await row('Est terminée').count(), await row('Paraîtra bientôt').count()]).toEqual([0, 0])
    // The first reply has told the time: by it the token is good.
    asked = []
    await page.reload()
    await row('Vient de paraître').waitFor()
    await expect.poll(() => paths(path => path === state.path).length).toBe(1)
    expect([await row('Est terminée').count(), await row('Paraîtra bientôt').count()]).toEqual([0, 0])
    expect(paths(path => path === renew.path)).toEqual([])
  })

  it('reads by its cookie alone while the API is down, and is whole once the API is back', async () => {
    site.answer(readOnly)
    await page.goto('/')
    await row('Sortie au musée').waitFor()
    await page.getByText('Préau répond en partie.').waitFor()
    await row('Sortie au musée').click()
    await page.getByText('Rendez-vous à huit heures.').waitFor()
    expect(await page.evaluate(() => [localStorage.getItem('preau.me'), sessionStorage.getItem('preau.me')])).toEqual([
      null,
      null,
    ])
    site.answer(one => (one.path === '/api/me' ? { status: 200, body: me() } : well(one)))
    await page.evaluate(() => dispatchEvent(new Event('online')))
    await page.getByText('Préau répond en partie.').waitFor({ state: 'detached' })
    await page.goto('/')
    await homeOf(page, 'Sophie').waitFor()
  })

  it('shows a publication as soon as the person comes back', async () => {
    await signedIn()
    await page.goto('/')
    await row('Sortie au musée').waitFor()
    board = { ...board, rows: [news(10, 'Grève des cars'), ...board.rows] }
    publish(2)
    await page.evaluate(() => dispatchEvent(new Event('focus')))
    await page.getByRole('link', { name: /Grève des cars/ }).waitFor({ timeout: 10_000 })
  })

  it('says of no child that there is nothing to do while the notebook of their class is not there', async () => {
    const [jules, cm1] = ['c000000000000002', 'bbbbbbbbbbbb']
    const [first] = me().audiences
    const two = {
      ...me(),
      children: [...me().children, { id: jules, givenName: 'Jules', familyName: 'Martin', uai, className: 'CM1' }],
      audiences: [...me().audiences, { ...first, id: cm1, label: 'CM1', children: [jules] }],
    }
    const day = dayAfter(dayIn(new Date()), 1)
    const piece = {
      ...{ id: id(30), uai, kind: 'task', group: { id: 'g00000000001', name: 'CM1' }, day, version: 1 },
      ...{ subject: 'Français', title: 'Poésie', publishedAt: new Date().toISOString(), hasText: false },
      author: { id: 'a000000000000001', name: 'Marc Petit' },
    }
    const [sixAs, cm1s] = [file(7, 'work'), file(8, 'work')]
    const index = files.get(indexPath(uai, 'guardians')) as { audiences: object[] }
    files.set(indexPath(uai, 'guardians'), {
      ...index,
      audiences: [
        { id: sixA, kind: 'class-guardians', label: '6e A', boards: [file(1), sixAs] },
        { id: cm1, kind: 'class-guardians', label: 'CM1', boards: [cm1s] },
      ],
    })
    files.set(boardPath(cm1, cm1s), { pieces: [piece] })
    site.answer(one => (one.path === boardPath(sixA, sixAs) ? problem('unavailable') : well(one)))
    await page.goto('/sign-in')
    await page.evaluate(text => localStorage.setItem('preau.me', text), JSON.stringify({ me: two, personal: true }))
    await page.goto('/')
    await page.getByText('Poésie').waitFor()
    await page.getByText('Le travail à faire n’est pas encore là.').waitFor()
    expect(await page.getByText('Rien à faire pour les jours qui viennent').count()).toBe(0)
    await page.goto('/notebook')
    await page.getByText('ce qui suit n’est peut-être pas tout').waitFor()
    // Once it is there, and nothing is in it, that is said.
    files.set(boardPath(sixA, sixAs), { pieces: [] })
    site.answer(well)
    await page.goto('/')
    await page.getByText('Rien à faire pour les jours qui viennent').waitFor()
    expect(await page.getByText('Le travail à faire n’est pas encore là.').count()).toBe(0)
  })

  it('renews the session once where the API tells of another access', async () => {
    await signedIn()
    access = 'as it is now'
    await page.goto('/')
    await row('Sortie au musée').waitFor()
    await expect.poll(() => paths(path => path === renew.path).length).toBe(1)
    await page.waitForTimeout(1_000)
    await page.reload()
    await row('Sortie au musée').waitFor()
    await expect.poll(() => paths(path => path === state.path).length).toBe(2)
    expect(paths(path => path === renew.path)).toHaveLength(1)
  })
})

describe('Home of somebody who publishes and has no children', () => {
  it('renews the session once where what they follow tells of another access', async () => {
    const { mine } = newsContract.routes
    const teacher = { ...me(), roles: [{ uai, role: 'teacher' as const }], children: [] }
    await page.goto('/sign-in')
    const stored = JSON.stringify({ me: teacher, personal: true })
    await page.evaluate(text => localStorage.setItem('preau.me', text), stored)
    asked = []
    const gained = 'with a further class'
    access = gained
    site.answer(one => {
      const usual = well(one)
      if (one.path.startsWith(mine.path)) return { status: 200, body: { items: [], access: gained } }
      return one.path === renew.path ? { status: 200, body: { ...teacher, access: gained } } : usual
    })
    await page.goto('/')
    await expect.poll(() => paths(path => path === renew.path).length).toBe(1)
    // A page that is left before it has the reply asks again, under the same key.
    await expect.poll(() => page.evaluate(() => localStorage.getItem('preau.me'))).toContain(gained)
    await page.reload()
    await expect.poll(() => paths(path => path.startsWith(mine.path)).length).toBe(2)
    await page.waitForTimeout(1_000)
    expect(paths(path => path === renew.path)).toHaveLength(1)
  })
})

describe('NewsScreen', () => {
  it('shows the news of an audience that does not fit into the token like others, by the API', async () => {
    const apart = 'bbbbbbbbbbbb'
    const older = id(2)
    // Its older page holds back nothing that is newer than its last row.
    const rows = [
      news(11, 'Piscine lundi', { opened: { body: 'Prenez un **bonnet**.', audiences } }),
      news(7, 'Cahier de vie'),
    ]
    const open = [news(5, 'Accord pour le séjour', { notice: 'guardian', opened: { body: 'À lire.', audiences } })]
    await page.goto('/sign-in')
    const held = { id: apart, kind: 'class-guardians', uai, label: 'CM1', children: [child] }
    const stored = { me: { ...me(), audiences: [...me().audiences, held], notInToken: [apart] }, personal: true }
    await page.evaluate(text => localStorage.setItem('preau.me', text), JSON.stringify(stored))
    site.answer(one => {
      const { pathname, searchParams } = new URL(one.path, 'http://edge.example')
      if (pathname === heldBoards.path && searchParams.get('audiences') === apart) {
        asked.push(one)
        return { status: 200, body: { items: [{ audience: apart, rows, notices: open, next: 'abc' }] } }
      }
      if (pathname === `/api/news/audiences/${apart}`)
        return { status: 200, body: { items: [news(2, 'Fête de la musique')] } }
      if (pathname === `/api/news/audiences/${apart}/${older}`)
        return { status: 200, body: { ...news(2, 'Fête de la musique'), body: 'Samedi à dix heures.', audiences } }
      return well(one)
    })
    await page.goto('/news?show=sign')
    await row('Accord pour le séjour').waitFor()
    await row('Autorisation de sortie').waitFor()
    await page.goto('/news')
    await row('Sortie au musée').waitFor()
    await row('Piscine lundi').click()
    await page.getByText('Prenez un bonnet.').waitFor()
    await page.goto('/news')
    await page.getByRole('button', { name: 'Afficher la suite' }).click()
    await row('Fête de la musique').click()
    await page.getByText('Samedi à dix heures.').waitFor()
    expect(paths(path => path.includes(apart) && !path.startsWith('/api/news/'))).toEqual([])
    // What this device knows of it is there while the API is down.
    await page.waitForTimeout(1_500)
    site.answer(broken)
    await page.goto('/news')
    await row('Piscine lundi').waitFor()
  })

  it('lists a notice under "to sign" though it is not among the newest', async () => {
    await signedIn()
    await page.goto('/news?show=sign')
    await row('Autorisation de sortie').waitFor()
    expect(await row('Photo de classe').count()).toBe(0)
    await page.goto('/news')
    await row('Photo de classe').waitFor()
    expect(await row('Autorisation de sortie').count()).toBe(0)
  })

  it('shows the text of an item never opened without a network', async () => {
    await signedIn()
    await page.goto('/news')
    await expect.poll(() => paths(isText).length).toBe(1)
    await row('Photo de classe').click()
    await page.getByText('Souriez bien.').waitFor()
    await page.waitForTimeout(1_500)
    site.answer(broken)
    await page.goto(`/news/${sixA}/${id(9)}`)
    await page.getByText('Rendez-vous à huit heures.').waitFor()
  })

  it('sends what was opened in one request when the page is left, and again what was lost', async () => {
    await signedIn()
    await page.goto('/news')
    await row('Sortie au musée').click()
    await page.getByText('Rendez-vous à huit heures.').waitFor()
    await page.goBack()
    await row('Photo de classe').click()
    await page.getByText('Souriez bien.').waitFor()
    site.answer(one => {
      const reply = well(one)
      return one.path === seen.path ? problem('unavailable') : reply
    })
    const leave = () =>
      page.evaluate(() => {
        Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true })
        document.dispatchEvent(new Event('visibilitychange'))
      })
    const sent = () =>
      asked.filter(({ path }) => path === seen.path).map(({ body }) => (JSON.parse(body) as { news: string[] }).news)
    expect(sent()).toEqual([])
    await leave()
    await expect.poll(() => sent().map(of => of.toSorted())).toEqual([[id(8), id(9)]])
    // Of this page's person, whoever the cookie is of by then.
    expect(asked.find(({ path }) => path === seen.path)?.headers['preau-person']).toBe(sophie)
    await page.waitForTimeout(500)
    // What waits is tried when the page opens, and not again before half a minute: the API answers by then.
    site.answer(well)
    asked = []
    await page.goto('/news')
    await row('Photo de classe').waitFor()
    expect(await page.getByText(/Non lue(?!s)/).count()).toBe(0)
    await leave()
    await expect.poll(() => [...new Set(sent().flat())].toSorted()).toEqual([id(8), id(9)])
  })

  it('drops what was taken back at the next contact, on the device too', async () => {
    await signedIn()
    await page.goto('/news')
    await expect.poll(() => paths(isText).length).toBe(1)
    board = { ...board, rows: board.rows.slice(1) }
    files.clear()
    publish(3)
    await page.reload()
    await row('Sortie au musée').waitFor({ state: 'detached' })
    await page.goto(`/news/${sixA}/${id(9)}`)
    await page.getByText('Il n’y a rien ici pour vous.').waitFor()
    await page.waitForTimeout(500)
    const stored = await page.evaluate(
      () =>
        new Promise<string>(resolve => {
          const opening = indexedDB.open('preau-boards')
          opening.onsuccess = () => {
            const reading = opening.result.transaction('content').objectStore('content').getAll()
            reading.onsuccess = () => resolve(JSON.stringify(reading.result))
          }
        }),
    )
    expect(stored).toContain('Photo de classe')
    expect(stored).not.toContain('Rendez-vous')
    expect(stored).not.toContain('Sortie au musée')
  })
})
