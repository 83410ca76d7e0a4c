import { createHash } from 'node:crypto'
import { alphabet, base32 } from '../../../shared/kernel/ids.ts'

/** The shard of the losses that concern a person and their sessions. */
export const shardOf = (person: string): string => `x${createHash('sha256').update(person).digest('hex').slice(0, 3)}`

/**
 * An entry of the list of losses as the edge's store holds it: tokens of a person, or of a session, that were made at
 * `until` (epoch seconds) or before are refused.
 */
export const loss = (id: string, until: number): string => {
  let left = until - Date.UTC(2026, 0, 1) / 1000
  let time = ''
  for (let digit = 0; digit < 6; digit++) {
    time = `${alphabet[left % 32]}${time}`
    left = Math.floor(left / 32)
  }
  return base32(createHash('sha256').update(id).digest(), 7) + time
}
