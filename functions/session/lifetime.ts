import { day, hour } from '../../shared/kernel/dates.ts'

/** On a personal device a session lasts 30 days after its last use, 60 in all; elsewhere 12 hours in all. */
const idle = 30 * day
const longest = 60 * day
const shared = 12 * hour

/** Epoch seconds at which a session begun at `since` and used at `now` (both epoch seconds) ends. */
export const sessionEnd = (since: number, now: number, personalDevice: boolean): number =>
  personalDevice ? Math.min(now + idle, since + longest) : since + shared
