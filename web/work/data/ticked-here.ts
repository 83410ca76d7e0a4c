import { queryOptions } from '@tanstack/react-query'
import type { Tick } from '../../../shared/work/shapes.ts'
import { queryClient } from '../../platform/content.ts'
import type { FailedRead } from '../../platform/failure.ts'

/** The most ticks that are kept on the device after they were sent. */
const kept = 200

/**
 * What the pupil ticked on this device and the API has taken, which its list may not tell of yet; stored with what they
 * read, and deleted with it. What it has not taken is in the outbox.
 */
export const tickedHere = queryOptions<readonly Tick[], FailedRead>({
  queryKey: ['work', 'ticks-taken'],
  queryFn: () => [],
  enabled: false,
  gcTime: Number.POSITIVE_INFINITY,
})

/** Notes that the API has taken these ticks. */
export const noteTicked = (ticks: readonly Tick[]): void => {
  const pieces = new Set(ticks.map(({ piece }) => piece))
  queryClient.setQueryData(tickedHere.queryKey, (known = []) =>
    [...ticks, ...known.filter(({ piece }) => !pieces.has(piece))].slice(0, kept),
  )
}

/** What a tick that waits is about: a piece of which the last tick counts. */
export const subjectOfTick = (piece: string): string => `tick ${piece}`
