import { ok } from '../../shared/kernel/result.ts'
import { patterns } from '../platform/patterns.ts'
import type { Platform } from '../platform/platform.ts'
import type { DirectoryRequest } from './request.ts'

const pageSize = 200

/** The classes and teaching groups of a school: one Query. */
export const groups =
  ({ table }: Platform) =>
  async ({ params, query }: DirectoryRequest<'groups'>) => {
    const page = await table.list(patterns.schoolGroups, [params.uai], { limit: pageSize, cursor: query.cursor })
    if (!page.ok) return page
    return ok({
      ...page.value,
      items: page.value.items.map(({ group: id, uai, name, kind }) => ({ id, uai, name, kind })),
    })
  }
