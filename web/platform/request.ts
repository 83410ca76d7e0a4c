import type * as z from 'zod/mini'
import type { Route } from '../../shared/kernel/route.ts'

type Schema = z.core.$ZodType

/** `query` may be left out if none of its fields is required. */
type Query<Given> = Partial<Given> extends Given ? { readonly query?: Given } : { readonly query: Given }

/** The input of a route, from its declaration. */
export type InputOf<Declared extends Route> = (Declared extends { readonly params: infer Params extends Schema }
  ? { readonly params: z.input<Params> }
  : object) &
  (Declared extends { readonly query: infer Given extends Schema } ? Query<z.input<Given>> : object) &
  (Declared extends { readonly body: infer Body extends Schema } ? { readonly body: z.input<Body> } : object)

/** The reply of a route; undefined where it has no body. */
export type ReplyOf<Declared extends Route> = Declared extends { readonly reply: infer Reply extends Schema }
  ? z.output<Reply>
  : undefined

/** Any route's input, for code that does not know the route. */
export type AnyInput = {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, unknown>>
  readonly body?: unknown
}

/** The address of a route: placeholders filled in, the query's fields in the order of their names, so that equal reads have one address. */
export const addressOf = (route: Route, input: AnyInput): string => {
  const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = input.params?.[name]
    if (value === undefined) throw new Error(`${route.method} ${route.path} lacks its parameter ${name}`)
    return encodeURIComponent(value)
  })
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(input.query ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)))
    if (value !== undefined) query.set(name, String(value))
  const text = query.toString()
  return text ? `${path}?${text}` : path
}
