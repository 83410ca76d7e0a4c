import { type Deliveries, deliveries, subscription } from '../platform/delivery.ts'
import type { Background } from '../platform/platform.ts'
import { deliveryAccess } from './access.ts'
import { documentsRenderer } from './board.ts'
import { documentsPatterns } from './patterns.ts'

const { gone, withdrawal } = documentsPatterns

/** Has the function of arrivals, which reaches the bucket, take files away at once. Its sweep does what a message is lost of. */
const takingAway = subscription({
  name: 'taking files away',
  of: [gone, withdrawal],
  on: ['INSERT', 'MODIFY'],
  deliver: async ({ takeAway }: Background<typeof deliveryAccess>, changes) => {
    for (const { args } of changes) await takeAway?.(args.file)
  },
})

/** What follows from a change of documents: the board of their class or group, and that what was taken away is gone. */
export const documentsDeliveries: Deliveries = { ...deliveries(deliveryAccess, takingAway), board: documentsRenderer }
