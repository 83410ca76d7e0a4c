import type { Conformity } from '../../shared/kernel/about.ts'
import { usualZone } from '../../shared/kernel/territory-day.ts'

/** What people call this territory, in its first language; empty if its entry has no name for it. Passed by the build. */
export const territoryName: string = import.meta.env.VITE_TERRITORY_NAME ?? ''

/**
 * The IANA name of the territory's time zone, in which all times are shown and typed, whatever that of the device is. Passed
 * by the build.
 */
export const territoryZone: string = import.meta.env.VITE_TIME_ZONE ?? usualZone

/** How far this service meets the RGAA, which its first page is to say. Passed by the build. */
export const conformity: Conformity = import.meta.env.VITE_CONFORMITY ?? 'none'
