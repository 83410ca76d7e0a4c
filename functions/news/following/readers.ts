import { problem } from '../../../shared/kernel/problem.ts'
import { fail, ok } from '../../../shared/kernel/result.ts'
import { cursorOf, sortKeyOf } from '../../platform/pattern.ts'
import { newsPatterns } from '../patterns.ts'
import type { NewsPlatform, NewsRequest } from '../relations.ts'
import { withEnterers } from './enterers.ts'
import { withChildren } from './namesakes.ts'
import { readReadership } from './read-readership.ts'
import { countsOf, groupsOf, inState, isIn, readership, toRemind, withAnswer } from './readership.ts'
import { lastReminder, reminderState } from './reminders.ts'

const pageSize = 50
const prefix = 'READER#'

/** Who has seen or signed a news item and who has not, by name. A cursor is the place after the last name shown. */
export const readers =
  ({ table }: NewsPlatform) =>
  async ({ query: { cursor, group, state, answer }, now, related: { publication } }: NewsRequest<'readers'>) => {
    const from = cursor === undefined ? prefix : sortKeyOf(cursor, prefix)
    if (from === undefined)
      return fail(problem('invalid-request', { errors: [{ path: 'query.cursor', message: 'is not of this list' }] }))
    const [{ addressed, facts }, reminders] = await Promise.all([
      readReadership(table, publication),
      table.all(newsPatterns.reminders, { news: publication.id }),
    ])
    const reminder = (of: 'unseen' | 'unsigned') => {
      const people = toRemind(publication.notice, addressed, facts, of, group).length
      return reminderState(people, lastReminder(reminders, { state: of, group }), now)
    }
    const shown = readership(publication.notice, addressed, facts, group)
    const rest = withAnswer(inState(shown, state), answer).filter(reader => reader.order > from.slice(prefix.length))
    const items = rest.slice(0, pageSize)
    const last = rest.length > pageSize ? items.at(-1) : undefined
    return ok({
      items: await withEnterers(
        table,
        publication,
        await withChildren(table, [...shown.people, ...shown.signers], items),
      ),
      ...(last && { next: cursorOf(prefix + last.order) }),
      counts: countsOf(shown, publication.question),
      groups: groupsOf(addressed),
      followers: addressed.followers.filter(one => isIn(one, group)).length,
      reminders: { unseen: reminder('unseen'), unsigned: reminder('unsigned') },
    })
  }
