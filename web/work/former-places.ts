import type { QueryKey } from '@tanstack/react-query'
import type { StoredContent } from '../platform/content.ts'

/** Where earlier versions of the app kept what was ticked: among the stored reads. */
export const formerTicks = {
  isKey: ([feature, name]: QueryKey): boolean => feature === 'work' && name === 'ticked-here',
}

/** True if this device holds something of earlier versions that is to be taken over (former.ts). */
export const isFormerLeft = (content: StoredContent | undefined): boolean =>
  content?.reads.some(({ key }) => formerTicks.isKey(key)) ?? false
