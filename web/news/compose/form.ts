import * as z from 'zod/mini'
import { AudienceId } from '../../../shared/kernel/ids.ts'
import type { Problem } from '../../../shared/kernel/problem.ts'
import { NewsDraft, newsLimits } from '../../../shared/news/draft.ts'
import { holdsGuardians } from '../../../shared/news/rules.ts'
import { notices, type PublishedNews } from '../../../shared/news/shapes.ts'
import { toInstant, toLocal } from '../../ui/local-time.ts'

/** The value of a DateTimeField; empty: none. */
const LocalMoment = z.string().check(z.regex(/^(\d{4,}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?)?$/))

/** The values of the form while a news item is written; also what a stored draft holds. */
export const NewsForm = z.object({
  title: z.string(),
  body: z.string(),
  audiences: z.array(AudienceId),
  pinned: z.boolean(),
  urgent: z.boolean(),
  notice: z.enum(notices),
  publishAt: LocalMoment,
  until: LocalMoment,
})
export type NewsForm = z.infer<typeof NewsForm>

export const emptyForm: NewsForm = {
  title: '',
  body: '',
  audiences: [],
  pinned: false,
  urgent: false,
  notice: 'none',
  publishAt: '',
  until: '',
}

/** True if there is nothing to store as a draft. */
export const isEmpty = (form: NewsForm): boolean =>
  form.title.trim() === '' && form.body.trim() === '' && form.audiences.length === 0

export const fields = ['title', 'body', 'audiences', 'publishAt', 'until', 'notice'] as const
export type Field = (typeof fields)[number]

export type FieldProblem =
  | 'title-missing'
  | 'title-too-long'
  | 'body-missing'
  | 'body-too-long'
  | 'audiences-missing'
  | 'audiences-too-many'
  | 'audience-not-allowed'
  | 'publish-past'
  | 'until-not-after'
  | 'notice-without-guardians'
  | 'notice-fixed'
  | 'refused'

export type FieldProblems = { readonly [Name in Field]?: FieldProblem }

/** The form to edit a published or scheduled item. */
export const formOf = (news: PublishedNews & { readonly body: string }): NewsForm => ({
  title: news.title,
  body: news.body,
  audiences: news.audiences.map(({ id }) => id),
  pinned: news.pinned,
  urgent: news.urgent,
  notice: news.notice,
  publishAt: news.state === 'scheduled' ? toLocal(news.publishedAt) : '',
  until: news.until === undefined ? '' : toLocal(news.until),
})

type Known = { readonly id: string; readonly kind: Parameters<typeof holdsGuardians>[0] }

/**
 * What is wrong with the fields, as far as the browser can tell; the API decides. `choices`: the audiences offered,
 * `publishedAt`: of an item already published.
 */
export const problemsOf = (
  form: NewsForm,
  choices: readonly Known[],
  now: Date,
  publishedAt?: string | undefined,
): FieldProblems => {
  const [title, body] = [form.title.trim(), form.body.trim()]
  const [from, until] = [toInstant(form.publishAt), toInstant(form.until)]
  const chosen = choices.filter(({ id }) => form.audiences.includes(id))
  const start = publishedAt ?? (from !== undefined && from > now.toISOString() ? from : now.toISOString())
  return {
    ...(title === '' && { title: 'title-missing' }),
    ...(title.length > newsLimits.title && { title: 'title-too-long' }),
    ...(body === '' && { body: 'body-missing' }),
    ...(body.length > newsLimits.body && { body: 'body-too-long' }),
    ...(form.audiences.length === 0 && { audiences: 'audiences-missing' }),
    ...(form.audiences.length > newsLimits.audiences && { audiences: 'audiences-too-many' }),
    ...(publishedAt === undefined && from !== undefined && from <= now.toISOString() && { publishAt: 'publish-past' }),
    ...(until !== undefined && until <= start && { until: 'until-not-after' }),
    ...(form.notice !== 'none' &&
      chosen.length > 0 &&
      !chosen.some(({ kind }) => holdsGuardians(kind)) && { notice: 'notice-without-guardians' }),
  }
}

/** The body to send. Throws if problemsOf() found a problem. */
export const draftOf = (form: NewsForm, uai: string): NewsDraft => {
  const { publishAt, until, ...rest } = form
  const [from, end] = [toInstant(publishAt), toInstant(until)]
  return z.parse(NewsDraft, {
    ...rest,
    uai,
    ...(from !== undefined && { publishAt: from }),
    ...(end !== undefined && { until: end }),
  })
}

const refusals: { readonly [type: string]: FieldProblems } = {
  'audience-not-allowed': { audiences: 'audience-not-allowed' },
  'dates-not-in-order': { until: 'until-not-after' },
  'notice-without-guardians': { notice: 'notice-without-guardians' },
}

/** The fields that the API's refusal concerns; empty if it concerns none. */
export const refusedFields = (problem: { readonly type: string } & Pick<Problem, 'errors'>): FieldProblems => {
  const named = (problem.errors ?? []).flatMap(({ path }) => {
    const name = fields.find(field => path === `body.${field}` || path.startsWith(`body.${field}.`))
    return name === undefined ? [] : [[name, name === 'notice' ? 'notice-fixed' : 'refused'] as const]
  })
  return refusals[problem.type] ?? Object.fromEntries(named)
}
