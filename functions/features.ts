import type { FeatureName } from '../shared/features.ts'
import { directoryClock } from './directory/clock.ts'
import { directoryDeliveries } from './directory/deliveries.ts'
import { newsClock } from './news/clock.ts'
import { newsDeliveries } from './news/deliveries.ts'
import type { Clock } from './platform/clock.ts'
import type { Deliveries } from './platform/delivery.ts'
import type { Migration } from './platform/migration.ts'
import { sessionDeliveries } from './session/deliveries.ts'

/** What each feature does when items of its kinds change; undefined for one that waits for no change. */
export const features = {
  session: sessionDeliveries,
  directory: directoryDeliveries,
  news: newsDeliveries,
} satisfies Record<FeatureName, Deliveries | undefined>

/**
 * What brings items of earlier generations to this release's, oldest first: a feature declares its own in
 * `functions/<feature>/migrations.ts`. Those that no territory needs any more are removed, and
 * `itemGenerations.oldest` is raised.
 */
export const migrations: readonly Migration[] = []

/** What each feature does when something is due; undefined for one that schedules nothing. */
export const clocks = {
  session: undefined,
  directory: directoryClock,
  news: newsClock,
} satisfies Record<FeatureName, Clock | undefined>
