import { fold } from '../kernel/names.ts'

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
