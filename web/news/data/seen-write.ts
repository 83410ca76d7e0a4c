import { newsContract } from '../../../shared/news/contract.ts'
import { write } from '../../platform/write.ts'

/** Says what was opened. That it waits is told to nobody: it is not what somebody made, and nothing of theirs depends on it. */
export const seenWrite = write('news.seen', newsContract.routes.seen, {
  kept: {
    // More may join it, and take its place, as long as it begins alike.
    subjectOf: ({ body: { news } }) => `seen ${news[0]}`,
    lastCounts: true,
    isRepeatable: true,
    isQuiet: true,
  },
})
