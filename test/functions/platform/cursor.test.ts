import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openCursor, sealCursor, withOpenCursor, withSealedCursor } from '../../../functions/platform/cursor.ts'
import type { Event } from '../../../functions/platform/http.ts'
import { cursorOf } from '../../../functions/platform/pattern.ts'
import type { KeysItem } from '../../../functions/platform/patterns.ts'
import type { Keys } from '../../../functions/platform/platform.ts'
import { contracts } from '../../../shared/features.ts'
import { Cursor } from '../../../shared/kernel/page.ts'
import { isCached, isPrivateList, type Route } from '../../../shared/kernel/route.ts'
import { assertProperty } from '../../support/property.ts'

const keys = { boards: 'a-secret-of-boards' }
const keysOf = (held: { boards: string }): Keys => {
  const current = async () => held as unknown as KeysItem
  return { current, refreshed: current }
}
const shapeOf = (schema: unknown): Record<string, unknown> =>
  (schema as { _zod?: { def: { shape?: Record<string, unknown> } } } | undefined)?._zod?.def.shape ?? {}
const amadou = cursorOf('M#pupil#blanchard amadou#0123456789abcdef')

describe('sealCursor()', () => {
  it('makes of a cursor what tells nothing of it, and opens again', () => {
    const sealed = sealCursor(amadou, keys)
    expect(Buffer.from(sealed, 'base64url').toString()).not.toMatch(/pupil|blanchard|amadou/)
    expect(sealed).not.toContain(amadou.slice(8, 24))
    expect(openCursor(sealed, keys)).toBe(amadou)
    expect(openCursor(sealed, { boards: 'of another territory' })).not.toBe(amadou)
  })

  it('makes the same of the same, so that a page keeps its address', () => {
    expect(sealCursor(amadou, keys)).toBe(sealCursor(amadou, keys))
    expect(sealCursor(amadou, keys).slice(0, 16)).not.toBe(sealCursor(cursorOf('M#pupil#x'), keys).slice(0, 16))
  })

  it('makes a cursor that routes take, of every cursor that they took', () => {
    const sealed = sealCursor('_'.repeat(600), keys)
    expect(Cursor.safeParse(sealed).success).toBe(true)
  })
})

describe('openCursor()', () => {
  it('leaves what was not sealed as it is: a cursor of the release before', async () => {
    await assertProperty(
      fc.property(fc.string({ minLength: 1, maxLength: 100, unit: 'grapheme' }), key => {
        const cursor = cursorOf(key)
        expect(openCursor(cursor, keys)).toBe(cursor)
        expect(openCursor(sealCursor(cursor, keys), keys)).toBe(cursor)
      }),
      { short: 100, long: 2_000 },
    )
  })

  it('opens nothing that was changed', () => {
    const sealed = sealCursor(amadou, keys)
    const changed = `${sealed[0] === 'A' ? 'B' : 'A'}${sealed.slice(1)}`
    expect(openCursor(changed, keys)).toBe(changed)
  })
})

describe('every private list', () => {
  const routes = contracts.flatMap(contract => Object.values<Route>(contract.routes))
  const lists = routes.filter(isPrivateList)

  it('has its next cursor where it is sealed', () => {
    expect(lists.length).toBeGreaterThan(8)
    for (const { path, reply } of lists) expect(Object.keys(shapeOf(reply)), path).toContain('next')
  })

  it('gives a cursor without names, and is asked by it', async () => {
    const sealed = (await withSealedCursor({ items: [], next: amadou }, keysOf(keys))) as { next: string }
    expect(sealed.next).not.toBe(amadou)
    const event = { queryStringParameters: { cursor: sealed.next } } as unknown as Event
    expect((await withOpenCursor(event, keysOf(keys))).queryStringParameters).toEqual({ cursor: amadou })
    expect(await withSealedCursor({ items: [] }, keysOf(keys))).toEqual({ items: [] })
  })

  it('is none that is shared: boards name pages of these, and the edge keeps one copy', () => {
    expect(routes.filter(route => isCached(route) && isPrivateList(route))).toEqual([])
  })
})
