import { after, day, epochSeconds } from '../../../shared/kernel/dates.ts'
import type { HandInMark } from '../../../shared/work/hand-in.ts'
import { update } from '../../platform/operation.ts'
import { handInPatterns } from './patterns.ts'

/** Seconds for which a hand-in stands in the pupil's own list after it was last touched. */
export const listed = 60 * day

/**
 * Writes what a pupil and their guardians know of a hand-in, in the transaction that changes it: whoever handed in, or was
 * given something back, sees it at once.
 */
export const ownHandIn = (
  pupil: string,
  { piece, state, at, extendedUntil }: HandInMark,
  now: Date,
  remove: readonly 'extendedUntil'[] = [],
) =>
  update(
    'own hand-in',
    handInPatterns.ownHandIn,
    { person: pupil, piece },
    {
      set: { piece, state, at, extendedUntil, expiresAt: epochSeconds(after(now, listed)) },
      ...(remove.length > 0 && { remove }),
    },
  )
