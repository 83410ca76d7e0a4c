import { type DeadlineAfter, type Template, templateLimits } from '../../../shared/news/templates.ts'
import { toInstant, toLocal } from '../../ui/local-time.ts'
import { emptyForm, formOf, type NewsForm, type WrittenNews } from './form.ts'
import { fieldsOfQuestion, questionOf } from './question-fields.ts'

const dayMs = 86_400_000

/** The day of a local time, counted in whole days wherever summer time begins between two of them. */
const dayNumber = (local: string): number => Date.parse(`${local.slice(0, 10)}T00:00Z`) / dayMs

/** How many days after a publication something is answered until, and at which time; undefined where that is before it. */
export const deadlineAfter = (publishedAt: string, deadline: string): DeadlineAfter | undefined => {
  const [from, until] = [toLocal(publishedAt), toLocal(deadline)]
  const days = dayNumber(until) - dayNumber(from)
  return days < 0 || days > templateLimits.days ? undefined : { days, time: until.slice(11, 16) }
}

/** The value of a deadline's field, so long after a publication now; empty where that has passed. */
export const deadlineFrom = (now: Date, after: DeadlineAfter | undefined): string => {
  if (!after) return ''
  const day = new Date(dayNumber(toLocal(now.toISOString())) * dayMs + after.days * dayMs).toISOString().slice(0, 10)
  const local = `${day}T${after.time}`
  const at = toInstant(local)
  return at !== undefined && at > now.toISOString() ? local : ''
}

/**
 * The form of a copy: all that was written and to whom, without its dates; until when is answered as long after publication as
 * it was. Files hang where they were chosen for, and are chosen anew.
 */
export const copyOf = (news: WrittenNews, now: Date): NewsForm => ({
  ...formOf(news),
  attachments: [],
  publishAt: '',
  until: '',
  deadline: news.deadline === undefined ? '' : deadlineFrom(now, deadlineAfter(news.publishedAt, news.deadline)),
})

/** The form that begins from a template. */
export const fromTemplate = (template: Template, now: Date): NewsForm => ({
  ...emptyForm,
  title: template.title,
  body: template.body,
  notice: template.notice,
  urgent: template.urgent,
  pinned: template.pinned,
  ...fieldsOfQuestion(template.question),
  deadline: deadlineFrom(now, template.deadline),
})

/** What a template keeps of a form. */
export const templateOf = (form: NewsForm, now: Date) => {
  const isNotice = form.notice !== 'none'
  const question = isNotice ? questionOf(form) : undefined
  const until = isNotice ? toInstant(form.deadline) : undefined
  const deadline =
    until === undefined ? undefined : deadlineAfter(toInstant(form.publishAt) ?? now.toISOString(), until)
  return {
    title: form.title,
    body: form.body,
    notice: form.notice,
    urgent: form.urgent,
    pinned: form.pinned,
    ...(question && { question }),
    ...(deadline && { deadline }),
  }
}
