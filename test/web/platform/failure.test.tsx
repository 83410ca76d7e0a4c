import { join } from 'node:path'
import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { renderToStaticMarkup } from 'react-dom/server'
import { beforeAll, describe, expect, it } from 'vitest'
import { root } from '../../../lib/platform/root.ts'
import { commonProblems, problemUri } from '../../../shared/kernel/problem.ts'
import { FailedRead, type Failure, failureOf } from '../../../web/platform/failure.ts'
import { useFailureWords } from '../../../web/platform/failure-words.ts'
import { texts } from '../../../web/platform/texts.ts'
import { problems } from './loopback.ts'
import { cataloguePaths } from './web-sources.ts'

const Said = ({ failure }: { readonly failure: Failure }) => useFailureWords()(failure)

const said = (language: 'fr' | 'en', failure: Failure): string => {
  i18n.activate(language)
  return renderToStaticMarkup(
    <I18nProvider i18n={i18n}>
      <Said failure={failure} />
    </I18nProvider>,
  )
}

/** Those that no API answers. */
const own = ['unreachable', 'outdated', 'gone', 'files-refused', 'file-missing']
const types = [...Object.keys(problems), ...own]

describe('useFailureWords()', () => {
  it('explains what its catalogue holds, and anything else as unexpected', () => {
    expect(said('fr', { type: 'not-found' })).toBe(texts.byLanguage.fr['failure.not-found'])
    for (const type of ['unheard-of', 'toString', 'nothing-to-sign'])
      expect(said('fr', { type })).toBe(texts.byLanguage.fr['failure.unexpected'])
  })
})

describe('useFailureWords(), with the catalogues of all features', () => {
  beforeAll(() => Promise.all(cataloguePaths().map(path => import(join(root, path)))))

  it.each(types)('says what %s means in French and in English, in sentences', type => {
    const [french, english] = [said('fr', { type }), said('en', { type })]
    for (const words of [french, english]) expect(words).toMatch(/^\p{Lu}[^{}]+\.$/u)
    expect(french).not.toBe(english)
    expect(french).not.toContain('failure.')
    if (type !== 'unexpected') expect(french).not.toBe(texts.byLanguage.fr['failure.unexpected'])
  })

  it('has no text for a failure that does not exist', () => {
    const common = Object.keys(commonProblems)
    const known = new Set([...common, ...own, 'support'].map(type => `failure.${type}`))
    expect(Object.keys(texts.byLanguage.fr).filter(key => key.startsWith('failure.') && !known.has(key))).toEqual([])
  })

  it('says how long to wait where the API sends Retry-After', () => {
    const wait = (retryAfter?: number) => said('fr', { type: 'too-many-attempts', ...(retryAfter && { retryAfter }) })
    expect([wait(), wait(1), wait(30)]).toEqual([
      'Trop d’essais. Patientez un peu avant de recommencer.',
      'Trop d’essais. Patientez 1 seconde.',
      'Trop d’essais. Patientez 30 secondes.',
    ])
  })
})

const reply = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers })

describe('FailedRead', () => {
  const refused = (...paths: readonly string[]) =>
    new FailedRead({ type: 'invalid-request', errors: paths.map(path => ({ path, message: 'is in no known form' })) })
      .failure.type

  it('of an address in no known form is not found: whoever followed it has nothing to correct', () => {
    expect(refused('path.news')).toBe('not-found')
    expect(refused('path.audience', 'path.news')).toBe('not-found')
  })

  it('of what was entered says so', () => {
    expect(refused('query.name')).toBe('invalid-request')
    expect(refused('path.space', 'query.name')).toBe('invalid-request')
    expect(refused()).toBe('invalid-request')
  })
})

describe('failureOf()', () => {
  it.each(Object.entries(problems))('reads a problem document of type %s', async (type, { status }) => {
    expect(await failureOf(reply(status, { type: problemUri(type) }), [type])).toEqual({ type })
  })

  it.each(Object.entries(commonProblems))('reads %s of any route', async (type, { status }) => {
    expect(await failureOf(reply(status, { type: problemUri(type) }))).toEqual({ type })
  })

  it.each([
    [422, 'unexpected'],
    [503, 'unavailable'],
    [404, 'not-found'],
  ])('reads a type that the route does not declare by its status %i', async (status, type) => {
    expect(await failureOf(reply(status, { type: problemUri('unheard-of') }), ['nothing-to-sign'])).toEqual({ type })
  })

  it('reads the refused fields, Retry-After and the request id', async () => {
    const errors = [{ path: 'body.title', message: 'expected a text' }]
    const document = { type: problemUri('invalid-request'), errors }
    const headers = { 'retry-after': '12', 'x-request-id': 'r-1' }
    expect(await failureOf(reply(400, document, headers))).toEqual({
      type: 'invalid-request',
      errors,
      retryAfter: 12,
      requestId: 'r-1',
    })
  })

  it.each([
    [429, 'unavailable'],
    [502, 'unavailable'],
    [503, 'unavailable'],
    [504, 'unavailable'],
    [404, 'not-found'],
    [400, 'unexpected'],
    [403, 'unexpected'],
    [500, 'unexpected'],
  ])('reads a %i without a problem document as %s', async (status, type) => {
    expect(await failureOf(reply(status, '<h1>Error</h1>', { 'content-type': 'text/html' }))).toEqual({ type })
  })

  it.each([
    null,
    [],
    'x',
    { type: 'about:blank' },
    { type: '/api/problems/unheard-of' },
    { type: '/api/problems/toString' },
    { type: 3 },
  ])('does not read %j as a problem document', async document => {
    expect(await failureOf(reply(500, JSON.stringify(document)))).toEqual({ type: 'unexpected' })
  })

  it.each(['soon', '-5', 'Mon, 16 Mar 2026 08:00:00 GMT'])('ignores a Retry-After of %s', async header => {
    expect(await failureOf(reply(503, '', { 'retry-after': header }))).toEqual({ type: 'unavailable' })
  })
})
