import type { FeatureName } from '../shared/features.ts'
import { directoryClock } from './directory/clock.ts'
import { directoryDeliveries } from './directory/deliveries.ts'
import { directoryErasure } from './directory/erasure.ts'
import { documentsClock } from './documents/clock.ts'
import { documentsDeliveries } from './documents/deliveries.ts'
import { documentsErasure } from './documents/erasure.ts'
import { newsClock } from './news/clock.ts'
import { newsDeliveries } from './news/deliveries.ts'
import { newsErasure } from './news/erasure.ts'
import type { Clock } from './platform/clock.ts'
import type { Deliveries } from './platform/delivery.ts'
import type { Erasure } from './platform/erasing/eraser.ts'
import type { Migration } from './platform/migration.ts'
import { sessionDeliveries } from './session/deliveries.ts'
import { sessionErasure } from './session/erasure.ts'
import { workClock } from './work/clock.ts'
import { workDeliveries } from './work/deliveries.ts'
import { workErasure } from './work/erasure.ts'

/** What each feature does when items of its kinds change; undefined for one that waits for no change. */
export const features = {
  session: sessionDeliveries,
  directory: directoryDeliveries,
  news: newsDeliveries,
  work: workDeliveries,
  documents: documentsDeliveries,
  home: undefined,
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
  work: workClock,
  documents: documentsClock,
  home: undefined,
} satisfies Record<FeatureName, Clock | undefined>

/** What each feature's items name of people, and how somebody is erased from them; undefined for one without items. */
export const erasures = {
  session: sessionErasure,
  directory: directoryErasure,
  news: newsErasure,
  work: workErasure,
  documents: documentsErasure,
  home: undefined,
} satisfies Record<FeatureName, Erasure | undefined>
