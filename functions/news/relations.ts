import { problem } from '../../shared/kernel/problem.ts'
import { fail, ok, type Result } from '../../shared/kernel/result.ts'
import type { newsContract } from '../../shared/news/contract.ts'
import { mayManage, mayRead } from '../../shared/news/rules.ts'
import type { NewsDraft } from '../../shared/news/shapes.ts'
import type { Platform } from '../platform/platform.ts'
import type { RequestOf } from '../platform/request.ts'
import type { Caller } from '../platform/token.ts'
import type { newsAccess } from './access.ts'
import { type NewsItem, newsPatterns } from './patterns.ts'
import { addressOf, allowedAudiences } from './publishing/address.ts'

export type NewsPlatform = Platform<typeof newsAccess>

type Of = { readonly params: { readonly news: string }; readonly caller: Caller }

/** What proves the relations that the news' routes are bounded by. */
export const newsRelations = ({ table }: NewsPlatform) => ({
  /** A news item the caller may follow, change or take back. */
  publication: async ({ params: { news }, caller }: Of): Promise<Result<NewsItem>> => {
    const item = await table.get(newsPatterns.news, { news }, { consistent: true })
    return item && mayManage(item, caller) ? ok(item) : fail(problem('not-found'))
  },

  /** A news item that is published to one of the caller's audiences. */
  readable: async ({ params: { news }, caller, now }: Of & { readonly now: Date }): Promise<Result<NewsItem>> => {
    const item = await table.get(newsPatterns.news, { news })
    return item && mayRead(item, caller.audiences, now) ? ok(item) : fail(problem('not-found'))
  },

  /** Those of some news items that are published to one of the caller's audiences. */
  published: async ({
    body,
    caller,
    now,
  }: {
    readonly body: { readonly news: readonly string[] }
    readonly caller: Caller
    readonly now: Date
  }): Promise<Result<readonly NewsItem[]>> => {
    const items = await table.getMany(
      newsPatterns.news,
      [...new Set(body.news)].map(news => ({ news })),
    )
    return ok(items.flatMap(item => (item && mayRead(item, caller.audiences, now) ? [item] : [])))
  },

  /** The draft's audiences, all of them the caller's to publish to, and whom they hold. */
  address: (
    { body, caller }: { readonly body: NewsDraft; readonly caller: Caller },
    before: { readonly publication?: NewsItem },
  ) => addressOf(table, caller, body, before.publication?.author.id),

  /** Audiences of a school, all of them the caller's to publish to. */
  audiences: ({
    params: { uai },
    query,
    caller,
  }: {
    readonly params: { readonly uai: string }
    readonly query: { readonly audiences: string }
    readonly caller: Caller
  }) => allowedAudiences(table, caller, { uai, audiences: query.audiences.split(','), notice: 'none' }),
})

type Routes = (typeof newsContract)['routes']

/** The request of one of the news' routes. */
export type NewsRequest<Name extends keyof Routes> = RequestOf<
  Routes[Name],
  typeof newsAccess,
  ReturnType<typeof newsRelations>
>
