import { timeId } from '../../../shared/kernel/ids.ts'
import { byLabel } from '../../../shared/kernel/names.ts'
import { fail, ok } from '../../../shared/kernel/result.ts'
import { newsProblem } from '../../../shared/news/contract.ts'
import { listLimits, type RecipientList } from '../../../shared/news/lists.ts'
import { put } from '../../platform/operation.ts'
import { newsPatterns } from '../patterns.ts'
import type { NewsPlatform, NewsRequest } from '../relations.ts'

/**
 * The lists of recipients that somebody has saved: one item a person and school, since it is read whole and holds 6 KB at most.
 * They hold audiences: whether their owner may still publish to each is decided when they publish.
 */

type ListsItem = { readonly lists: readonly RecipientList[]; readonly version: number }

const byListName = (a: RecipientList, b: RecipientList): number => byLabel(a.name, b.name)

const putLists = (
  key: { person: string; uai: string },
  before: ListsItem | undefined,
  lists: readonly RecipientList[],
) =>
  put(
    'lists',
    newsPatterns.lists,
    key,
    { lists: [...lists].sort(byListName), version: (before?.version ?? 0) + 1 },
    before ? { is: { version: before.version } } : { absent: true },
  )

/** One's own lists of a school. */
export const lists =
  ({ table }: NewsPlatform) =>
  async ({ params: { uai }, caller: { person } }: NewsRequest<'lists'>) =>
    ok({ items: [...((await table.get(newsPatterns.lists, { person, uai }))?.lists ?? [])] })

/** Saves a list; one of the same name is replaced, and keeps its id. */
export const saveList =
  ({ table }: NewsPlatform) =>
  async ({ params: { uai }, body, caller: { person }, now, commit }: NewsRequest<'saveList'>) => {
    const before = await table.get(newsPatterns.lists, { person, uai }, { consistent: true })
    const known = before?.lists ?? []
    const same = known.find(({ name }) => name === body.name)
    const list = { id: same?.id ?? timeId(now), name: body.name, audiences: [...new Set(body.audiences)] }
    const next = [...known.filter(one => one !== same), list]
    if (next.length > listLimits.lists) return fail(newsProblem('too-many-saved'))
    return commit([putLists({ person, uai }, before, next)], list)
  }

/** Deletes a list; one that is not there is deleted already. */
export const removeList =
  ({ table }: NewsPlatform) =>
  async ({ params: { uai, list }, caller: { person }, commit }: NewsRequest<'removeList'>) => {
    const before = await table.get(newsPatterns.lists, { person, uai }, { consistent: true })
    const next = before?.lists.filter(({ id }) => id !== list)
    if (!next || next.length === before?.lists.length) return commit([], undefined)
    return commit([putLists({ person, uai }, before, next)], undefined)
  }
