import { problem } from '../../shared/kernel/problem.ts'
import { fail, ok } from '../../shared/kernel/result.ts'
import { holds } from '../../shared/kernel/role.ts'
import type { Caller } from '../platform/caller.ts'
import { patterns } from '../platform/patterns.ts'
import type { Platform } from '../platform/platform.ts'
import { withAccounts } from './account-state.ts'
import { audienceId } from './identity.ts'
import type { GroupItem } from './items.ts'
import type { DirectoryRequest } from './request.ts'

const pageSize = 50

/** Those who run the group's school, and its own teachers: they and the pupils alone belong to the class's audience. */
const mayLookInto = (group: GroupItem, caller: Caller): boolean =>
  holds(caller.roles, group.uai, ['pupil-life', 'head', 'administrator']) ||
  (holds(caller.roles, group.uai, ['teacher']) && caller.audiences.includes(audienceId('class', group.group)))

/** The pupils, guardians or teachers of a class or group: one GetItem, one Query and one BatchGet. */
export const members =
  ({ table }: Platform) =>
  async ({ params, query, caller, now }: DirectoryRequest<'members'>) => {
    const group = await table.get(patterns.group, [params.group])
    if (!group || !mayLookInto(group, caller)) return fail(problem('not-found'))
    const page = await table.list(patterns.groupMembers, [params.group, query.role], {
      limit: pageSize,
      cursor: query.cursor,
    })
    if (!page.ok) return page
    return ok({ ...page.value, items: await withAccounts(table, page.value.items, now) })
  }
