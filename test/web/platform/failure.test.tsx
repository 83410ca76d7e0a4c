import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { type ProblemType, problems, problemUri } from '../../../shared/kernel/problem.ts'
import { type Failure, failureOf } from '../../../web/platform/failure.ts'
import { useFailureWords } from '../../../web/platform/failure-words.ts'
import { texts } from '../../../web/platform/texts.ts'

const Said = ({ failure }: { readonly failure: Failure }) => useFailureWords()(failure)

const said = (language: 'fr' | 'en', failure: Failure): string => {
  i18n.activate(language)
  return renderToStaticMarkup(
    <I18nProvider i18n={i18n}>
      <Said failure={failure} />
    </I18nProvider>,
  )
}

const types = [...(Object.keys(problems) as ProblemType[]), 'unreachable' as const]

describe('useFailureWords()', () => {
  it.each(types)('says what %s means in French and in English, in sentences', type => {
    const [french, english] = [said('fr', { type }), said('en', { type })]
    for (const words of [french, english]) expect(words).toMatch(/^\p{Lu}[^{}]+\.$/u)
    expect(french).not.toBe(english)
    expect(french).not.toContain('failure.')
  })

  it('has no words for what never happens', () => {
    const known = new Set([...types, 'support'].map(type => `failure.${type}`))
    expect(Object.keys(texts.byLanguage.fr).filter(key => key.startsWith('failure.') && !known.has(key))).toEqual([])
  })

  it('says how long to wait where the API does', () => {
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

describe('failureOf()', () => {
  it.each(Object.keys(problems) as ProblemType[])('reads a problem document of type %s', async type => {
    expect(await failureOf(reply(problems[type].status, { type: problemUri(type) }))).toEqual({ type })
  })

  it('reads which fields are refused, how long to wait, and what to tell support', async () => {
    const errors = [{ path: 'body.title', message: 'expected a text' }]
    const document = { type: problemUri('invalid-request'), errors }
    const headers = { 'retry-after': '12', 'x-request-id': 'r-1' }
    expect(await failureOf(reply(400, document, headers))).toEqual({
      ...{ type: 'invalid-request', errors, retryAfter: 12, requestId: 'r-1' },
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
  ])('reads a bare %i of what stands before the API as %s', async (status, type) => {
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
  ])('takes %j for no problem document', async document => {
    expect(await failureOf(reply(500, JSON.stringify(document)))).toEqual({ type: 'unexpected' })
  })

  it.each(['soon', '-5', 'Mon, 16 Mar 2026 08:00:00 GMT'])('takes a Retry-After of %s for none', async header => {
    expect(await failureOf(reply(503, '', { 'retry-after': header }))).toEqual({ type: 'unavailable' })
  })
})
