import { day, hour } from '../../shared/kernel/dates.ts'

/** Seconds of a session on a personal device: since its last use, and in all. */
const idleLifetime = 30 * day
const totalLifetime = 60 * day
/** Seconds of a session on a shared device. */
const sharedDeviceLifetime = 12 * hour

/** Epoch seconds at which a session begun at `since` and used at `now` (both epoch seconds) ends. */
export const sessionEnd = (since: number, now: number, personalDevice: boolean): number =>
  personalDevice ? Math.min(now + idleLifetime, since + totalLifetime) : since + sharedDeviceLifetime
