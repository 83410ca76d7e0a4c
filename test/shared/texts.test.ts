import { describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { contracts } from '../../shared/features.ts'
import type { Contract } from '../../shared/kernel/route.ts'

type Schema = z.core.$ZodType & { readonly _zod: { readonly bag: { readonly maximum?: number } } }

/** The texts that a schema takes, at whatever depth. */
const textsIn = (schema: z.core.$ZodType, path: string): { path: string; schema: Schema }[] => {
  const def = schema._zod.def as {
    type: string
    shape?: object
    element?: z.core.$ZodType
    innerType?: z.core.$ZodType
  }
  if (def.shape) return Object.entries(def.shape).flatMap(([name, part]) => textsIn(part, `${path}.${name}`))
  const inner = def.element ?? def.innerType
  if (inner) return textsIn(inner, path)
  return def.type === 'string' ? [{ path, schema: schema as Schema }] : []
}

const takes = (schema: z.core.$ZodType, text: string): boolean => z.safeParse(schema, text).success

/** Fields whose texts are nobody's to read: they are compared with what is stored. */
const secrets = /\.(login|code|password|current|next)$/

const free = contracts
  .flatMap((one: Contract) =>
    Object.entries(one.routes).flatMap(([name, { params, query, body }]) =>
      [params, query, body].flatMap(part => (part ? textsIn(part, `${one.function}.${name}`) : [])),
    ),
  )
  .filter(({ path, schema }) => takes(schema, 'Une phrase.') && !secrets.test(path))

describe('a text that people type and others read', () => {
  it('is found in the contracts', () => {
    expect(free.map(({ path }) => path)).toEqual(
      expect.arrayContaining([
        'news.publish.title',
        'news.publish.body',
        'directory.decide.reason',
        'directory.people.search',
      ]),
    )
  })

  it.each(free)('has something that is seen: $path', ({ schema }) => {
    for (const text of ['\u2800\u2800\u2800', '\u3164\u115f\u200d', '\u0301\u0301\u0301', '\0\0\0'])
      expect(takes(schema, text), JSON.stringify(text)).toBe(false)
  })

  it.each(free)('is as long as its JSON Schema says, in characters: $path', ({ schema }) => {
    const { maximum = 0 } = schema._zod.bag
    expect(maximum).toBeGreaterThan(0)
    expect(takes(schema, '🎄'.repeat(maximum))).toBe(true)
    expect(takes(schema, '🎄'.repeat(maximum + 1))).toBe(false)
  })
})
