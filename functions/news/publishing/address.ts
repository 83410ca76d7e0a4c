import { type AudienceKind, schoolKinds } from '../../../shared/kernel/audience.ts'
import { type CommonProblem, type Problem, problem } from '../../../shared/kernel/problem.ts'
import { fail, ok, type Result } from '../../../shared/kernel/result.ts'
import { holds } from '../../../shared/kernel/role.ts'
import type { NewsDraft } from '../../../shared/news/draft.ts'
import { addressProblem, publishesAs } from '../../../shared/news/rules.ts'
import { type Addressed, readAddressed } from '../../directory/addressees.ts'
import { type AudienceItem, directoryPatterns, type PersonItem } from '../../directory/audiences.ts'
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
 * @param read finds whom audiences hold: where many items are asked about, one that reads none of them twice
 */
export const addressedBy = async (
  table: Parameters<typeof readAddressed>[0],
  { uai, audiences, notice }: Pick<NewsItem, 'uai' | 'notice'> & { readonly audiences: readonly Named[] },
  author: string,
  read = readAddressed,
): Promise<Addressed> => {
  const { people, ...rest } = await read(table, { uai, audiences }, notice === 'pupil')
  return { ...rest, people: people.filter(one => one.id !== author || one.guardian) }
}

type Named = { readonly kind: AudienceKind; readonly group?: string | undefined }

/**
 * How many people are reached, how many of them as guardians or as pupils, and how many signatures a notice asks for.
 * `followers`: teachers who read along, and are none of the people.
 */
type Reach = {
  readonly people: number
  readonly guardians: number
  readonly pupils: number
  readonly followers: number
  readonly signers: number
}

/**
 * The one audience whose size is that of all: the only one, or the whole school, which holds every other of the school.
 * Undefined where several must be read to count nobody twice, and for those of a class, whose rosters are short.
 */
const wholeOf = (audiences: readonly AudienceItem[]) => {
  const [first, ...others] = audiences
  const found = audiences.find(({ kind }) => kind === 'school') ?? (others.length === 0 ? first : undefined)
  const kind = schoolKinds.find(one => one === found?.kind)
  return found && kind && { id: found.id, kind }
}

/** The reach of an audience whose size is stored, without its author. */
const storedReach = async (
  table: NewsTable,
  { uai, notice, audiences }: Addressing,
  author: PersonItem | undefined,
): Promise<Reach | undefined> => {
  const whole = wholeOf(audiences)
  // Who publishes and is a pupil is counted in one way here and in another there.
  if (!whole || (author && holds(author.roles, uai, ['pupil']))) return undefined
  const size = (await table.get(directoryPatterns.sizes, { uai }))?.[whole.kind]
  if (!size) return undefined
  const held = author?.audiences.find(({ id }) => id === whole.id)
  const isCounted = !held || (held.children ?? []).length > 0
  const signers = notice === 'pupil' ? size.concerned : notice === 'guardian' ? size.guardians : 0
  return {
    people: size.people - (isCounted ? 0 : 1),
    guardians: size.guardians,
    pupils: size.pupils,
    followers: 0,
    signers,
  }
}

type Addressing = Pick<NewsItem, 'uai' | 'notice'> & { readonly audiences: readonly AudienceItem[] }

/** How many people some audiences of a school hold together, each counted once, beside the `author`. */
export const reachOf = async (
  table: NewsTable,
  to: Addressing,
  author: string,
  publisher: PersonItem,
): Promise<Reach> => {
  const person =
    author === publisher.id || !wholeOf(to.audiences)
      ? publisher
      : await table.get(directoryPatterns.person, { person: author })
  const stored = await storedReach(table, to, person)
  if (stored) return stored
  const addressed = await addressedBy(table, to, author)
  return {
    people: addressed.people.length,
    guardians: addressed.people.filter(one => one.guardian).length,
    pupils: addressed.people.filter(one => one.role === 'pupil').length,
    followers: addressed.followers.filter(one => one.id !== author).length,
    signers: signersOf(addressed, to.notice),
  }
}

/** How many signatures a notice asks for. */
export const signersOf = (addressed: Addressed, notice: NewsItem['notice']): number => {
  if (notice === 'pupil') return addressed.pupils.length
  return notice === 'guardian' ? addressed.people.filter(person => person.guardian).length : 0
}

/** The parts of a news item that depend on who publishes it to whom. */
export type Address = Pick<NewsItem, 'author' | 'schoolName' | 'audiences' | 'people' | 'signers' | 'addressedBy'>

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
  const { uai, notice } = draft
  const { people, signers } = await reachOf(
    table,
    { uai, notice, audiences: allowed.value.audiences },
    author,
    publisher,
  )
  return ok({
    author: { id, name: `${givenName} ${familyName}`, role },
    schoolName: schools.find(school => school.uai === draft.uai)?.name ?? draft.uai,
    audiences,
    people,
    signers,
    ...(author !== id && { addressedBy: id }),
  })
}
