import { type ProblemTable, problemsOf } from '../kernel/problem.ts'

/** The failures of erasing somebody. */
export const erasingProblems = {
  'still-described': {
    status: 409,
    title: 'A feed describes this person still, and would bring them back: have them taken out of it first.',
  },
  'still-named': {
    status: 409,
    title: 'A feed names this person as guardian of a pupil still: have that put right in it first.',
  },
  'key-in-question': {
    status: 409,
    title: 'An import asks whether this person is who has their key now: the operator answers that first.',
  },
} as const satisfies ProblemTable

export const erasingProblem = problemsOf(erasingProblems)

/** The failures of answering an import. */
export const importProblems = {
  'import-not-open': {
    status: 409,
    title: 'This import waits for no answer any more: a later one decided, or it is being imported.',
  },
  'import-not-undoable': {
    status: 409,
    title:
      'This import cannot be undone: it was not confirmed here, changed the school’s source, was undone already, or is older than 30 days.',
  },
} as const satisfies ProblemTable

export const importProblem = problemsOf(importProblems)

/** The failures of giving codes. */
export const codeProblems = {
  'codes-still-good': {
    status: 409,
    title: 'More of these people hold a code that is still good than was said: look again whose code ends with this.',
  },
} as const satisfies ProblemTable

export const codeProblem = problemsOf(codeProblems)
