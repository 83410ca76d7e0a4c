import { relation, route } from '../kernel/route.ts'
import { SentCorrection } from './correction.ts'
import { setters } from './rules.ts'
import { PiecePath, SetPiece } from './shapes.ts'

/** The routes of the correction that a whole class is given. */
export const correctionRoutes = {
  giveCorrection: route({
    kind: 'write',
    reachesOthers: true,
    method: 'PUT',
    path: '/api/work/{piece}/correction',
    summary:
      'Give the class of an assignment its correction, or change that: all who got the assignment read it, also those ' +
      'who handed nothing in.',
    callers: setters,
    within: relation('piece', 'still', 'attached'),
    params: PiecePath,
    body: SentCorrection,
    status: 200,
    reply: SetPiece,
    problems: ['group-not-taught', 'conflict'],
  }),
  withdrawCorrection: route({
    kind: 'write',
    reachesOthers: true,
    method: 'DELETE',
    path: '/api/work/{piece}/correction',
    summary: 'Withdraw the correction of an assignment from its class.',
    callers: setters,
    within: relation('piece', 'still'),
    params: PiecePath,
    status: 200,
    reply: SetPiece,
    problems: ['group-not-taught', 'conflict'],
  }),
} as const
