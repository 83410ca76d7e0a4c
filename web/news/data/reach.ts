import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { newsContract } from '../../../shared/news/contract.ts'
import { read } from '../../platform/read.ts'

/** Milliseconds without a further choice before people are counted. */
const pause = 250

/** How many people the audiences of a school hold together; counted again when the choice rests. */
export const useReach = (uai: string, audiences: readonly string[]) => {
  const wanted = [...audiences].sort().join(',')
  const [asked, setAsked] = useState(wanted)
  useEffect(() => {
    const timer = setTimeout(() => setAsked(wanted), pause)
    return () => clearTimeout(timer)
  }, [wanted])
  const { data, isError, isPlaceholderData } = useQuery({
    ...read(newsContract.routes.reach, { params: { uai }, query: { audiences: asked } }),
    enabled: asked !== '',
    placeholderData: keepPreviousData,
  })
  if (wanted === '') return { state: 'none' } as const
  if (asked !== wanted || isPlaceholderData) return { state: 'counting' } as const
  if (data) return { state: 'known', people: data.people } as const
  return { state: isError ? 'unknown' : 'counting' } as const
}
