import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { documentsContract } from '../../shared/documents/contract.ts'
import type { LinkedEntry } from '../../shared/documents/shapes.ts'
import { accepted } from '../support/accepted.ts'
import { builtAssembly } from '../support/built.ts'
import type { Visitor } from '../support/http.ts'
import { encryptedZip } from '../support/malware.ts'
import { timeoutMs } from '../support/timeout.ts'
import { sendDocument, sixASpace } from '../support/valmont-documents.ts'
import { type Fixture, openFixture, type Visit } from './fixture.ts'

/** What a script does that somebody has sent: a global, a cookie, what is stored, and a request would tell that it ran. */
const script = `self.ran=1;try{document.cookie='ran=1';localStorage.setItem('ran','1')}catch(e){};fetch('/ran?'+(self.document&&document.cookie))`
const page = `<!doctype html><title>Exposé</title><script>${script}</script><img src=x onerror="${script}"><p>Exposé`

/** Files with scripts, under every type by which a browser might run them. */
const sent = [
  ['page.html', 'text/html', page, 'attachment'],
  [
    'page.xhtml',
    'application/xhtml+xml',
    `<html xmlns="http://www.w3.org/1999/xhtml"><script>${script}</script></html>`,
    'attachment',
  ],
  [
    'dessin.svg',
    'image/svg+xml',
    `<svg xmlns="http://www.w3.org/2000/svg" onload="${script}"><script>${script}</script></svg>`,
    'attachment',
  ],
  ['programme.js', 'text/javascript', script, 'attachment'],
  ['module.mjs', 'application/javascript', script, 'attachment'],
  ['style.css', 'text/css', 'html{--ran:1}', 'attachment'],
  ['gif-et-script.gif', 'image/gif', `GIF89a=1;${script}`, 'inline'],
  ['pdf-et-page.pdf', 'application/pdf', `%PDF-1.7\n${page}`, 'inline'],
  ['page.txt', 'text/plain', page, 'inline'],
  ['programme.exe', 'application/x-msdownload', `MZ\x90\0${page}`, 'attachment'],
  ['sans-type', 'application/octet-stream', page, 'attachment'],
] as const

const long = (letters: number) => `${'é'.repeat(letters)}.bin`
const cited = `devoir -2- d'été ; n°1.bin`

/** Names as they may be given, as they are listed, and as what Chromium saves them. */
const names: readonly (readonly [given: string, listed: string, saved: string])[] = [
  ['../../etc/passwd.bin', '-..-etc-passwd.bin', '-..-etc-passwd.bin'],
  [`devoir "2" d'été ; n°1.bin`, cited, cited],
  // Chromium takes no joiner.
  ['👩‍🏫 œuvre.bin', '👩‍🏫 œuvre.bin', '👩_🏫 œuvre.bin'],
  ['photo\u202egnp.bin', 'photo gnp.bin', 'photo gnp.bin'],
  [long(300), long(176), long(176)],
]

let fixture: Fixture
let ines: Visitor
let visit: Visit
/** Requests by which a script would tell that it ran. */
const told: string[] = []

beforeAll(async () => {
  fixture = await openFixture(builtAssembly())
  ines = await fixture.valmont.as('ines')
  const helene = await fixture.valmont.as('helene')
  for (const [name, type, content] of sent) {
    const bytes = Buffer.from(content, 'latin1')
    await sendDocument(helene, sixASpace, { name, type, bytes })
    await sendDocument(ines, 'mine', { name, type, bytes })
  }
  visit = await fixture.visit('ines')
  visit.context.on('request', request => {
    if (new URL(request.url()).pathname === '/ran') told.push(request.frame().url())
  })
})
afterAll(() => fixture?.close())

const entriesOf = async (space: string): Promise<LinkedEntry[]> =>
  (await accepted(ines.ask(documentsContract.routes.list, { params: { space } }))).body.items
const linkOf = async (space: string, name: string): Promise<string> => {
  const link = (await entriesOf(space)).find(one => one.name === name)?.link
  if (!link) throw new Error(`${name} has no address`)
  return link
}

/** What a script would have left where it ran. */
const left = (at: Page) =>
  at.evaluate(() => {
    const stored = () => {
      try {
        return [document.cookie, localStorage.getItem('ran')]
      } catch {
        // A document in a sandbox has neither.
        return ['', null]
      }
    }
    return ['ran' in self, getComputedStyle(document.documentElement).getPropertyValue('--ran'), ...stored()]
  })
const nothing = [false, '', '', null]

describe.each([
  ['a class’s', sixASpace],
  ['one’s own', 'mine'],
] as const)('%s address of a file', (_, space) => {
  it.each(sent)('%s as %s: no script of it runs, opened by itself', async (name, type, __, how) => {
    const link = await linkOf(space, name)
    const { headers } = await ines.get(link)
    expect(headers.get('content-disposition')).toMatch(new RegExp(`^${how};`))
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toMatch(/(^|; )default-src 'none'(;|$)/)
    expect(headers.get('content-security-policy')).toMatch(/(^|; )sandbox(;|$)/)
    // What is saved has no type that a page could use it by.
    expect(headers.get('content-type')).toBe(how === 'inline' ? type : 'application/octet-stream')
    await visit.page.goto('/about')
    // What is saved is no navigation.
    await visit.page.goto(link).catch(() => {})
    await visit.page.waitForLoadState()
    expect(await left(visit.page)).toEqual(nothing)
    expect(told).toEqual([])
  })

  it('as a script, a module, a worker, a style, a frame or an object of a page of ours: runs nothing', async () => {
    const { page: ours } = visit
    const links = await Promise.all(sent.map(([name]) => linkOf(space, name)))
    await ours.goto('/about')
    const tried = await ours.evaluate(async all => {
      const added = (tag: string, properties: object) =>
        new Promise<string>(resolve => {
          const element = Object.assign(document.createElement(tag), properties)
          element.onload = () => resolve('loaded')
          element.onerror = () => resolve('failed')
          document.body.append(element)
          // A frame or an object that is blocked may tell nothing.
          setTimeout(() => resolve('silent'), 2_000)
        })
      const registered = (url: string) =>
        navigator.serviceWorker.register(url, { scope: '/media/' }).then(
          () => 'loaded',
          () => 'failed',
        )
      const worked = (url: string) =>
        new Promise<string>(resolve => {
          try {
            const worker = new Worker(url)
            worker.onerror = () => resolve('failed')
            worker.onmessage = () => resolve('loaded')
          } catch {
            resolve('failed')
          }
          setTimeout(() => resolve('silent'), 2_000)
        })
      return Promise.all(
        all.map(async url => ({
          script: await added('script', { src: url }),
          module: await added('script', { type: 'module', src: url }),
          worker: await worked(url),
          serviceWorker: await registered(url),
          style: await added('link', { rel: 'stylesheet', href: url }),
          others: await Promise.all([
            added('iframe', { src: url }),
            added('object', { data: url }),
            added('embed', { src: url }),
          ]),
        })),
      )
    }, links)
    for (const [at, { script: asScript, module, worker, serviceWorker, style }] of tried.entries())
      expect([asScript, module, serviceWorker, style, worker === 'loaded'], sent[at]?.[0]).toEqual([
        ...['failed', 'failed', 'failed', 'failed'],
        false,
      ])
    expect(await left(ours)).toEqual(nothing)
    for (const frame of ours.frames().slice(1))
      expect(await frame.evaluate(() => 'ran' in self).catch(() => false), frame.url()).toBe(false)
    expect(told).toEqual([])
  })
})

it('these tests see a script that runs: one that is served under its type', async () => {
  const link = await linkOf('mine', 'programme.js')
  const other = await fixture.visit('ines')
  other.expect(/./)
  const asked = other.page.waitForRequest(request => new URL(request.url()).pathname === '/ran')
  await other.page.route('**/media/**', route => route.fulfill({ contentType: 'text/javascript', body: script }))
  await other.page.goto('/about')
  await other.page.evaluate(src => document.body.append(Object.assign(document.createElement('script'), { src })), link)
  await asked
  expect((await left(other.page))[0]).toBe(true)
  await other.close()
})

it('what no scanner can look into is saved from the bucket, and is of no type that a browser shows', async () => {
  const helene = await fixture.valmont.as('helene')
  const bytes = Buffer.concat([encryptedZip, Buffer.from(page)])
  const entry = await sendDocument(helene, 'mine', { name: 'archive.zip', type: 'application/zip', bytes })
  const params = { space: 'mine', entry }
  const { url } = (await accepted(helene.ask(documentsContract.routes.unscanned, { params }))).body
  const reply = await fetch(url)
  expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'application/octet-stream'])
  expect(reply.headers.get('content-disposition')).toMatch(/^attachment;/)
  const other = await fixture.visit('helene')
  const download = other.page.waitForEvent('download')
  await other.page.goto('/about')
  await other.page.goto(url).catch(() => {})
  expect((await download).suggestedFilename()).toBe('archive.zip')
  expect(await left(other.page)).toEqual(nothing)
  expect(new URL(other.page.url()).pathname).toBe('/about')
  await other.close()
})

describe(
  'the name of a file',
  () => {
    it.each(names)('%j is listed and saved as %j', async (given, name, saved) => {
      await sendDocument(ines, 'mine', { name: given, type: 'application/octet-stream', bytes: Buffer.from(given) })
      const download = visit.page.waitForEvent('download')
      await visit.page.goto(await linkOf('mine', name)).catch(() => {})
      expect((await download).suggestedFilename()).toBe(saved)
    })

    it('may be that of two, each with its own content', async () => {
      const file = (content: string) => ({ name: 'double.txt', type: 'text/plain', bytes: Buffer.from(content) })
      for (const content of ['un', 'deux']) await sendDocument(ines, 'mine', file(content))
      const both = (await entriesOf('mine')).filter(({ name }) => name === 'double.txt')
      const contents = await Promise.all(both.map(async ({ link = '' }) => (await ines.get(link)).body))
      expect(contents.sort()).toEqual(['deux', 'un'])
    })
  },
  timeoutMs(20),
)
