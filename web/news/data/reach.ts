import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { newsContract } from '../../../shared/news/contract.ts'
import { useDebounced } from '../../platform/debounced.ts'
import { read } from '../../platform/read.ts'

/** Milliseconds without a further choice before people are counted. */
const countDelay = 250

/** How many people the audiences of a school have together; counted again once the choice has not changed for a moment. */
export const useReach = (uai: string, audiences: readonly string[]) => {
  const wanted = [...audiences].sort().join(',')
  const asked = useDebounced(wanted, countDelay)
  const { data, isError, isPaused, isPlaceholderData } = useQuery({
    ...read(newsContract.routes.reach, { params: { uai }, query: { audiences: asked } }),
    enabled: asked !== '',
    placeholderData: keepPreviousData,
  })
  if (wanted === '') return { state: 'none' } as const
  // Without a network nothing is counted until there is one.
  if (isPaused) return { state: 'unknown' } as const
  if (asked !== wanted || isPlaceholderData) return { state: 'counting' } as const
  if (data) return { state: 'known', people: data.people, followers: data.followers } as const
  return { state: isError ? 'unknown' : 'counting' } as const
}
