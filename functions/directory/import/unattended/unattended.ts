import type { LogMessage } from '../../../platform/log.ts'
import type { Background } from '../../../platform/platform.ts'
import type { unattendedAccess } from '../../access.ts'
import type { FeedBucket } from './bucket.ts'

/** What imports without a person work with. `wake`: has a step done soon, after so many seconds. */
export type Unattended = Background<typeof unattendedAccess> & {
  readonly bucket: FeedBucket
  readonly wake: (seconds: number) => Promise<void>
  /** Month and day on which a school year begins in this territory: `09-01`. */
  readonly yearBegins?: string | undefined
}

export const importLogMessages = {
  ended: { code: 'IMPORT-1', text: 'import ended' },
  failed: { code: 'IMPORT-2', text: 'step of an import failed' },
  unknown: { code: 'IMPORT-3', text: 'message of the imports queue not understood' },
  missed: { code: 'IMPORT-4', text: 'no delivery came' },
} as const satisfies Record<string, LogMessage>
