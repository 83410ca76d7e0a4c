import * as z from 'zod/mini'

/** The length of a text in characters, which are code points: as JSON Schema counts them. */
export const lengthOf = (text: string): number => {
  let length = 0
  for (const _ of text) length++
  return length
}

/** A bound on the length of a text in characters, which the OpenAPI document tells as `maxLength`. */
export const atMost = (most: number) => {
  const check = z.refine<string>(text => lengthOf(text) <= most, `must have at most ${most} characters`)
  check._zod.onattach.push(schema => Object.assign(schema._zod.bag, { maximum: most }))
  return check
}
