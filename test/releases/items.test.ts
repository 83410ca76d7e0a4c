import { unmarshall } from '@aws-sdk/util-dynamodb'
import { describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { itemGeneration } from '../../lib/local/territory-files.ts'
import { itemPatterns, patternsOf } from './patterns.ts'
import { folderOf, keptReleases, readStored, type StoredItem } from './stored.ts'

const patterns = await itemPatterns()

/** What is wrong with an item for the current sources; undefined if nothing is. */
const fault = (stored: StoredItem): string | undefined => {
  const { pk, sk, ...fields } = unmarshall(stored)
  const found = patternsOf(patterns, { pk, sk })
  if (found.length === 0) return `${pk} ${sk}: is of no pattern`
  for (const [name, { item }] of found) {
    const read = z.safeParse(item, fields)
    if (!read.success)
      return `${pk} ${sk}: is no ${name}: ${read.error.issues.map(one => one.path.join('.')).join(', ')}`
  }
  const known = new Set(found.flatMap(([, { item }]) => Object.keys(item._zod.def.shape)))
  const lost = Object.keys(fields).filter(name => !known.has(name))
  return lost.length > 0 ? `${pk} ${sk}: nothing reads its ${lost.join(', ')}` : undefined
}

describe('the items of a kept release', () => {
  it('are kept of this release: run test/releases/make.ts for a new generation of items', () => {
    expect(keptReleases()).toContain(`items-${itemGeneration}`)
  })

  it.each(keptReleases())(
    '%s are each of a pattern of the current sources, and none of their fields is lost',
    release => {
      const { items } = readStored(folderOf(release))
      expect(items.length).toBeGreaterThan(300)
      expect(items.flatMap(item => fault(item) ?? [])).toEqual([])
    },
  )
})
