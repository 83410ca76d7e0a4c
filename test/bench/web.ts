import { get } from 'node:http'
import { buffer } from 'node:stream/consumers'
import type { Page } from 'playwright-core'
import { type Fixture, openFixture } from '../browser/fixture.ts'
import { open, screens } from '../browser/screen-list.ts'
import { assembly } from '../support/assembly.ts'
import { password } from '../support/populate.ts'
import { publishNews } from '../support/valmont-news.ts'
import type { Figure, Part } from './figure.ts'

/** The screens beyond sign-in and Home, by their names in the list of screens. */
const further = [
  ...['activate', 'account', 'news-list', 'news-to-sign', 'news-write', 'news-edit', 'news-published', 'news-readers'],
  'directory',
  'documents-none',
]

/** Notes the scripts and styles that a page asks for from now on, by their paths. */
const assetsOf = (page: Page): Set<string> => {
  const asked = new Set<string>()
  page.on('request', request => {
    const { pathname } = new URL(request.url())
    if (/\.(js|css)$/.test(pathname)) asked.add(pathname)
  })
  return asked
}

/** Bytes of a file as the edge sends it to a browser: compressed with Brotli, unless it has less than 1,000. */
const sizes = (url: string) => {
  const known = new Map<string, number>()
  const ask = (path: string) =>
    new Promise<number>((resolve, reject) => {
      get(new URL(path, url), { headers: { 'accept-encoding': 'br' } }, async reply => {
        const { length } = await buffer(reply)
        if (reply.statusCode === 200) resolve(length)
        else reject(new Error(`${path} was answered with ${reply.statusCode}`))
      }).on('error', reject)
    })
  return async (path: string): Promise<number> => {
    const size = known.get(path) ?? (await ask(path))
    known.set(path, size)
    return size
  }
}

type SizeOf = (path: string) => Promise<number>
type Weight = { readonly js: number; readonly css: number; readonly files: number }

const weigh = async (paths: readonly string[], sizeOf: SizeOf): Promise<Weight> => {
  const of = { js: 0, css: 0 }
  for (const path of paths) of[path.endsWith('.css') ? 'css' : 'js'] += (await sizeOf(path)) / 1000
  return { ...of, files: paths.length }
}

/** Somebody's first visit on a browser that has nothing: they sign in, and Home shows. */
const firstVisit = async ({ valmont, visit }: Fixture): Promise<Set<string>> => {
  await valmont.as('sophie')
  const { page, close } = await visit(undefined)
  const asked = assetsOf(page)
  await page.goto('/')
  await page.getByLabel('Identifiant').fill(valmont.credentials('sophie').login)
  await page.getByLabel('Mot de passe', { exact: true }).fill(password)
  // By the keyboard: a pointer would come to rest on a link of Home, whose screen is then fetched early.
  await page.keyboard.press('Enter')
  await page.getByRole('main').getByRole('listitem').first().waitFor()
  await close()
  return asked
}

type Wire = { readonly path: string; bytes: number; done: boolean }

/** A browser that has nothing opens Préau on a phone, until its sign-in form can be used, and then until it is quiet. */
const signInPage = async ({ visit }: Fixture, sizeOf: SizeOf): Promise<readonly Figure[]> => {
  const { page, context, close } = await visit(undefined, { width: 390 })
  const session = await context.newCDPSession(page)
  await session.send('Network.enable')
  const asked = new Map<string, Wire>()
  session.on('Network.requestWillBeSent', ({ requestId, request }) => {
    asked.set(requestId, { path: new URL(request.url).pathname, bytes: 0, done: false })
  })
  // Of a reply: its headers, and its body as it was sent.
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    Object.assign(asked.get(requestId) ?? {}, { bytes: encodedDataLength, done: true })
  })
  session.on('Network.loadingFailed', ({ requestId }) => Object.assign(asked.get(requestId) ?? {}, { done: true }))
  const isFont = ({ path }: Wire) => path.endsWith('.woff2')
  const sum = (replies: readonly Wire[]) => replies.reduce((total, { bytes }) => total + bytes, 0) / 1000
  await page.goto('/')
  await page.getByLabel('Identifiant').fill('x')
  const first = [...asked.values()]
  const isQuiet = () => [...asked.values()].every(({ done }) => done) && [...asked.values()].some(isFont)
  for (let waited = 0; !isQuiet() && waited < 10_000; waited += 100) await page.waitForTimeout(100)
  const early = await page.evaluate(() => {
    const [paint] = performance.getEntriesByName('first-contentful-paint')
    const resources = performance.getEntriesByType('resource')
    return resources.filter(({ name, startTime }) => name.endsWith('.woff2') && startTime < (paint?.startTime ?? 1e9))
      .length
  })
  await close()
  const [form, fonts] = [first.filter(one => !isFont(one)), [...asked.values()].filter(isFont)]
  return [
    {
      what: 'web: first visit until the form can be used',
      value: sum(form),
      unit: 'KB',
      atMost: 150,
      note: `on the wire, with headers; ${form.length} requests`,
    },
    {
      what: 'web: font',
      value: sum(await Promise.all(fonts.map(async one => ({ ...one, bytes: await sizeOf(one.path) })))),
      unit: 'KB',
      atMost: 35,
      note: `without headers; ${fonts.length} file`,
    },
    {
      what: 'web: font, asked for before the first paint',
      value: early,
      unit: 'requests',
      atMost: 0,
    },
  ]
}

const figureOf = (name: string, { js, css, files }: Weight): Figure => ({
  what: `${name}: what it adds`,
  value: js + css,
  unit: 'KB',
  note: `${js.toFixed(1)} KB of JavaScript, ${css.toFixed(1)} KB of CSS; ${files} files`,
})

/** What the web app weighs on its way to a browser: sign-in and Home together, and what each further screen adds. */
export const web = async (): Promise<Part> => {
  const fixture = await openFixture(await assembly())
  try {
    const ids = await publishNews(fixture.valmont)
    const sizeOf = sizes(fixture.territory.url)
    const signIn = await signInPage(fixture, sizeOf)
    const first = await firstVisit(fixture)
    const { js, css, files } = await weigh([...first], sizeOf)
    const figures: Figure[] = []
    for (const name of further) {
      const screen = screens.find(one => one.name === name)
      if (!screen) throw new Error(`there is no screen ${name}`)
      const { page, close } = await fixture.visit(screen.as)
      const asked = assetsOf(page)
      await open(page, screen, ids)
      await close()
      const own = [...asked].filter(path => !first.has(path))
      figures.push(figureOf(name, await weigh(own, sizeOf)))
    }
    return {
      name: 'Web app, compressed by the edge with Brotli',
      figures: [
        ...signIn,
        {
          what: 'JavaScript of sign-in and home',
          value: js,
          unit: 'KB',
          atMost: 120,
        },
        { what: 'files of sign-in and home', value: files, unit: 'requests', atMost: 10, note: 'scripts and styles' },
        { what: 'CSS of sign-in and home', value: css, unit: 'KB', atMost: 15 },
        {
          what: 'service worker',
          value: (await sizeOf('/sw.js')) / 1000,
          unit: 'KB',
          note: 'fetched after the page, once a version',
        },
        ...figures,
      ],
    }
  } finally {
    await fixture.close()
  }
}
