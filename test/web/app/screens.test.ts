import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { roles } from '../../../shared/kernel/role.ts'
import { comparePaths, screensOf } from '../../../web/app/screens.ts'
import { featureList } from '../../../web/features.ts'
import type { Screen } from '../../../web/ui/feature.ts'

const load: Screen['load'] = async () => () => null

/** The first of the paths, in the router's order, that has the form of an address. */
const matched = (paths: readonly string[], address: string) =>
  [...paths].sort(comparePaths).find(path => new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}$`).test(address))

describe('comparePaths()', () => {
  it.each([
    ['/news/write', '/news/write'],
    ['/news/write/n1', '/news/write/:news'],
    ['/news/write/readers', '/news/write/:news'],
    ['/news/n1/readers', '/news/:news/readers'],
    ['/news/a1/n1', '/news/:audience/:news'],
    ['/news/mine', '/news/mine'],
    ['/news/elsewhere', '/news/:section'],
  ])('lets %s match %s, in whatever order features declare their paths', (address, path) => {
    const declared = [
      '/news/:audience/:news',
      '/news/:section',
      '/news/:news/readers',
      '/news/write/:news',
      '/news/write',
      '/news/mine',
      '/news',
      '/',
    ]
    fc.assert(
      fc.property(fc.shuffledSubarray(declared, { minLength: declared.length }), paths => {
        expect(matched(paths, address)).toBe(path)
      }),
    )
  })
})

describe('screensOf()', () => {
  it('orders the registered screens so that each literal path matches itself', () => {
    const paths = screensOf(featureList).map(({ path }) => path)
    for (const path of paths.filter(one => !one.includes(':'))) expect(matched(paths, path)).toBe(path)
    const [edit, item] = [paths.indexOf('/news/write/:news'), paths.indexOf('/news/:audience/:news')]
    expect(edit).toBeLessThan(item)
  })

  it('gives addresses with the same screen one chunk, and others their own', () => {
    const other: Screen['load'] = async () => () => null
    const screens = { '/news': { load }, '/news/:audience/:news': { load }, '/account': { load: other } }
    const [account, list, item] = screensOf([{ screens }])
    expect([account?.path, list?.path, item?.path]).toEqual(['/account', '/news', '/news/:audience/:news'])
    expect(list?.chunk).not.toBe(account?.chunk)
    expect(item?.chunk).toBe(list?.chunk)
  })

  it('passes on roles and layout of a screen', () => {
    const screens = { '/news/write': { load, for: ['teacher'], layout: 'writing' } } as const
    expect(screensOf([{ screens }])).toMatchObject([{ path: '/news/write', for: ['teacher'], layout: 'writing' }])
  })
})

describe('the menu', () => {
  const entries = featureList.flatMap(({ menu }) => menu ?? [])

  it('has at most five entries in a phone’s bottom bar for each role, with different ranks', () => {
    for (const role of roles) {
      const shown = entries.filter(entry => !('inBar' in entry) && (!('for' in entry) || entry.for?.includes(role)))
      expect(shown.length, role).toBeLessThanOrEqual(5)
    }
    expect(new Set(entries.map(({ rank }) => rank)).size).toBe(entries.length)
  })

  it('lists Home, News, Directory and Account in this order', () => {
    const ordered = [...entries].sort((a, b) => a.rank - b.rank).map(({ to }) => to)
    const some = ['/', '/news', '/directory', '/account'] as const
    expect(ordered.filter(to => some.some(one => one === to))).toEqual(some)
  })
})
