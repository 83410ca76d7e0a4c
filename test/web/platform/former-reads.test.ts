import { describe, expect, it, onTestFinished } from 'vitest'
import * as z from 'zod/mini'
import { forgetFormerReads, formerPages, formerRead, noteFormerReads } from '../../../web/platform/former-reads.ts'

const Row = z.object({ id: z.string() })
const Reply = z.object({ items: z.array(Row), next: z.optional(z.string()) })
const address = '/api/news/mine'
const read = { items: [{ id: 'a' }] }
const pages = { pages: [{ items: [{ id: 'a' }], next: 'b' }, { items: [{ id: 'b' }] }], pageParams: [undefined, 'b'] }

const noted = (...reads: Parameters<typeof noteFormerReads>[0]) => {
  noteFormerReads(reads)
  onTestFinished(forgetFormerReads)
}

describe('formerRead()', () => {
  it('is what an earlier version stored of a read, in the form of its reply', () => {
    noted(
      { key: ['read', address], data: { ...read, more: 1 }, at: 7 },
      { key: ['pages', address], data: pages, at: 8 },
    )
    expect(formerRead(Reply, address)).toEqual({ data: read, at: 7 })
    expect(formerRead(z.object({ rows: z.array(Row) }), address)).toBeUndefined()
    expect(formerRead(Reply, '/api/news/other')).toBeUndefined()
  })
})

describe('formerPages()', () => {
  it('is what an earlier version stored of a list, all its pages with their cursors', () => {
    noted({ key: ['pages', address], data: pages, at: 8 })
    expect(formerPages(Reply, address)).toEqual({ data: pages, at: 8 })
    expect(formerRead(Reply, address)).toBeUndefined()
  })

  it('is nothing where one of its pages has another form', () => {
    const other = { ...pages, pages: [pages.pages[0], { items: [{ name: 'b' }] }] }
    noted({ key: ['pages', address], data: other, at: 8 })
    expect(formerPages(Reply, address)).toBeUndefined()
    noted({ key: ['pages', address], data: 'of another form', at: 8 })
    expect(formerPages(Reply, address)).toBeUndefined()
  })
})
