import * as z from 'zod/mini'
import { Count } from '../kernel/count.ts'
import { Instant } from '../kernel/dates.ts'
import { PersonId } from '../kernel/ids.ts'
import { PersonName } from '../kernel/person-name.ts'
import { roles } from '../kernel/role.ts'

/**
 * What the page Import tells those who run a school: its imports, what each changed there, and what can be done about
 * it.
 */

/** An import of a school: when it began, and a mark. */
export const ImportId = z.string().check(z.regex(/^\d{8}T\d{9}Z-[a-z0-9]{8}$/))

/** What those who run a school may answer. `undone`: a confirmation was taken back. */
export const answerKinds = ['confirmed', 'refused', 'undone'] as const

/** Kinds of people whom an import changed. `losing`: of a held school, who would leave it. */
export const changeKinds = ['losing', 'arrived', 'moved', 'left', 'other'] as const

/** What people of a school have and a delivery would take from them (functions/directory/import/guard.ts). */
export const Loss = z.object({ what: z.string(), had: Count, lost: Count })

/**
 * Where a held school stands. `open`: it waits for an answer. `running`: it was confirmed, and is being imported.
 * `over`: a later import decided.
 */
export const heldStates = ['open', 'refused', 'running', 'over'] as const

/** `ended`: what follows from it has been imported, or could not be. */
export const ImportAnswer = z.object({ kind: z.enum(answerKinds), by: z.string(), at: Instant, ended: z.boolean() })

/** A school that was held back. `reason`: `loses-access`, `another-source`; others may come. */
export const HeldSchool = z.object({ state: z.enum(heldStates), reason: z.string(), losses: z.array(Loss) })

/** The import that was taken back. `changedSince`: people left alone, since later imports had changed them. */
export const ImportUndone = z.object({ id: ImportId, at: Instant, changedSince: Count })

/** An import of a school, as a list shows it. */
export const ImportRow = z.object({
  id: ImportId,
  at: Instant,
  mode: z.enum(['complete', 'delta']),
  arrived: Count,
  changed: Count,
  left: Count,
  refused: Count,
  /** Set where the school was held back: nothing of it was written. */
  held: z.optional(HeldSchool),
  /** It was imported because somebody confirmed it. */
  confirmed: z.boolean(),
  /** It took another import back. */
  undoes: z.optional(ImportUndone),
  answer: z.optional(ImportAnswer),
})
export type ImportRow = z.infer<typeof ImportRow>

/** A time in which no delivery was imported although one was expected. `since`: the last import; `at`: when it was missed. */
export const MissedNight = z.object({ since: Instant, at: Instant })
export type MissedNight = z.infer<typeof MissedNight>

/** Somebody whom an import changed in the school. `from`, `to`: their classes there. */
export const ChangedPerson = z.object({
  id: PersonId,
  givenName: z.string(),
  familyName: z.string(),
  role: z.enum(roles),
  from: z.array(z.string()),
  to: z.array(z.string()),
})
export type ChangedPerson = z.infer<typeof ChangedPerson>

/**
 * Something of the delivery that was refused, left out, or is asked; `reason` in English, as the import's report tells
 * it.
 */
const ImportFinding = z.object({
  kind: z.enum(['refused', 'left-out', 'deviation', 'asked']),
  reason: z.string(),
  /** Where it stands in the delivery, and the feed's own key. */
  file: z.optional(z.string()),
  line: z.optional(z.int()),
  key: z.optional(z.string()),
  person: z.optional(PersonName),
})
export type ImportFinding = z.infer<typeof ImportFinding>

/** What one import changed in a school. */
export const ImportPage = z.extend(ImportRow, {
  /** People by kind: how many, and the first of them by name. */
  changes: z.array(z.object({ kind: z.enum(changeKinds), count: Count, people: z.array(ChangedPerson) })),
  /** Of a held school: classes that would lose pupils, those that would lose all of them first. */
  classes: z.array(z.object({ name: z.string(), had: Count, lost: Count })),
  findings: z.array(ImportFinding),
  /** Confirmed, it had another source than before from then on: the next delivery of the former one asks to have it back. */
  moved: z.boolean(),
  /** Until when a confirmation can be undone. */
  undoUntil: z.optional(Instant),
})
export type ImportPage = z.infer<typeof ImportPage>
