import type { AudienceKind } from '../../../shared/directory/contract.ts'
import { type CommonProblem, type Problem, problem } from '../../../shared/kernel/problem.ts'
import { fail, ok, type Result } from '../../../shared/kernel/result.ts'
import { addressProblem, publishesAs } from '../../../shared/news/rules.ts'
import type { NewsDraft } from '../../../shared/news/shapes.ts'
import {
  type Addressed,
  type AudienceItem,
  directoryPatterns,
  type PersonItem,
  readAddressed,
} from '../../directory/audiences.ts'
import type { Table } from '../../platform/table.ts'
import type { Caller } from '../../platform/token.ts'
import type { newsAccess } from '../access.ts'
import type { NewsItem } from '../patterns.ts'

type NewsTable = Table<typeof newsAccess>
type Draft = Pick<NewsDraft, 'uai' | 'audiences' | 'notice'>
type Refusal = Problem<CommonProblem | 'audience-not-allowed' | 'notice-without-guardians'>

/** Who publishes, and the audiences of one school they may publish to. */
export type Allowed = { readonly publisher: PersonItem; readonly audiences: readonly AudienceItem[] }

/** Resolves a draft's audiences, and decides whether the caller may publish to each. */
export const allowedAudiences = async (
  table: NewsTable,
  caller: Caller,
  draft: Draft,
): Promise<Result<Allowed, Refusal>> => {
  const audiences = [...new Set(draft.audiences)]
  const [publisher, items] = await Promise.all([
    table.get(directoryPatterns.person, { person: caller.person }),
    table.getMany(
      directoryPatterns.audience,
      audiences.map(audience => ({ audience })),
    ),
  ])
  if (!publisher || publishesAs(publisher.roles, draft.uai) === undefined) return fail(problem('not-allowed'))
  const found = items.flatMap(item => item ?? [])
  const refused = addressProblem(publisher, draft, found)
  return refused ? fail(refused) : ok({ publisher, audiences: found })
}

/**
 * Whom a news item addresses, as the directory is now. The `author` is nobody to reach, unless as a guardian, who may
 * have to sign; `pupils` are those a notice once per pupil is signed for.
 */
export const addressedBy = async (
  table: Parameters<typeof readAddressed>[0],
  { uai, audiences, notice }: Pick<NewsItem, 'uai' | 'notice'> & { readonly audiences: readonly Named[] },
  author: string,
): Promise<Addressed> => {
  const { people, pupils } = await readAddressed(table, { uai, audiences }, notice === 'pupil')
  return { people: people.filter(one => one.id !== author || one.guardian), pupils }
}

type Named = { readonly kind: AudienceKind; readonly group?: string | undefined }

/** How many signatures a notice asks for. */
export const signersOf = (addressed: Addressed, notice: NewsItem['notice']): number => {
  if (notice === 'pupil') return addressed.pupils.length
  return notice === 'guardian' ? addressed.people.filter(person => person.guardian).length : 0
}

/** The parts of a news item that depend on who publishes it to whom. */
export type Address = Pick<NewsItem, 'author' | 'schoolName' | 'audiences' | 'people' | 'signers'>

/**
 * Proves that the caller may publish to a draft's audiences, and counts whom they hold beside the `author`: the caller,
 * unless they change what somebody else published.
 */
export const addressOf = async (
  table: NewsTable,
  caller: Caller,
  draft: Draft,
  author = caller.person,
): Promise<Result<Address, Refusal>> => {
  const allowed = await allowedAudiences(table, caller, draft)
  if (!allowed.ok) return allowed
  const { publisher } = allowed.value
  const { id, givenName, familyName, roles, schools } = publisher
  const role = publishesAs(roles, draft.uai)
  if (!role) return fail(problem('not-allowed'))
  const audiences = allowed.value.audiences.map(({ id: audience, kind, label, group }) => ({
    id: audience,
    kind,
    label,
    ...(group !== undefined && { group }),
  }))
  const addressed = await addressedBy(table, { uai: draft.uai, audiences, notice: draft.notice }, author)
  return ok({
    author: { id, name: `${givenName} ${familyName}`, role },
    schoolName: schools.find(school => school.uai === draft.uai)?.name ?? draft.uai,
    audiences,
    people: addressed.people.length,
    signers: signersOf(addressed, draft.notice),
  })
}
