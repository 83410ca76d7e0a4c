import * as z from 'zod/mini'
import { lengthOf } from '../../../shared/kernel/length.ts'
import { momentOf, timeIn } from '../../../shared/kernel/territory-day.ts'
import { isBlank } from '../../../shared/kernel/text.ts'
import type { Assignment } from '../../../shared/work/hand-in.ts'
import { pieceKinds, type SentEdit, type SentWork, type SetPiece, workLimits } from '../../../shared/work/shapes.ts'
import { territoryZone } from '../../platform/territory.ts'
import { ChosenFile, chosenOf, sentFiles } from '../../ui/files/chosen-file.ts'
import { dayProblem, momentProblem, toInstant, toLocal, unreadable, yearsAfter } from '../../ui/local-time.ts'

/** When work is usually due. */
const usualTime = '18:00'

/** The values of the form while work is written; also what a stored draft holds. `days`: by the class's id. */
export const WorkForm = z.object({
  kind: z.enum(pieceKinds),
  title: z.string(),
  text: z.string(),
  subject: z.string(),
  minutes: z.string(),
  publishAt: z.string(),
  /** It is handed in, at a time of its day, also late, until it closes. Drafts of before know nothing of it. */
  collects: z._default(z.boolean(), false),
  dueTime: z._default(z.string(), usualTime),
  late: z._default(z.boolean(), true),
  closesAt: z._default(z.string(), ''),
  /** Files that are to hang on it. */
  attachments: z._default(z.array(ChosenFile), []),
  days: z.record(z.string(), z.string()),
})
export type WorkForm = z.infer<typeof WorkForm>

export const emptyForm: WorkForm = {
  kind: 'task',
  title: '',
  text: '',
  subject: '',
  minutes: '',
  publishAt: '',
  collects: false,
  dueTime: usualTime,
  late: true,
  closesAt: '',
  attachments: [],
  days: {},
}

/** The form to change a piece. */
export const formOf = (piece: SetPiece): WorkForm => ({
  kind: piece.kind,
  title: piece.title,
  text: piece.text ?? '',
  subject: piece.subject,
  minutes: piece.minutes === undefined ? '' : String(piece.minutes),
  publishAt: piece.state === 'scheduled' ? toLocal(piece.publishedAt) : '',
  collects: piece.assignment !== undefined,
  dueTime: piece.assignment ? timeIn(new Date(piece.assignment.dueAt), territoryZone) : usualTime,
  late: piece.assignment?.late ?? true,
  closesAt: piece.assignment?.closesAt ? toLocal(piece.assignment.closesAt) : '',
  attachments: chosenOf(piece.attachments),
  days: { [piece.group.id]: piece.day },
})

/** The form of a copy of a piece: all but for whom, when, and until when it is taken. */
export const copyOf = (piece: SetPiece): Partial<WorkForm> => {
  const { days: _, publishAt: __, closesAt: ___, ...kept } = formOf(piece)
  return kept
}

/** Years from now within which dates are: what is later is a slip of the keys. */
const farthest = 1

type DateWrong = 'wrong' | 'past' | 'far'

export type FormProblems = {
  readonly title?: true
  readonly subject?: true
  readonly text?: true
  readonly minutes?: true
  readonly publishAt?: DateWrong
  readonly groups?: true
  readonly dueTime?: true
  readonly closesAt?: 'wrong' | 'early'
  /** Classes whose day is missing or wrong. */
  readonly days: readonly string[]
}

/** Expected minutes as a number; undefined where none are given, NaN where they are none. */
export const minutesOf = ({ minutes }: Pick<WorkForm, 'minutes'>): number | undefined =>
  minutes.trim() === '' ? undefined : /^\d{1,4}$/.test(minutes.trim()) ? Number(minutes) : Number.NaN

const publishProblem = (local: string, now: Date): DateWrong | undefined => {
  const problem = momentProblem(local, yearsAfter(now, farthest))
  if (problem === 'far') return 'far'
  if (problem !== undefined) return 'wrong'
  return (toInstant(local) ?? '9') <= now.toISOString() ? 'past' : undefined
}

/** True if the form is of work that is handed in. */
export const isCollected = ({ kind, collects }: Pick<WorkForm, 'kind' | 'collects'>): boolean =>
  kind === 'task' && collects

const dueAt = (day: string, { dueTime }: Pick<WorkForm, 'dueTime'>): string =>
  momentOf(day, dueTime, territoryZone).toISOString()

/** What is wrong with the dates of what is handed in. */
const collectingProblems = (form: WorkForm, days: readonly string[]): Pick<FormProblems, 'dueTime' | 'closesAt'> => {
  if (!isCollected(form)) return {}
  if (!/^\d{2}:\d{2}/.test(form.dueTime)) return { dueTime: true }
  if (!form.late || form.closesAt === '') return {}
  const closes = toInstant(form.closesAt)
  if (closes === undefined) return { closesAt: 'wrong' }
  return days.some(day => dueAt(day, form) >= closes) ? { closesAt: 'early' } : {}
}

/** What is wrong with a form, as far as the browser can tell; the API decides. */
export const problemsOf = (form: WorkForm, now: Date): FormProblems => {
  const minutes = minutesOf(form)
  const publishAt = form.publishAt === '' ? undefined : publishProblem(form.publishAt, now)
  const latest = yearsAfter(now, farthest)
  const days = Object.entries(form.days).flatMap(([group, day]) => {
    const problem = dayProblem(day, now, latest)
    return day === '' || day === unreadable || problem === 'unreadable' || problem === 'far' ? [group] : []
  })
  return {
    ...(isBlank(form.title) && { title: true }),
    ...(isBlank(form.subject) && { subject: true }),
    ...(lengthOf(form.text) > workLimits.text && { text: true }),
    ...(minutes !== undefined && !(minutes >= 1 && minutes <= workLimits.minutes) && { minutes: true }),
    ...(publishAt !== undefined && { publishAt }),
    ...(Object.keys(form.days).length === 0 && { groups: true }),
    ...collectingProblems(
      form,
      Object.entries(form.days).flatMap(([group, day]) => (days.includes(group) ? [] : day)),
    ),
    days,
  }
}

/** True if nothing is wrong. */
export const isRight = ({ days, ...others }: FormProblems): boolean =>
  days.length === 0 && Object.keys(others).length === 0

const writtenOf = (form: WorkForm) => {
  const minutes = minutesOf(form)
  const publishAt = toInstant(form.publishAt)
  return {
    subject: form.subject,
    title: form.title,
    ...(!isBlank(form.text) && { text: form.text }),
    ...(minutes !== undefined && { minutes }),
    ...(publishAt !== undefined && { publishAt }),
    ...sentFiles(form.attachments),
  }
}

/** The dates of what is handed in, for a class whose day it is. `opensAt`: what an earlier form does not show. */
const assignmentOf = (form: WorkForm, day: string, opensAt?: string): { assignment?: Assignment } => {
  if (!isCollected(form)) return {}
  const due = dueAt(day, form)
  const closesAt = form.late ? toInstant(form.closesAt) : undefined
  return {
    assignment: {
      ...(opensAt !== undefined && opensAt < due && { opensAt }),
      dueAt: due,
      late: form.late,
      ...(closesAt !== undefined && { closesAt }),
    },
  }
}

/** The body to send for new work. `copiedFrom`: the piece that it is a copy of. */
export const workOf = (form: WorkForm, uai: string, copiedFrom?: string): SentWork => ({
  ...writtenOf(form),
  ...(copiedFrom !== undefined && { copiedFrom }),
  uai,
  kind: form.kind,
  to: Object.entries(form.days).map(([group, day]) => ({ group, day, ...assignmentOf(form, day) })),
})

/** The body to send for a change. */
export const editOf = (form: WorkForm, { group, version, assignment }: SetPiece): SentEdit => ({
  ...writtenOf(form),
  day: form.days[group.id] ?? '',
  ...assignmentOf(form, form.days[group.id] ?? '', assignment?.opensAt),
  version,
})
