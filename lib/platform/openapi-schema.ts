import * as z from 'zod/mini'

/** The JSON Schema of a schema, for the OpenAPI document: `io` says which side of a conversion. */
export const schemaOf = (schema: z.core.$ZodType, io: 'input' | 'output'): Record<string, unknown> => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Record<string, unknown>
  return rest
}
