import { beatAccess } from '../platform/access.ts'
import { deliveries, subscription } from '../platform/delivery.ts'
import { platformPatterns } from '../platform/patterns.ts'

/**
 * Has the stream invoke its function once a minute, by the item in which the clock notes how far it has come. Nothing
 * follows from that change. But Lambda tells the age of the oldest change (`IteratorAge`) only when it invokes the function,
 * so that without a change each minute nobody could tell a stream that is read no more from one in which nothing is written.
 */
export const beat = deliveries(
  beatAccess,
  subscription({
    name: 'beat of the clock',
    of: [platformPatterns.clock],
    on: ['MODIFY'],
    deliver: async () => undefined,
  }),
)
