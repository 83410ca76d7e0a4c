import { isDeepStrictEqual } from 'node:util'
import { openSession, type S3Session, type S3Target } from './session.ts'

/**
 * A behaviour of S3 that is relied on: what is done, what S3 answers by its documentation, and where that stands.
 * Titles without another book are of the Amazon S3 API Reference; UG is the Amazon S3 User Guide.
 */
export type S3Case = {
  readonly name: string
  readonly source: string
  readonly observe: (s3: S3Session) => Promise<unknown>
  readonly expected: unknown
}

/** What an S3 did in a case, and whether that is what AWS documents. Each case has objects of its own. */
export const tryCase = async (target: S3Target, { name, observe, expected }: S3Case) => {
  const s3 = openSession(target, `${name.replace(/[^a-z0-9]+/gi, '-')}/`)
  try {
    const observed = await observe(s3)
    return { observed, met: isDeepStrictEqual(observed, expected) }
  } finally {
    s3.close()
  }
}
