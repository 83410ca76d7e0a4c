import { unmarshall } from '@aws-sdk/util-dynamodb'
import { afterEach, describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { itemGenerations } from '../../shared/kernel/item-generation.ts'
import { itemPatterns, patternsOf } from './patterns.ts'
import { folderOf, keptReleases, readStored, type StoredItem } from './stored.ts'
import { openTerritory, type Territory } from './territory.ts'

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
  let territory: Territory
  afterEach(() => territory?.close())

  it.each(keptReleases())('%s, migrated, are each of a pattern, and nothing of them is lost', async release => {
    const stored = readStored(folderOf(release))
    territory = await openTerritory(stored, new Date(stored.known.madeAt))
    await territory.follow()
    const { items } = await territory.stored()
    expect(items.length).toBeGreaterThanOrEqual(stored.items.length)
    expect(items.flatMap(item => fault(item) ?? [])).toEqual([])
  })
})

describe('the kept releases', () => {
  it('are the generations from the oldest that is migrated to the current one', () => {
    const { oldest, current } = itemGenerations
    const generations = Array.from({ length: current - oldest + 1 }, (_, index) => `items-${oldest + index}`)
    expect(keptReleases()).toEqual(generations)
  })
})
