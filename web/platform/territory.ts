import type { Conformity } from '../../shared/kernel/about.ts'

/** What people call this territory, in its first language; empty if its entry has no name for it. Passed by the build. */
export const territoryName: string = import.meta.env.VITE_TERRITORY_NAME ?? ''

/** The IANA name of the time zone by which the territory's days begin and end. Passed by the build. */
export const territoryZone: string | undefined = import.meta.env.VITE_TIME_ZONE

/** How far this service meets the RGAA, which its first page is to say. Passed by the build. */
export const conformity: Conformity = import.meta.env.VITE_CONFORMITY ?? 'none'
