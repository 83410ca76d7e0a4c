import type { S3Case } from '../../support/s3/case.ts'
import { copyingCases } from '../../support/s3/copying.ts'
import { partsCases } from '../../support/s3/parts.ts'
import { readingCases } from '../../support/s3/reading.ts'
import { signingCases } from '../../support/s3/signing.ts'
import { taggingCases } from '../../support/s3/tagging.ts'
import { writingCases } from '../../support/s3/writing.ts'

/**
 * What the territory relies on of S3, as AWS documents it. Tried on the S3 of this machine by `npm test`, and on that of
 * the emulator by `npm run verify:deploy`.
 */
export const s3Cases: readonly S3Case[] = [
  ...writingCases,
  ...copyingCases,
  ...partsCases,
  ...taggingCases,
  ...readingCases,
  ...signingCases,
]
