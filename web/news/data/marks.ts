import { type QueryClient, useQueries, useQueryClient } from '@tanstack/react-query'
import type { Page } from '../../../shared/kernel/page.ts'
import { newsContract } from '../../../shared/news/contract.ts'
import type { NewsMark } from '../../../shared/news/shapes.ts'
import { read, readKey } from '../../platform/read.ts'
import { cursorsOf } from './pages.ts'
import { type Marks, marksOf } from './reading.ts'

const input = (cursor: string | undefined) => ({ query: cursor === undefined ? {} : { cursor } })
const firstKey = readKey(newsContract.routes.marks, input(undefined))

/** The person's marks, with as many pages as reach back to the item `back`; undefined while none has been read. */
export const useMarks = (back: string | undefined): Marks | undefined => {
  const client = useQueryClient()
  const pageOf = (cursor: string | undefined) =>
    client.getQueryData<Page<NewsMark>>(readKey(newsContract.routes.marks, input(cursor)))
  const cursors = cursorsOf(
    pageOf,
    last => back !== undefined && (last.items[last.items.length - 1]?.news ?? '') > back,
  )
  useQueries({ queries: cursors.map(cursor => read(newsContract.routes.marks, input(cursor))) })
  const pages = cursors.map(pageOf)
  if (pages[0] === undefined) return undefined
  return marksOf(
    pages.flatMap(page => page?.items ?? []),
    pages.every(page => page !== undefined) && pages[pages.length - 1]?.next === undefined,
  )
}

/** Puts a mark into the cache. Returns how to remove it again. */
export const noteMark = (client: QueryClient, mark: NewsMark): (() => void) => {
  const before = client.getQueryData<Page<NewsMark>>(firstKey)
  if (before === undefined) return () => undefined
  const known = before.items.find(one => one.news === mark.news)
  client.setQueryData<Page<NewsMark>>(firstKey, { ...before, items: [{ ...known, ...mark }, ...before.items] })
  return () => client.setQueryData(firstKey, before)
}
