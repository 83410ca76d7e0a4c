import { type Problem, problem } from '../../../shared/kernel/problem.ts'
import { fail, ok, type Result } from '../../../shared/kernel/result.ts'
import { addressProblem, publishesAs } from '../../../shared/news/rules.ts'
import type { NewsDraft } from '../../../shared/news/shapes.ts'
import { signersOf } from '../../directory/addressees.ts'
import type { Caller } from '../../platform/caller.ts'
import { patterns } from '../../platform/patterns.ts'
import type { Table } from '../../platform/table.ts'
import type { NewsItem } from '../items.ts'
import { readAddressed } from './addressed.ts'

type Draft = Pick<NewsDraft, 'uai' | 'audiences' | 'notice'>

/** The parts of a news item that depend on who publishes it to whom. */
export type Address = Pick<NewsItem, 'author' | 'schoolName' | 'audiences' | 'people' | 'signers'>

/**
 * Resolves a draft's audiences, decides whether the caller may publish to them, and counts whom they hold beside the
 * `author`: the caller, unless they change what somebody else published.
 */
export const addressOf = async (
  table: Table,
  caller: Caller,
  draft: Draft,
  author = caller.person,
): Promise<Result<Address, Problem>> => {
  const ids = [...new Set(draft.audiences)]
  const [person, found] = await Promise.all([
    table.get(patterns.person, [caller.person]),
    table.getMany(
      patterns.audience,
      ids.map((id): [string] => [id]),
    ),
  ])
  const role = person && publishesAs(person.roles, draft.uai)
  if (!person || !role) return fail(problem('not-allowed'))
  const refused = addressProblem(person, draft, found)
  if (refused) return fail(refused)
  const byId = new Map(found.map(one => [one.id, one]))
  const audiences = ids.flatMap(id => {
    const one = byId.get(id)
    return one ? [{ id, kind: one.kind, label: one.label, ...(one.group !== undefined && { group: one.group }) }] : []
  })
  const addressed = await readAddressed(table, { ...draft, audiences }, author)
  return ok({
    author: { id: person.id, name: `${person.givenName} ${person.familyName}`, role },
    schoolName: person.schools.find(school => school.uai === draft.uai)?.name ?? draft.uai,
    audiences,
    people: addressed.people.length,
    signers: signersOf(addressed, draft.notice),
  })
}
