import type * as z from 'zod/mini'

/**
 * The fields of `value` that are in `schema`, without undefined ones. Item, row and reply are picked by the schema that
 * they share, so that a new field of it is in all of them.
 */
export const pick = <Schema extends z.core.$ZodObject>(schema: Schema, value: z.output<Schema>): z.output<Schema> => {
  const given = value as Readonly<Record<string, unknown>>
  const picked: Record<string, unknown> = {}
  for (const name of Object.keys(schema._zod.def.shape)) if (given[name] !== undefined) picked[name] = given[name]
  return picked as z.output<Schema>
}
