import { schoolYearName } from '../../../shared/kernel/school-year.ts'
import type { Findings } from './findings.ts'
import type { HeldBack } from './guard.ts'
import type { Counts, Ending } from './report.ts'

/** What became of an import, to put into a sentence. */
export type Result = {
  readonly counts: Counts
  readonly held: readonly Pick<HeldBack, 'uai'>[]
  /** Deliveries of which anybody is in the table now, or was before. */
  readonly deliveries: number
  /** Whether deliveries lack something: files, or parts of them. */
  readonly incomplete: boolean
  readonly findings: Pick<Findings, 'count'>
}

const number = (count: number) => count.toLocaleString('en')

const counted = (count: number, one: string, more: string) => `${number(count)} ${count === 1 ? one : more}`

const endingOf = ({ held, deliveries, incomplete, findings }: Result): Ending => {
  if (held.length > 0 || findings.count('asked') > 0) return 'held'
  if (deliveries === 0) return 'nothing'
  return incomplete || findings.count('refused') > 0 ? 'imported-with-refusals' : 'imported'
}

const changes = ({ people: { added, changed, suspended, unchanged } }: Counts) =>
  added + changed + suspended === 0
    ? `nothing differs for ${counted(unchanged, 'person', 'people')}`
    : `${counted(added, 'person', 'people')} added, ${number(changed)} changed, ${number(suspended)} suspended`

/** Who turned out to be a person of another source, in a sentence; empty where nobody did. */
const joinedSentence = ({ findings }: Result): string => {
  const joined = findings.count('joined')
  return joined === 0
    ? ''
    : ` ${counted(joined, 'person is one', 'people are some')} whom another source describes (below).`
}

const waiting = ({ held, findings }: Result): string => {
  const schools = held.map(({ uai }) => uai)
  const asked = findings.count('asked')
  return [
    ...(schools.length > 0 ? [`${schools.length === 1 ? 'the school' : 'the schools'} ${schools.join(', ')}`] : []),
    ...(asked > 0 ? [counted(asked, 'question', 'questions')] : []),
  ].join(' and ')
}

const sentenceFor = (ending: Ending, result: Result): string => {
  const { counts, deliveries, incomplete, findings } = result
  const refused = findings.count('refused')
  switch (ending) {
    case 'held': {
      const { added, changed, suspended } = counts.people
      const rest =
        deliveries === 0
          ? 'nothing is imported'
          : added + changed + suspended === 0
            ? 'nothing else differs'
            : `of the rest, ${changes(counts)}`
      const verb = result.held.length + findings.count('asked') === 1 ? 'waits' : 'wait'
      return `Held: ${waiting(result)} ${verb} for your answer (below); ${rest}.`
    }
    case 'nothing':
      return refused > 0
        ? `Nothing came of it: ${counted(refused, 'record or file is', 'records or files are')} refused (below), and nobody is left to import.`
        : 'Nothing came of it: nobody in it is in a school that it describes.'
    case 'imported-with-refusals': {
      const what = [
        ...(refused > 0 ? [`${counted(refused, 'record or file is', 'records or files are')} refused`] : []),
        ...(incomplete ? ['part of it is missing'] : []),
      ]
      return `Imported, but ${what.join(' and ')} (below): ${changes(counts)}.`
    }
    default:
      return `Imported: ${changes(counts)}.`
  }
}

/** What a new school year changes, in a sentence; empty where none begins. */
const newYearSentence = ({ newYear: { year, schools, closed, opened, moved, left, arrived } }: Counts): string => {
  if (schools === 0) return ''
  const groups = `${counted(closed, 'class or group is closed', 'classes and groups are closed')}, ${number(opened)} ${opened === 1 ? 'is' : 'are'} new`
  const people = `${counted(moved, 'person moves', 'people move')} to another school, ${counted(left, 'leaves', 'leave')}, ${counted(arrived, 'is', 'are')} new`
  return ` The school year ${schoolYearName(year)} begins in ${counted(schools, 'school', 'schools')}: ${groups}; ${people}.`
}

/** How an import ended, and in one sentence. */
export const outcomeOf = (result: Result): { outcome: Ending; sentence: string } => {
  const outcome = endingOf(result)
  return {
    outcome,
    sentence: `${sentenceFor(outcome, result)}${joinedSentence(result)}${newYearSentence(result.counts)}`,
  }
}
