import * as z from 'zod/mini'
import { PersonId } from '../kernel/ids.ts'
import { relation, route } from '../kernel/route.ts'
import { typedLine } from '../kernel/typed.ts'

/** The route that erases. Its problems are those of the directory's contract. */
export const erasingRoutes = {
  erase: route({
    kind: 'write',
    reachesOthers: true,
    method: 'POST',
    path: '/api/people/{person}/erasure',
    summary:
      'Erase somebody who left from all that the territory holds, by their name typed: the account at once, their traces within hours.',
    callers: ['administrator', 'head'],
    within: relation('departed'),
    params: z.object({ person: PersonId }),
    body: z.object({ name: typedLine({ most: 200 }) }),
    status: 204,
    problems: ['still-described', 'still-named', 'key-in-question'],
  }),
} as const
