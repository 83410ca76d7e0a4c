import type { Role } from '../kernel/role.ts'

/** Where a pupil's hand-in is. A pupil of whom nothing is stored is at `assigned`. */
export const handInStates = ['assigned', 'started', 'handed-in', 'returned', 'handed-in-again'] as const
export type HandInState = (typeof handInStates)[number]

type Move = {
  readonly by: readonly [Role, ...Role[]]
  readonly from: readonly HandInState[]
  readonly to: HandInState
}

/**
 * Every legal change of state, and who makes it. The routes take their callers from here, and the writes their conditions
 * (functions/work/hand-ins/states.ts).
 */
export const handInMoves = {
  start: { by: ['pupil'], from: ['assigned'], to: 'started' },
  handIn: { by: ['pupil', 'guardian'], from: ['assigned', 'started', 'handed-in'], to: 'handed-in' },
  handInAgain: { by: ['pupil', 'guardian'], from: ['returned', 'handed-in-again'], to: 'handed-in-again' },
  giveBack: { by: ['teacher'], from: ['handed-in', 'handed-in-again'], to: 'returned' },
} as const satisfies Record<string, Move>

export type HandInMove = keyof typeof handInMoves

/** True if a move may be made from a state. */
export const isLegal = (move: HandInMove, from: HandInState): boolean =>
  (handInMoves[move].from as readonly HandInState[]).includes(from)

/** The move by which something is handed in from a state. */
export const handingInFrom = (state: HandInState): 'handIn' | 'handInAgain' =>
  isLegal('handIn', state) ? 'handIn' : 'handInAgain'
