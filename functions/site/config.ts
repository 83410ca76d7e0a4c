import * as z from 'zod/mini'

const Environment = z.object({
  BUCKET_NAME: z.string().check(z.minLength(3)),
  TERRITORY: z.string().check(z.minLength(1)),
})

export type SiteConfig = {
  readonly bucket: string
  readonly territory: string
  readonly service: string
}

/** The publisher's configuration. Throws, naming the variable, if one is missing. */
export const readSiteConfig = (environment: Record<string, string | undefined> = process.env): SiteConfig => {
  const read = z.safeParse(Environment, environment)
  if (!read.success)
    throw new Error(`The function's environment lacks: ${read.error.issues.map(one => one.path.join('.')).join(', ')}`)
  return { bucket: read.data.BUCKET_NAME, territory: read.data.TERRITORY, service: 'site' }
}
