import * as z from 'zod/mini'

export type Json = Record<string, unknown>

/** What a schema is converted for: what is sent, or what is answered. */
type Side = 'input' | 'output'

/** What operations of one document share: each stands among its components once, and is referred to. */
export type Components = {
  /** The JSON Schema of a schema. */
  readonly of: (schema: z.core.$ZodType, side: Side) => Json
  /** A reference to a response. `name`: the same for the same response, of letters, digits, dots and hyphens. */
  readonly response: (name: string, response: Json) => Json
  /** The schemas with a name and the responses that were met, by name. */
  readonly met: () => { readonly schemas: Json; readonly responses: Json }
}

const definitions = '#/$defs/'
const inComponents = '#/components/schemas/'

/**
 * A schema whose references lead to the document's components. Without `additionalProperties: false`, which zod says of
 * what is answered: a later release may answer more.
 */
const inDocument = (schema: unknown): Json =>
  JSON.parse(JSON.stringify(schema), (key, value) => {
    if (key === 'additionalProperties' && value === false) return undefined
    const leads = key === '$ref' && typeof value === 'string' && value.startsWith(definitions)
    return leads ? inComponents + value.slice(definitions.length) : value
  })

/** Components by name, each of which has one content. */
const collection = (what: string) => {
  const texts = new Map<string, string>()
  return {
    add: (name: string, content: Json): void => {
      const text = JSON.stringify(content)
      if ((texts.get(name) ?? text) !== text) throw new Error(`The ${what} ${name} has two contents: give each a name`)
      texts.set(name, text)
    },
    all: (): Json => {
      const sorted = [...texts].sort(([a], [b]) => (a < b ? -1 : 1))
      return Object.fromEntries(sorted.map(([name, text]) => [name, JSON.parse(text)]))
    },
  }
}

/**
 * The components of one OpenAPI document. A client generated from it has one type for each schema with a name. Throws if
 * such a schema is not the same for what is sent and for what is answered.
 * @param named the schemas that have a name, by name.
 */
export const componentsOf = (named: Readonly<Record<string, z.core.$ZodType>>): Components => {
  const metadata = z.registry<{ id: string }>()
  for (const [id, schema] of Object.entries(named)) metadata.add(schema, { id })
  const [schemas, responses] = [collection('schema'), collection('response')]
  return {
    of: (schema, io) => {
      const {
        $schema: _,
        $defs = {},
        ...own
      } = z.toJSONSchema(schema, { io, unrepresentable: 'any', metadata }) as Json
      for (const [name, one] of Object.entries($defs as Json)) schemas.add(name, inDocument(one))
      return inDocument(own)
    },
    response: (name, response) => {
      responses.add(name, response)
      return { $ref: `#/components/responses/${name}` }
    },
    met: () => ({ schemas: schemas.all(), responses: responses.all() }),
  }
}
