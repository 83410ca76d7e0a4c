import type { ClassAccounts, Counts } from '../../../shared/directory/contract.ts'
import type { ImportRow, MissedNight } from '../../../shared/directory/imports.ts'

/** What Home tells of a school's imports. */
export type ImportStanding = {
  /** Those that wait for an answer, newest first. */
  readonly held: readonly ImportRow[]
  /** The last one that was done. */
  readonly last: ImportRow | undefined
  /** Set where nothing came since, although it was expected. */
  readonly missed: MissedNight | undefined
}

/** Of imports and missed nights, both newest first. */
export const importStanding = (rows: readonly ImportRow[], missed: readonly MissedNight[]): ImportStanding => {
  const [newest] = rows
  const [lastMissed] = missed
  return {
    held: rows.filter(({ held }) => held?.state === 'open'),
    last: rows.find(({ held }) => held === undefined),
    missed: lastMissed && (newest === undefined || lastMissed.at > newest.at) ? lastMissed : undefined,
  }
}

/** How many have neither an active account nor a code that is still good. */
export const withoutCode = ({ none, expired }: Counts): number => none + expired

/** Classes in which somebody has no good code, those with the most first. */
export const waitingClasses = (classes: readonly ClassAccounts[]) =>
  classes
    .map(({ id, name, pupils, guardians }) => ({
      id,
      name,
      pupils: withoutCode(pupils),
      guardians: withoutCode(guardians),
    }))
    .filter(({ pupils, guardians }) => pupils + guardians > 0)
    .sort((a, b) => b.pupils + b.guardians - a.pupils - a.guardians)
