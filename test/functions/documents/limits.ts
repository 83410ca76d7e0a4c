import type { Limits } from '../../../functions/documents/limits.ts'

/** Bytes: few, so that a test fills a space with some files. */
const own = 9 * 1024 * 1024

export const limits: Limits = {
  largest: 64 * 1024 * 1024,
  own: { pupil: own, guardian: own, teacher: 100 * own, 'pupil-life': own, staff: own, head: own, administrator: own },
  class: 20 * 1024 * 1024,
  group: 10 * 1024 * 1024,
}
