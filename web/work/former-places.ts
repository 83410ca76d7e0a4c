import type { QueryKey } from '@tanstack/react-query'
import type { StoredContent } from '../platform/content.ts'
import { localStore, safely } from '../platform/storage.ts'

/** Where earlier versions of the app kept what was ticked: among the stored reads. */
export const isFormerTicks = ([feature, name]: QueryKey): boolean => feature === 'work' && name === 'ticked-here'

const handedIn = 'preau.work.handed-in.'

/** Where earlier versions kept what was handed in: an item of localStorage for each person. */
export const formerHandIns = (): readonly { readonly item: string; readonly person: string }[] =>
  safely(() =>
    Array.from({ length: localStore.length }, (_, at) => localStore.key(at) ?? '')
      .filter(item => item.startsWith(handedIn))
      .map(item => ({ item, person: item.slice(handedIn.length) })),
  ) ?? []

/** True if this device holds something of earlier versions that is to be taken over (former.ts). */
export const isFormerLeft = (content: StoredContent | undefined): boolean =>
  formerHandIns().length > 0 || (content?.reads.some(({ key }) => isFormerTicks(key)) ?? false)
