import { type HandInMove, handInMoves } from '../../../shared/work/hand-in-states.ts'
import type { Condition } from '../../platform/operation.ts'
import type { HandInItem } from './patterns.ts'

/** The condition under which a move is written: the hand-in, at that moment, is in a state that allows it. */
export const allows = (move: HandInMove): Condition<HandInItem> => ({
  any: handInMoves[move].from.flatMap((state): Condition<HandInItem>[] =>
    state === 'assigned' ? [{ lacks: ['state'] }, { is: { state } }] : [{ is: { state } }],
  ),
})
