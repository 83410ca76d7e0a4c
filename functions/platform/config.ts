import * as z from 'zod/mini'

const Environment = z.object({
  /** The territory's one table. */
  TABLE_NAME: z.string().check(z.minLength(3)),
  /** The territory's name, for logs and metrics. */
  TERRITORY: z.string().check(z.minLength(1)),
  /** The function's feature name, for logs. */
  SERVICE: z._default(z.string(), 'preau'),
})

export type Config = { readonly table: string; readonly territory: string; readonly service: string }

/** The function's configuration, read once at init. Throws, naming the variable, if one is missing. */
export const readConfig = (environment: Record<string, string | undefined> = process.env): Config => {
  const read = z.safeParse(Environment, environment)
  if (!read.success) {
    const names = read.error.issues.map(issue => issue.path.join('.')).join(', ')
    throw new Error(`The function's environment lacks: ${names}`)
  }
  return { table: read.data.TABLE_NAME, territory: read.data.TERRITORY, service: read.data.SERVICE }
}
