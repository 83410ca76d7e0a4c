import { type Addressed, addressees, pupilsSignedFor, type Roster, rostersOf } from '../../directory/addressees.ts'
import type { RosterItem } from '../../directory/items.ts'
import { patterns } from '../../platform/patterns.ts'
import type { Table } from '../../platform/table.ts'
import type { NewsItem } from '../items.ts'

const read = (table: Table, rosters: readonly Roster[]): Promise<RosterItem[]> =>
  Promise.all(
    rosters.map(({ of, id, role }) =>
      of === 'school' ? table.all(patterns.schoolMembers, [id, role]) : table.all(patterns.groupMembers, [id, role]),
    ),
  ).then(rows => rows.flat())

/**
 * Whom a news item addresses, as the directory is now. Queries side by side, by the number of audiences (20 at most)
 * and never by the number of people: one a role of the school, two or three a class. The `author` is nobody to reach,
 * unless as a guardian, who may have to sign.
 */
export const readAddressed = async (
  table: Table,
  { uai, audiences, notice }: Pick<NewsItem, 'uai' | 'audiences' | 'notice'>,
  author: string,
): Promise<Addressed> => {
  const rosters = rostersOf(uai, audiences)
  const [rows, more] = await Promise.all([
    read(table, rosters.people),
    notice === 'pupil' ? read(table, rosters.pupils) : [],
  ])
  const people = addressees(rows).filter(one => one.id !== author || one.guardian)
  return { people, pupils: notice === 'pupil' ? pupilsSignedFor(people, [...rows, ...more]) : [] }
}
