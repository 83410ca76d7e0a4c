import type { FeatureName } from '../shared/features.ts'
import { newsDeliveries } from './news/deliveries.ts'
import type { Deliveries } from './platform/delivery.ts'

/** What each feature does when items of its kinds change; undefined for one that waits for no change. */
export const features = {
  session: undefined,
  directory: undefined,
  news: newsDeliveries,
} satisfies Record<FeatureName, Deliveries | undefined>
