import * as z from 'zod/mini'
import { Count } from '../kernel/count.ts'
import { TimeId } from '../kernel/ids.ts'
import { type ProblemTable, problemsOf } from '../kernel/problem.ts'
import { contract, relation, route } from '../kernel/route.ts'
import { BoardPiece, workBoard } from './board.ts'
import { BudgetChange, LongDay } from './budget.ts'
import { budgetRoutes } from './budget-routes.ts'
import { BoardCorrection, Correction } from './correction.ts'
import { correctionRoutes } from './correction-routes.ts'
import { Drawing, Remark, Stroke } from './drawing.ts'
import {
  Assignment,
  CollectedHandIn,
  Collecting,
  HandedInBy,
  HandIn,
  HandInMark,
  HandInReminder,
  HandInVersion,
  Note,
  ReadFile,
  Receipt,
  Returned,
  SavedNote,
} from './hand-in.ts'
import { handInRoutes } from './hand-in-routes.ts'
import { WorkOfHome } from './home.ts'
import { notebookRoutes } from './notebook-routes.ts'
import { setters } from './rules.ts'
import {
  OwnTask,
  Piece,
  PiecePath,
  PieceSummary,
  PupilWork,
  SentEdit,
  SentWork,
  SetPiece,
  SetSummary,
  Tick,
  TickedBy,
  Week,
} from './shapes.ts'

/** Why work is refused. */
export const workProblems = {
  'group-not-taught': { status: 422, title: 'You do not teach one of these classes or groups.' },
  'over-budget': {
    status: 422,
    title:
      'This passes the minutes of work that the school allows a class for one day: send it again with `overBudget` to set it ' +
      'all the same.',
  },
  'assignment-wrong': { status: 422, title: 'The deadline must be on the day of the work, and of a task.' },
  'hand-in-closed': {
    status: 409,
    title: 'This is not taken any more: its time is over. Ask the teacher for more time.',
  },
  'hand-in-not-open': { status: 409, title: 'This cannot be handed in yet: see from when.' },
  'file-not-served': { status: 409, title: 'This file is not available: it is being scanned, or was found infected.' },
  'hand-in-reminded': {
    status: 409,
    title: 'A reminder was made a moment ago. Wait some hours before the next.',
  },
  'too-much-drawn': {
    status: 409,
    title: 'No more pages of this hand-in can be written on: write a comment, or give back a file.',
  },
  'too-many-tasks': { status: 409, title: 'No more tasks can be kept. Remove some that are done.' },
} as const satisfies ProblemTable
export const workProblem = problemsOf(workProblems)

const followers = [...setters, 'pupil-life', 'head', 'administrator'] as const

export const workContract = contract({
  feature: 'work',
  function: 'work',
  problems: workProblems,
  board: workBoard,
  schemas: {
    Assignment,
    BoardCorrection,
    BoardPiece,
    BudgetChange,
    CollectedHandIn,
    Collecting,
    Correction,
    Drawing,
    HandIn,
    HandedInBy,
    HandInMark,
    HandInReminder,
    HandInVersion,
    LongDay,
    Note,
    OwnTask,
    Piece,
    PieceSummary,
    PupilWork,
    ReadFile,
    Receipt,
    Remark,
    Returned,
    SavedNote,
    SetPiece,
    SetSummary,
    Stroke,
    Tick,
    TickedBy,
  },
  routes: {
    ...budgetRoutes,
    ...handInRoutes,
    ...notebookRoutes,
    state: route({
      kind: 'private',
      method: 'GET',
      path: '/api/work/state',
      summary:
        'What a pupil ticked in the last weeks, set for themselves and handed in: the caller, or those of the caller’s children who are ' +
        'named, joined by commas. For apps of the release before: since then, the state of Home.',
      callers: 'signed-in',
      within: relation('followed'),
      query: z.object({
        children: z.optional(z.string().check(z.regex(/^[0-9a-hjkmnp-tv-z]{16}(,[0-9a-hjkmnp-tv-z]{16}){0,19}$/))),
      }),
      reply: WorkOfHome,
    }),
    mine: route({
      kind: 'private',
      method: 'GET',
      path: '/api/work/mine',
      summary: 'What one set for the days of a week, the last day first.',
      callers: setters,
      within: 'self',
      query: z.object({ week: Week }),
      reply: z.object({ items: z.array(SetSummary) }),
    }),
    piece: route({
      kind: 'private',
      method: 'GET',
      path: '/api/work/{piece}',
      summary:
        'A piece with its text, for whoever set it and those who run its school; with the pupils who ticked it, of whom an ' +
        'author who no longer teaches the class is told the number alone.',
      callers: followers,
      within: relation('followedPiece'),
      params: PiecePath,
      reply: z.extend(SetPiece, { ticked: z.array(TickedBy) }),
    }),
    set: route({
      kind: 'write',
      reachesOthers: true,
      method: 'POST',
      path: '/api/work',
      summary: 'Set work for classes and groups that one teaches, now or later, or say what was done in a lesson.',
      callers: setters,
      within: relation('taught', 'attached'),
      body: SentWork,
      status: 201,
      reply: z.object({ items: z.array(SetPiece) }),
      problems: ['group-not-taught', 'assignment-wrong', 'over-budget'],
    }),
    edit: route({
      kind: 'write',
      reachesOthers: true,
      method: 'PUT',
      path: '/api/work/{piece}',
      summary: 'Change a piece; `version` is the one that was read. What was ticked stays so.',
      callers: setters,
      within: relation('piece', 'still', 'attached'),
      params: PiecePath,
      body: SentEdit,
      status: 200,
      reply: SetPiece,
      problems: ['group-not-taught', 'assignment-wrong', 'over-budget', 'conflict'],
    }),
    ...correctionRoutes,
    remove: route({
      kind: 'write',
      reachesOthers: true,
      method: 'DELETE',
      path: '/api/work/{piece}',
      summary:
        'Take a piece back: nobody sees it any more. Says how many had ticked it and handed it in; what they did stays.',
      callers: followers,
      within: relation('piece'),
      params: PiecePath,
      status: 200,
      reply: z.object({ done: Count, handedIn: z.optional(Count) }),
    }),
    restore: route({
      kind: 'write',
      reachesOthers: true,
      method: 'POST',
      path: '/api/work/{piece}/return',
      summary:
        'Undo that a piece was taken back: it is seen again, with the ticks that it had. For whoever set it while they teach ' +
        'the class, and those who run its school.',
      callers: followers,
      within: relation('piece', 'restorable'),
      params: PiecePath,
      status: 200,
      reply: SetPiece,
      problems: ['group-not-taught', 'conflict'],
    }),
    tick: route({
      kind: 'write',
      method: 'POST',
      path: '/api/work/ticks',
      summary:
        'Tick tasks as done, or take that back; answers those that are recorded, without those one may not read. Of two ' +
        'ticks of a task the later one counts, whichever comes first.',
      callers: ['pupil'],
      within: relation('tickable'),
      repeatable: true,
      body: z.object({ ticks: z.array(Tick).check(z.minLength(1), z.maxLength(50)) }),
      status: 200,
      reply: z.object({ ticked: z.array(TimeId) }),
    }),
    keepTask: route({
      kind: 'write',
      method: 'PUT',
      path: '/api/work/tasks/{task}',
      summary: 'Keep a task of one’s own, whose id the device made, or change it.',
      callers: ['pupil'],
      within: 'self',
      params: z.object({ task: TimeId }),
      body: z.omit(OwnTask, { id: true }),
      status: 200,
      reply: OwnTask,
      problems: ['too-many-tasks'],
    }),
    removeTask: route({
      kind: 'write',
      method: 'DELETE',
      path: '/api/work/tasks/{task}',
      summary: 'Remove a task of one’s own.',
      callers: ['pupil'],
      within: 'self',
      params: z.object({ task: TimeId }),
      status: 204,
    }),
  },
})
