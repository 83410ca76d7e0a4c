import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { cacheControl } from '../../functions/platform/http.ts'
import { cacheControl as fileControl } from '../../functions/site/headers.ts'
import { root } from '../../lib/platform/root.ts'
import { contracts } from '../../shared/features.ts'
import { boardCache, indexCache } from '../../shared/kernel/board.ts'
import { isCached, type Route } from '../../shared/kernel/route.ts'

/** What is deployed; the local edge and S3 only read what others send. */
const sources = globSync(['functions/**/*.{ts,js}', 'shared/**/*.ts', 'lib/**/*.ts'], {
  cwd: root,
  exclude: ['lib/local/**'],
})
const code = (path: string) => readFileSync(join(root, path), 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
const directive = /\b(s-maxage|max-age|no-store|no-cache|stale-while-revalidate|stale-if-error|must-revalidate)\b/

it('no file but these four states a Cache-Control, and none uses s-maxage or max-age=0', () => {
  const stating = sources.filter(path => directive.test(code(path)))
  expect(stating.sort()).toEqual([
    'functions/edge/viewer.js',
    'functions/platform/http.ts',
    'functions/site/headers.ts',
    'lib/platform/headers.ts',
  ])
  for (const path of stating) expect(code(path), path).not.toMatch(/s-maxage|max-age\s*=\s*0\b|no-cache/)
})

const cached = contracts.flatMap(one => Object.values<Route>(one.routes)).filter(isCached)
const kept: readonly (readonly [string, string])[] = [
  ...cached.map(({ method, path, cache }) => [`${method} ${path}`, cacheControl(cache)] as const),
  ['a board', cacheControl(boardCache)],
  ['an index', cacheControl(indexCache)],
  ...['index.html', 'service-worker.js', 'manifest.webmanifest', 'api/openapi.json', 'assets/app-1a.js'].map(
    path => [path, fileControl(path)] as const,
  ),
]

it.each(kept)('%s is kept for a time, and answered while its origin fails: "%s"', (path, control) => {
  expect(control).toMatch(/(^|, )max-age=[1-9]\d*(,|$)/)
  if (!path.startsWith('assets/')) expect(control).toMatch(/, stale-if-error=(86400|604800)$/)
})

it('what may be withdrawn is asked for again before 60 seconds have passed, and not answered meanwhile', () => {
  const withdrawable = kept.filter(([name]) => name.includes('/api/audiences/') || name === 'a board')
  expect(withdrawable.length).toBeGreaterThanOrEqual(3)
  for (const [name, control] of withdrawable) {
    expect(control, name).toMatch(/^max-age=(\d|[1-5]\d), /)
    expect(control, name).not.toContain('stale-while-revalidate')
  }
})
