import type { AudienceKind } from '../kernel/audience.ts'
import { after } from '../kernel/dates.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { holds, type Role, type SchoolRole } from '../kernel/role.ts'
import { newsProblem } from './contract.ts'
import { type NewsDraft, publicationHold, type SentDraft } from './draft.ts'
import type { NewsState } from './shapes.ts'

/** Those who run a school: they publish to all of it, and look after what others published there. */
const direction = ['head', 'pupil-life', 'administrator'] as const satisfies readonly Role[]

/** True if one of `held` is of those who run the school. */
export const runsSchool = (held: readonly SchoolRole[], uai: string): boolean => holds(held, uai, direction)

/** In which quality a person publishes in a school: the one that lets them reach furthest. */
export const publishesAs = (held: readonly SchoolRole[], uai: string): Role | undefined =>
  [...direction, 'teacher' as const].find(role => holds(held, uai, [role]))

/** What decides whom one may publish to. */
export type Publisher = {
  readonly roles: readonly SchoolRole[]
  readonly groups: readonly { readonly id: string; readonly uai: string }[]
}

/** An audience of a school. */
type Audience = { readonly kind: AudienceKind; readonly uai: string; readonly group?: string | undefined }

/**
 * Those who run a school publish to every audience of it; a teacher to the classes and groups they teach and to
 * those guardians. Membership of an audience does not suffice: a teacher may be a guardian in the same school.
 */
export const mayPublishTo = (person: Publisher, audience: Audience): boolean => {
  if (runsSchool(person.roles, audience.uai)) return true
  if (!holds(person.roles, audience.uai, ['teacher'])) return false
  if (audience.kind !== 'class' && audience.kind !== 'class-guardians') return false
  return person.groups.some(group => group.id === audience.group && group.uai === audience.uai)
}

/** What is wrong with what a draft asks of guardians, beside whom it addresses; or nothing. */
export const askingProblem = (
  { notice, question, deadline }: Pick<NewsDraft, 'notice' | 'question' | 'deadline'>,
  { publishedAt, until }: Dates,
): Problem<'dates-not-in-order' | 'invalid-request'> | undefined => {
  const refused = (path: string, message: string) => problem('invalid-request', { errors: [{ path, message }] })
  if (notice === 'none' && question !== undefined) return refused('body.question', 'must be absent without a signature')
  if (notice === 'none' && deadline !== undefined) return refused('body.deadline', 'must be absent without a signature')
  if (deadline === undefined) return undefined
  if (deadline <= publishedAt || (until !== undefined && deadline > until))
    return newsProblem('dates-not-in-order', {
      errors: [{ path: 'body.deadline', message: 'must come after publication, and not after the end' }],
    })
  return undefined
}

/** True if a notice can be signed and answered at `now`. */
export const isOpenToAnswers = ({ deadline }: { readonly deadline?: string | undefined }, now: Date): boolean =>
  deadline === undefined || deadline > now.toISOString()

/** Kinds of audience that hold guardians: those a notice to sign needs one of. */
export const holdsGuardians = (kind: AudienceKind): boolean =>
  kind === 'school' || kind === 'guardians' || kind === 'class-guardians'

/** Who may follow, change or take back a news item: its author while they publish in that school, and its direction. */
export const mayManage = (
  news: { readonly uai: string; readonly author: { readonly id: string } },
  caller: { readonly person: string; readonly roles: readonly SchoolRole[] },
): boolean =>
  runsSchool(caller.roles, news.uai) ||
  (caller.person === news.author.id && publishesAs(caller.roles, news.uai) !== undefined)

/**
 * Who may be told by name what became of a news item, and act on its people: who may manage it, and publish to all its
 * audiences today. Its author may have lost the class since.
 */
export const mayFollow = (
  news: { readonly uai: string; readonly audiences: readonly Omit<Audience, 'uai'>[] },
  person: Publisher,
): boolean => news.audiences.every(audience => mayPublishTo(person, { ...audience, uai: news.uai }))

/** Which text of a news item this is, or that a mark or fact is of: 1 is the first. */
export const editionOf = (of: { readonly edition?: number | undefined } | undefined): number => of?.edition ?? 1

/** What decides where a news item is in its life: instants. */
export type Dated = {
  readonly publishedAt: string
  readonly until?: string | undefined
  readonly withdrawnAt?: string | undefined
}

/** Where a news item is in its life. */
export const stateOf = (news: Dated, now: Date): NewsState => {
  const at = now.toISOString()
  if (news.withdrawnAt !== undefined) return 'withdrawn'
  if (news.publishedAt > at) return 'scheduled'
  if (news.until !== undefined && news.until <= at) return 'ended'
  return 'published'
}

/** True if the audiences named by `held` are among those the news is addressed to, and it can be read now. */
export const mayRead = (
  news: Dated & { readonly audiences: readonly { readonly id: string }[] },
  held: readonly string[],
  now: Date,
): boolean => stateOf(news, now) === 'published' && news.audiences.some(audience => held.includes(audience.id))

type Dates = { publishedAt: string; until?: string | undefined }

/**
 * When a draft is published and until when: a moment already past means now, and now means the end of its hold, if it is to
 * be held.
 */
export const datesOf = (
  { publishAt, until, held }: Pick<SentDraft, 'publishAt' | 'until' | 'held'>,
  now: Date,
): Result<Dates & { readonly held?: true }, Problem<'dates-not-in-order'>> => {
  const earliest = after(now, held ? publicationHold : 0).toISOString()
  if (publishAt !== undefined && publishAt > earliest) return inOrder(publishAt, until)
  const dates = inOrder(earliest, until)
  return dates.ok && held ? ok({ ...dates.value, held: true }) : dates
}

/** The two dates of a news item, if the end comes after the publication. */
export const inOrder = (
  publishedAt: string,
  until: string | undefined,
): Result<Dates, Problem<'dates-not-in-order'>> =>
  until !== undefined && until <= publishedAt
    ? fail(
        newsProblem('dates-not-in-order', { errors: [{ path: 'body.until', message: 'must come after publication' }] }),
      )
    : ok({ publishedAt, ...(until !== undefined && { until }) })

/** What forbids a draft to be addressed to these audiences, all of them found in the directory; or nothing. */
export const addressProblem = (
  person: Publisher,
  draft: Pick<NewsDraft, 'uai' | 'audiences' | 'notice'>,
  found: readonly (Audience & { readonly id: string })[],
): Problem<'audience-not-allowed' | 'notice-without-guardians'> | undefined => {
  const allowed = new Set(
    found.filter(audience => audience.uai === draft.uai && mayPublishTo(person, audience)).map(audience => audience.id),
  )
  const errors = draft.audiences.flatMap((id, index) =>
    allowed.has(id) ? [] : [{ path: `body.audiences.${index}`, message: 'is not an audience you may publish to' }],
  )
  if (errors.length > 0) return newsProblem('audience-not-allowed', { errors })
  if (draft.notice !== 'none' && !found.some(audience => holdsGuardians(audience.kind)))
    return newsProblem('notice-without-guardians')
  return undefined
}

/**
 * The children for whose sake a guardian is addressed: in that class for its guardians, in that school for the
 * school and its guardians. A teacher who reads along is addressed for nobody's sake.
 */
export const childrenConcerned = (
  audiences: readonly { readonly id: string; readonly kind: AudienceKind }[],
  person: { readonly audiences: readonly { readonly id: string; readonly children?: readonly string[] | undefined }[] },
): string[] => {
  const addressed = new Set(audiences.filter(({ kind }) => holdsGuardians(kind)).map(({ id }) => id))
  return [...new Set(person.audiences.flatMap(({ id, children = [] }) => (addressed.has(id) ? children : [])))]
}

/**
 * True if a news item may await something of a reader until it ends, whatever is published after it: a notice to sign, an
 * urgent item, one that readers were reminded of. Its audiences have a second row of it, which their boards carry beside
 * the newest rows, and what readers did with it is kept in their marks.
 */
export const staysOpen = (news: {
  readonly notice: NewsDraft['notice']
  readonly urgent: boolean
  readonly remindedAt?: string | undefined
}): boolean => news.notice !== 'none' || news.urgent || news.remindedAt !== undefined
