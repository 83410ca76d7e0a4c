import * as z from 'zod/mini'

const Environment = z.object({
  TABLE_NAME: z.string().check(z.minLength(3)),
  TERRITORY: z.string().check(z.minLength(1)),
  /** The ARN of the edge's key-value store. */
  KVS_ARN: z.string().check(z.startsWith('arn:')),
})

export type KeysConfig = {
  readonly table: string
  readonly territory: string
  readonly service: string
  readonly store: string
}

/** The keys function's configuration. Throws, naming the variable, if one is missing. */
export const readKeysConfig = (environment: Record<string, string | undefined> = process.env): KeysConfig => {
  const read = z.safeParse(Environment, environment)
  if (!read.success)
    throw new Error(`The function's environment lacks: ${read.error.issues.map(one => one.path.join('.')).join(', ')}`)
  const { TABLE_NAME, TERRITORY, KVS_ARN } = read.data
  return { table: TABLE_NAME, territory: TERRITORY, service: 'keys', store: KVS_ARN }
}
