import { listName, spokenName } from '../../../../shared/kernel/names.ts'
import type { Answer, Question } from '../../../../shared/news/question.ts'
import type { SheetRow } from '../../../../shared/news/shapes.ts'
import { toLocal } from '../../../ui/local-time.ts'

/** What a list says of one person, in words. `seen`, `signed`: when, or nothing. */
export type Line = {
  readonly id: string
  readonly familyName: string
  readonly givenName: string
  readonly role: string
  readonly classes: string
  readonly children: string
  readonly seen: string
  readonly signed: string
  readonly paper: string
  readonly answer: string
  readonly words: string
}

type Words = {
  readonly roleOf: (role: SheetRow['role']) => string
  readonly answerOf: (question: Question, answer: Answer) => string
  /** Of an answer that came on paper, and of a guardian who is no longer addressed. */
  readonly onPaper: string
  readonly gone: string
  /** Of what was seen or signed in a former text. */
  readonly former: string
  /** When something was done, in the territory's time. */
  readonly moment: (at: string) => string
}

/** `2026-11-27 10:12`, which spreadsheets read as a time. */
export const sheetMoment = (at: string): string => toLocal(at).replace('T', ' ')

/** A row of a list in words; answers of two guardians stand beside each other, with whose they are. */
export const lineOf = (row: SheetRow, question: Question | undefined, words: Words): Line => {
  const { answers = [] } = row
  const whose = ({ by, onPaper }: (typeof answers)[number]): string => {
    if (onPaper) return ` (${words.onPaper})`
    if (by?.id === row.id) return ''
    return ` (${by ? listName(by) : words.gone})`
  }
  const done = (at: string | undefined, before: string | undefined): string => {
    if (at !== undefined) return words.moment(at)
    return before === undefined ? '' : `${words.moment(before)} (${words.former})`
  }
  return {
    id: row.id,
    familyName: row.familyName,
    givenName: row.givenName,
    role: words.roleOf(row.role),
    classes: row.classes.map(({ name }) => name).join(', '),
    children: row.children.map(listName).join(', '),
    seen: done(row.seenAt, row.formerSeenAt),
    signed: done(row.signedAt, row.formerSignedAt),
    paper: row.paper?.by ? spokenName(row.paper.by) : '',
    answer: question ? answers.map(one => words.answerOf(question, one) + whose(one)).join(' / ') : '',
    words:
      question && question.kind !== 'text'
        ? answers.flatMap(one => (one.words === undefined ? [] : [one.words + whose(one)])).join(' / ')
        : '',
  }
}

/** Whom a reply slip is printed for: each signer that is awaited still, with the pupil whose family gets it. */
export type Slip = {
  readonly id: string
  /** The pupils it concerns, as in lists. */
  readonly children: readonly string[]
  readonly classes: string
  /** The guardian it is for, where each one signs. */
  readonly guardian?: string
  /** No guardian is known, who could answer in Préau. */
  readonly onPaperOnly?: true
}

/**
 * The slips of a list, in its order: also for pupils of whom no guardian is known. `unseenOnly`: of families of whom nobody has
 * opened the notice, who may have no device.
 * Guardians of a pupil are not named on it: it goes home with the child, to whichever of them.
 */
export const slipsOf = (rows: readonly SheetRow[], notice: 'guardian' | 'pupil', unseenOnly: boolean): Slip[] => {
  const hasSeen = (row: SheetRow) => row.seenAt !== undefined || row.formerSeenAt !== undefined
  const reached = new Set(rows.filter(hasSeen).flatMap(({ children }) => children.map(({ id }) => id)))
  const isUnseen = (row: SheetRow) => (notice === 'pupil' ? !reached.has(row.id) : !hasSeen(row))
  return rows
    .filter(row => (row.signs || row.withoutGuardian) && row.signedAt === undefined)
    .filter(row => !unseenOnly || row.withoutGuardian || isUnseen(row))
    .map(row => ({
      id: row.id,
      children: notice === 'pupil' || row.withoutGuardian ? [listName(row)] : row.children.map(listName),
      classes: row.classes.map(({ name }) => name).join(', '),
      ...(notice === 'guardian' && !row.withoutGuardian && { guardian: spokenName(row) }),
      ...(row.withoutGuardian && { onPaperOnly: true as const }),
    }))
}
