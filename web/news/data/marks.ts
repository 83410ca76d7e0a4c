import { type QueryClient, useQueries, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { Page } from '../../../shared/kernel/page.ts'
import { newsContract } from '../../../shared/news/contract.ts'
import type { NewsMark } from '../../../shared/news/shapes.ts'
import { read, readKey } from '../../platform/read.ts'
import { useWrite } from '../../platform/write.ts'
import { cursorsOf } from './chain.ts'
import { type Marks, marksOf } from './reading.ts'

const input = (cursor: string | undefined) => ({ query: cursor === undefined ? {} : { cursor } })
const firstKey = readKey(newsContract.routes.marks, input(undefined))

/** What the person did with the news, as far back as the item `back`; undefined while nothing is known. */
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

/** Notes on this device what the person did. Returns how to take it back. */
export const noteMark = (client: QueryClient, mark: NewsMark): (() => void) => {
  const before = client.getQueryData<Page<NewsMark>>(firstKey)
  if (before === undefined) return () => undefined
  const known = before.items.find(one => one.news === mark.news)
  client.setQueryData<Page<NewsMark>>(firstKey, { ...before, items: [{ ...known, ...mark }, ...before.items] })
  return () => client.setQueryData(firstKey, before)
}

/** Records that the news item shown was opened: once, as soon as it is known that nothing says so yet. */
export const useSeen = (news: string | undefined, marks: Marks | undefined): void => {
  const client = useQueryClient()
  const tried = useRef<string>(undefined)
  const { send } = useWrite(newsContract.routes.see, {
    optimistic: ({ params }) => noteMark(client, { news: params.news, seenAt: new Date().toISOString() }),
    onDone: mark => noteMark(client, mark),
  })
  const isNew = news !== undefined && marks !== undefined && marks.byNews.get(news)?.seenAt === undefined
  useEffect(() => {
    // What could not be said now is said when the news item is opened next.
    if (!isNew || tried.current === news) return
    tried.current = news
    send({ params: { news } })
  }, [news, isNew, send])
}
