import { join } from 'node:path'
import { compileMessageOrThrow } from '@lingui/message-utils/compileMessage'
import { describe, expect, it } from 'vitest'
import { root } from '../../../lib/platform/root.ts'
import { contracts } from '../../../shared/features.ts'
import { cataloguePaths, nodesOf, webSources } from './web-sources.ts'

type Texts = Readonly<Record<string, string>>
type Held = { readonly path: string; readonly texts: { readonly fr: Texts; readonly en: Texts } }

const held: readonly Held[] = await Promise.all(
  cataloguePaths().map(async path => ({ path, texts: (await import(join(root, path))).texts.byLanguage })),
)
const keys = held.flatMap(({ texts }) => Object.keys(texts.fr))
const all = (language: 'fr' | 'en') => held.flatMap(({ texts }) => Object.entries(texts[language]))
const sources = webSources()

/** What a parsed message is filled in with (`count plural`), its plural's cases with it. */
const placeholders = (parsed: unknown): readonly string[] => {
  if (!Array.isArray(parsed)) return []
  return parsed.flatMap((token: unknown) => {
    if (!Array.isArray(token)) return []
    const [name, kind = 'text', cases = {}] = token as [string, string?, Record<string, unknown>?]
    return [`${name} ${kind}`, ...Object.values(cases).flatMap(placeholders)]
  })
}
const filledWith = (text: string) => [...new Set(placeholders(compileMessageOrThrow(text)))].sort()

/** Text, as far as it is known: what `${…}` stands for is any word or more. */
const patternsIn = (): readonly RegExp[] =>
  sources
    .flatMap(({ tree }) =>
      [...nodesOf(tree)].flatMap(node => {
        if (node.type === 'Literal' && typeof node.value === 'string') return [node.value]
        if (node.type !== 'TemplateLiteral') return []
        return [(node.quasis as { value: { cooked: string } }[]).map(({ value }) => value.cooked).join('\0')]
      }),
    )
    .filter(text => /^[a-z]+\./.test(text))
    .map(text => new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('\0', '.+')}$`))

describe('catalogues', () => {
  it.each(held)('$path has the same keys and placeholders in French and English', ({ texts }) => {
    expect(Object.keys(texts.en)).toEqual(Object.keys(texts.fr))
    for (const [key, text] of Object.entries(texts.fr))
      expect([key, filledWith(texts.en[key] ?? '')]).toEqual([key, filledWith(text)])
  })

  it('hold each key once, under the name of its feature or as a problem of its contract', () => {
    expect(keys.filter((key, place) => keys.indexOf(key) !== place)).toEqual([])
    for (const { path, texts } of held) {
      const feature = path.split('/')[1] ?? ''
      const begin = feature === 'platform' ? /^(failure|content)\./ : new RegExp(`^${feature}\\.`)
      const failures = contracts.flatMap(one => (one.feature === feature ? Object.keys(one.problems) : []))
      const isOwn = (key: string) => begin.test(key) || failures.some(type => key === `failure.${type}`)
      expect(Object.keys(texts.fr).filter(key => !isOwn(key))).toEqual([])
    }
  })

  it('hold no text that no source uses', () => {
    const said = patternsIn()
    expect(keys.filter(key => !said.some(pattern => pattern.test(key)))).toEqual([])
  })

  it('write numbers as the language does: as a plural’s # or as {count, number}', () => {
    const numeric = /^(count|seen|people|signed|signers|active|had|lost|number|of|total|left) text$/
    const bare = [...all('fr'), ...all('en')].filter(([, text]) => filledWith(text).some(one => numeric.test(one)))
    expect(bare).toEqual([])
  })

  it('use French typography: no-break spaces, curved apostrophes', () => {
    const wrong =
      /(?<![\u00a0\u202f])[:;?!»]|«(?![\u00a0\u202f])|['"]|\.\.\.|\d[ .,]\d{3}|[^\S\u00a0\u202f][\u00a0\u202f]|\s\s|^\s|\s$/
    expect(all('fr').filter(([, text]) => wrong.test(text))).toEqual([])
  })

  it('use English typography: no space before punctuation, curved quotes', () => {
    const wrong = /\s[:;?!]|[«»'"]|\.\.\.|\s\s|^\s|\s$/
    expect(all('en').filter(([, text]) => wrong.test(text))).toEqual([])
  })

  it('have no exclamation marks', () => {
    expect([...all('fr'), ...all('en')].filter(([, text]) => text.includes('!'))).toEqual([])
  })
})
