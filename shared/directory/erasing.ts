import * as z from 'zod/mini'
import { PersonId } from '../kernel/ids.ts'
import { fold } from '../kernel/names.ts'
import { relation, route } from '../kernel/route.ts'
import { typedLine } from '../kernel/typed.ts'

/**
 * Whether somebody who left can be erased by whoever looks at their page. Not as long as a feed describes them or names them
 * as a pupil's guardian (the next delivery would bring them back), an import asks who has their key now, or they were also
 * in a school that the one who looks does not run.
 */
export const erasureStates = ['possible', 'still-described', 'still-named', 'key-in-question', 'elsewhere'] as const
export type ErasureState = (typeof erasureStates)[number]

/** True where what was typed is somebody's name, in either order, whatever its accents and capitals. */
export const isNameOf = (
  typed: string,
  { givenName, familyName }: { givenName: string; familyName: string },
): boolean => [`${givenName} ${familyName}`, `${familyName} ${givenName}`].map(fold).includes(fold(typed))

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
