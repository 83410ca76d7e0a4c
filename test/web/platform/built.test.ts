import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { transform } from 'esbuild'
import { describe, expect, it } from 'vitest'
import { root } from '../../../lib/platform/root.ts'
import { contracts } from '../../../shared/features.ts'
import { commonProblems, type ProblemDeclaration } from '../../../shared/kernel/problem.ts'
import type { Route } from '../../../shared/kernel/route.ts'
import { builtSite } from '../../support/built.ts'
import { cataloguePaths, type Node, nodesOf, treeOf } from './web-sources.ts'

/** The oldest browsers served, as web/vite.config.ts names them. */
const oldest = ['chrome91', 'safari15', 'firefox91']

const folder = builtSite()
const built = (pattern: string) =>
  globSync(pattern, { cwd: folder }).map(file => [file, readFileSync(join(folder, file), 'utf8')] as const)
const scripts = built('{assets/*,sw}.js')
const sheets = built('assets/*.css')

/** Methods that came later than the oldest browsers served, and that nothing here brings along. */
const laterMethods = new Set([
  ...['at', 'findLast', 'findLastIndex', 'toSorted', 'toReversed', 'toSpliced', 'hasOwn', 'groupBy', 'fromAsync'],
  ...['withResolvers', 'isWellFormed', 'toWellFormed', 'union', 'intersection', 'isSubsetOf', 'isSupersetOf'],
  ...['randomUUID', 'canParse', 'throwIfAborted', 'checkVisibility', 'showPopover', 'togglePopover'],
  ...['getSetCookie', 'supportedValuesOf', 'isDisjointFrom', 'symmetricDifference'],
])
const laterFunctions = new Set(['structuredClone', 'requestIdleCallback'])

/** What a script holds that the oldest browsers do not parse, or do not have. */
const laterIn = (name: string, code: string): readonly string[] =>
  [...nodesOf(treeOf(name, code))].flatMap(node => {
    const { pattern = '', flags = '' } = (node.regex ?? {}) as { pattern?: string; flags?: string }
    if (/\(\?<[=!]|\(\?[a-z-]+:/.test(pattern) || /v/.test(flags)) return [`/${pattern}/${flags}`]
    const callee = node.type === 'CallExpression' ? (node.callee as Node) : undefined
    if (callee?.type === 'Identifier') return laterFunctions.has(String(callee.name)) ? [`${callee.name}()`] : []
    const called = callee?.type === 'MemberExpression' && !callee.computed ? (callee.property as Node) : undefined
    return called && laterMethods.has(String(called.name)) ? [`${called.name}()`] : []
  })

/** What a style sheet may be made of: all that the oldest browsers know of what is used. */
const known = {
  // Of a named page the margins may be missed.
  rules: new Set(['media', 'font-face', 'keyframes', 'page']),
  functions: new Set([
    ...['var', 'env', 'calc', 'min', 'max', 'minmax', 'repeat', 'url', 'format', 'rgb', 'rgba', 'linear-gradient'],
    ...['inset', 'rotate', 'translate', 'translateX', 'translateY', 'scale', 'nth-child', 'not', 'cubic-bezier'],
  ]),
  pseudos: new Set([
    ...['root', 'hover', 'active', 'focus', 'focus-within', 'checked', 'disabled', 'first-child', 'last-child'],
    ...['nth-child', 'not', 'empty', 'before', 'after', 'placeholder'],
  ]),
  features: new Set([
    ...['min-width', 'max-width', 'prefers-color-scheme', 'prefers-reduced-motion', 'forced-colors', 'hover'],
  ]),
  units: new Set(['px', 'rem', 'em', 'ch', 'vh', 'vw', 'fr', 'deg', 's', 'ms', 'mm', 'pt']),
}
/** A rule of these is left out as a whole where they are not known, and is an addition that may be missed. */
const additions =
  /:(has|focus-visible)\b|::(backdrop|-webkit-details-marker|-webkit-progress-bar|-webkit-progress-value|-moz-progress-bar)/

const unknownIn = (css: string): readonly string[] => {
  const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, name = '']) => name)
  const bare = css.replace(/"[^"]*"|url\([^)]*\)/g, '""').replace(/#[0-9a-f]{3,8}\b/gi, '#')
  const preludes = all(bare, /([^{};]+)\{/g)
  const selectors = preludes.filter(one => !/^@/.test(one))
  const queries = preludes.filter(one => one.startsWith('@media'))
  const values = all(bare, /[{;][\w-]+:([^;{}]+)/g).join(' ')
  return [
    ...all(bare, /@([\w-]+)/g).filter(rule => !known.rules.has(rule)),
    ...all(values, /([a-zA-Z][\w-]*)\(/g).filter(name => !known.functions.has(name)),
    ...all(values, /(?<![\w-])-?(?:\d+\.?\d*|\.\d+)([a-z]+)\b/g).filter(unit => !known.units.has(unit)),
    ...queries.flatMap(query => all(query, /\(([^:)]+)/g)).filter(feature => !known.features.has(feature)),
    ...selectors.flatMap(selector => {
      // One that is not known takes the whole list with it.
      if (additions.test(selector)) return selector.includes(',') ? [selector] : []
      return all(selector, /::?(-?[a-z][\w-]*)/g).filter(pseudo => !known.pseudos.has(pseudo))
    }),
  ]
}

describe('the built web app', () => {
  it('has the build target that is tested here', () => {
    expect(readFileSync(new URL('../../../web/vite.config.ts', import.meta.url), 'utf8')).toContain(
      `target: [${oldest.map(one => `'${one}'`).join(', ')}]`,
    )
    expect([scripts.length > 10, sheets.length]).toEqual([true, 1])
  })

  it('leaves out the sentences of the API, but for those that the app says too', async () => {
    const catalogues = await Promise.all(cataloguePaths().map(path => import(join(root, path))))
    const said = new Set(catalogues.flatMap(({ texts }) => Object.values(texts.byLanguage.en)))
    const problems = [commonProblems, ...contracts.map(one => one.problems)].flatMap(Object.values<ProblemDeclaration>)
    const routes = contracts.flatMap(one => Object.values<Route>(one.routes))
    const sentences = [...problems.map(({ title }) => title), ...routes.map(({ summary }) => summary)]
    expect(sentences.length).toBeGreaterThan(40)
    expect(
      sentences.filter(one => !said.has(one)).filter(one => scripts.some(([, code]) => code.includes(one))),
    ).toEqual([])
  })

  it('holds no text with placeholders as it is written: all are parsed', async () => {
    const all = await Promise.all(
      cataloguePaths().map(async path => {
        const { texts } = await import(join(root, path))
        return Object.values(texts.byLanguage as Record<string, Record<string, string>>).flatMap(one =>
          Object.values(one),
        )
      }),
    )
    const filled = all.flat().filter(text => text.includes('{'))
    expect(filled.length).toBeGreaterThan(100)
    const code = scripts.map(([, text]) => text).join('\n')
    expect(filled.filter(text => code.includes(text))).toEqual([])
  })

  // pdf.js is made for browsers of the last two years. Where it does not run, screens say so (test/browser/correcting.test.ts).
  const ours = scripts.filter(([name]) => !/^assets\/pdf[.-]/.test(name))

  it('has two scripts that draw PDFs and need newer browsers, in no first visit and no device’s store', () => {
    expect(scripts.length - ours.length).toBe(2)
    const first = built('{index.html,sw.js}')
    expect(first).toHaveLength(2)
    expect(first.filter(([, text]) => /assets\/pdf/.test(text))).toEqual([])
  })

  it.each(ours)('%s parses and runs in the oldest browsers', async (name, code) => {
    const [lowered, asIs] = await Promise.all([
      // Which letters they know differs from one to the next, not the syntax.
      transform(code, { target: oldest, supported: { 'regexp-unicode-property-escapes': true } }),
      transform(code),
    ])
    expect(lowered.warnings).toEqual([])
    expect(lowered.code === asIs.code).toBe(true)
    expect(laterIn(name, code)).toEqual([])
  })

  it.each(sheets)('%s is understood by the oldest browsers', async (_, css) => {
    const [lowered, asIs] = await Promise.all([
      transform(css, { loader: 'css', target: oldest }),
      transform(css, { loader: 'css' }),
    ])
    expect(lowered.code).toBe(asIs.code)
    expect(unknownIn(css)).toEqual([])
  })
})

describe('what is newer', () => {
  it.each([
    ['[1].at(-1)', ['at()']],
    ['Object.hasOwn({}, "a")', ['hasOwn()']],
    ['structuredClone({})', ['structuredClone()']],
    ['/(?<=a)b/.test("ab")', ['/(?<=a)b/']],
    ['kept.at', []],
  ])('is found in the script %s', (code, found) => {
    expect(laterIn('a.js', code)).toEqual(found)
  })

  it.each([
    ['.a{color:light-dark(#fff,#000)}', ['light-dark']],
    ['.a{height:100dvh}', ['dvh']],
    ['@layer base{.a{color:red}}', ['layer']],
    ['@media (width>=600px){.a{color:red}}', ['width>=600px']],
    ['.a:has(b),.c{color:red}', ['.a:has(b),.c']],
    ['.a:user-invalid{color:red}', ['user-invalid']],
    ['.a:has(b){color:#fff;inset:0 -4px auto;margin:calc(1px*2)}', []],
  ])('is found in the style sheet %s', (css, found) => {
    expect(unknownIn(css)).toEqual(found)
  })
})
