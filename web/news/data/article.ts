import { queryOptions } from '@tanstack/react-query'
import { newsContract } from '../../../shared/news/contract.ts'
import type { News } from '../../../shared/news/shapes.ts'
import { call } from '../../platform/api.ts'
import { FailedRead } from '../../platform/failure.ts'

/**
 * A news item, read through the first of `audiences` that it is addressed to: the address names one, but that of somebody
 * else's link may not be the reader's.
 */
export const article = (news: string, audiences: readonly string[]) =>
  queryOptions<News, FailedRead>({
    queryKey: ['news', 'article', news],
    queryFn: async ({ signal }) => {
      for (const audience of audiences) {
        const reply = await call(newsContract.routes.read, { params: { audience, news } }, { signal })
        if (reply.ok) return reply.value
        if (reply.problem.type !== 'not-found' && reply.problem.type !== 'not-allowed')
          throw new FailedRead(reply.problem)
      }
      throw new FailedRead({ type: 'not-found' })
    },
  })
