import * as z from 'zod/mini'
import { AudienceId } from '../../../shared/kernel/ids.ts'
import { lengthOf } from '../../../shared/kernel/length.ts'
import type { Problem } from '../../../shared/kernel/problem.ts'
import { isBlank } from '../../../shared/kernel/text.ts'
import { NewsDraft, newsLimits } from '../../../shared/news/draft.ts'
import { holdsGuardians } from '../../../shared/news/rules.ts'
import { type News, notices, type PublishedNews } from '../../../shared/news/shapes.ts'
import { textProblem } from '../../../shared/news/text/problem.ts'
import { ChosenFile, chosenOf } from '../../ui/files/chosen-file.ts'
import { type DateProblem, momentProblem, toInstant, toLocal, unreadable, yearsAfter } from '../../ui/local-time.ts'
import {
  type ChoicesProblem,
  fieldsOfQuestion,
  type QuestionProblem,
  questionFields,
  questionOf,
  questionProblems,
} from './question-fields.ts'

/** The value of a DateTimeField; empty: none. */
const LocalMoment = z.string().check(z.regex(/^(unreadable|\d{4,}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?)?$/))

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
  ...questionFields,
  /** Until when a notice can be answered. Drafts of before have none. */
  deadline: z._default(LocalMoment, ''),
  /** Files that are to hang on it. Drafts of before know nothing of them: those that hang there stay. */
  attachments: z.optional(z.array(ChosenFile)),
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
  ...fieldsOfQuestion(undefined),
  deadline: '',
  attachments: [],
}

/** True if two forms say the same: blanks in an empty field say nothing. */
export const isSameForm = (one: NewsForm, other: NewsForm): boolean => {
  const said = (form: NewsForm) =>
    JSON.stringify([
      ...[form.title, form.body].map(text => (isBlank(text) ? '' : text)),
      ...[form.audiences, form.pinned, form.urgent, form.notice, form.publishAt, form.until],
      (form.attachments ?? []).map(({ id }) => id),
      ...(form.notice === 'none' ? [] : [questionOf(form), form.deadline]),
    ])
  return said(one) === said(other)
}

export const fields = [
  'title',
  'body',
  'attachments',
  'audiences',
  'notice',
  'question',
  'choices',
  'deadline',
  'publishAt',
  'until',
] as const
export type Field = (typeof fields)[number]

export type FieldProblem =
  | 'title-missing'
  | 'title-too-long'
  | 'body-missing'
  | 'body-unseen'
  | 'body-too-long'
  | 'body-too-much'
  | 'audiences-missing'
  | 'audiences-unfinished'
  | 'audiences-too-many'
  | 'audience-not-allowed'
  | `date-${DateProblem}`
  | QuestionProblem
  | ChoicesProblem
  | 'deadline-not-between'
  | 'publish-past'
  | 'until-not-after'
  | 'notice-without-guardians'
  | 'notice-fixed'
  | 'refused'

export type FieldProblems = { readonly [Name in Field]?: FieldProblem }

/** A publication with its text and its files. */
export type WrittenNews = PublishedNews & Pick<News, 'body' | 'attachments'>

/** The form to edit a published or scheduled item. */
export const formOf = (news: WrittenNews): NewsForm => ({
  title: news.title,
  body: news.body,
  audiences: news.audiences.map(({ id }) => id),
  pinned: news.pinned,
  urgent: news.urgent,
  notice: news.notice,
  publishAt: news.state === 'scheduled' && !news.held ? toLocal(news.publishedAt) : '',
  until: news.until === undefined ? '' : toLocal(news.until),
  ...fieldsOfQuestion(news.question),
  deadline: news.deadline === undefined ? '' : toLocal(news.deadline),
  attachments: chosenOf(news.attachments),
})

/** Years from now within which dates are: what is later is a slip of the keys. */
const farthest = 2

/** What is wrong with a text. Empty and unseen are told apart: who sees a text that nobody else would see is told so. */
const bodyProblem = (body: string): FieldProblem | undefined => {
  if (body.trim() === '') return 'body-missing'
  if (lengthOf(body.trim()) > newsLimits.body) return 'body-too-long'
  const problem = textProblem(body)
  return problem && (problem === 'nothing' ? 'body-unseen' : 'body-too-much')
}

type Known = { readonly id: string; readonly kind: Parameters<typeof holdsGuardians>[0] }

/**
 * What is wrong with the fields, as far as the browser can tell; the API decides. `choices`: the audiences offered,
 * `publishedAt`: of an item already published, `unfinished`: what stands in the field of recipients and chose none.
 */
export const problemsOf = (
  form: NewsForm,
  choices: readonly Known[],
  now: Date,
  publishedAt?: string | undefined,
  unfinished = '',
): FieldProblems => {
  const title = form.title.trim()
  const body = bodyProblem(form.body)
  const isNotice = form.notice !== 'none'
  const dates = {
    publishAt: publishedAt === undefined ? form.publishAt : '',
    until: form.until,
    deadline: isNotice ? form.deadline : '',
  }
  const latest = yearsAfter(now, farthest)
  const wrongDates = Object.entries(dates).flatMap(([name, local]) => {
    const problem = momentProblem(local, latest)
    return problem ? [[name, `date-${problem}`] as const] : []
  })
  const [from, until, deadline] = [form.publishAt, form.until, dates.deadline].map(toInstant)
  const chosen = choices.filter(({ id }) => form.audiences.includes(id))
  const start = publishedAt ?? (from !== undefined && from > now.toISOString() ? from : now.toISOString())
  return {
    ...(isBlank(title) && { title: 'title-missing' }),
    ...(lengthOf(title) > newsLimits.title && { title: 'title-too-long' }),
    ...(body && { body }),
    ...(form.audiences.length === 0 && { audiences: 'audiences-missing' }),
    ...(!isBlank(unfinished) && { audiences: 'audiences-unfinished' }),
    ...(form.audiences.length > newsLimits.audiences && { audiences: 'audiences-too-many' }),
    ...(publishedAt === undefined && from !== undefined && from <= now.toISOString() && { publishAt: 'publish-past' }),
    ...(until !== undefined && until <= start && { until: 'until-not-after' }),
    ...(form.notice !== 'none' &&
      chosen.length > 0 &&
      !chosen.some(({ kind }) => holdsGuardians(kind)) && { notice: 'notice-without-guardians' }),
    ...(isNotice && questionProblems(form)),
    ...(deadline !== undefined &&
      (deadline <= start || (until !== undefined && deadline > until)) && { deadline: 'deadline-not-between' }),
    ...Object.fromEntries(wrongDates),
  }
}

/**
 * The instant of a field: the one from which it was filled, while it was not changed, with its seconds and its hour of
 * two.
 */
const instantOf = (local: string, before: string | undefined): string | undefined =>
  before !== undefined && toLocal(before) === local ? before : toInstant(local)

/** The body to send. `before`: the item as it was, of an edit. Throws if problemsOf() found a problem. */
export const draftOf = (
  form: NewsForm,
  uai: string,
  before?: Pick<PublishedNews, 'publishedAt' | 'until' | 'deadline'>,
): NewsDraft => {
  const { publishAt, until, asks, question: _, choices: __, deadline, ...rest } = form
  const isNotice = form.notice !== 'none'
  if ([publishAt, until, isNotice && deadline].includes(unreadable)) throw new Error('a date of the form is unreadable')
  const [from, end] = [instantOf(publishAt, before?.publishedAt), instantOf(until, before?.until)]
  const last = isNotice ? instantOf(deadline, before?.deadline) : undefined
  return z.parse(NewsDraft, {
    ...rest,
    uai,
    ...(isNotice && asks !== 'nothing' && { question: questionOf(form) }),
    ...(last !== undefined && { deadline: last }),
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
  if (problem.errors?.some(({ path }) => path === 'body.deadline')) return { deadline: 'deadline-not-between' }
  const named = (problem.errors ?? []).flatMap(({ path }) => {
    const name = fields.find(field => path === `body.${field}` || path.startsWith(`body.${field}.`))
    return name === undefined ? [] : [[name, name === 'notice' ? 'notice-fixed' : 'refused'] as const]
  })
  return refusals[problem.type] ?? Object.fromEntries(named)
}
