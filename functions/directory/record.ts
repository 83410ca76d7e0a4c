import * as z from 'zod/mini'
import { Instant } from '../../shared/kernel/dates.ts'
import { roles } from '../../shared/kernel/role.ts'

/** What a feed says of a person, as imports keep it. */

/** A day of the territory (functions/directory/territory-day.ts), as ISO 8601. */
export const Day = z.string()

/** When something counts: from its first day on, up to the day before `to`. */
export const Period = { from: z.optional(Day), to: z.optional(Day) }
export type Period = { readonly from?: string | undefined; readonly to?: string | undefined }

/**
 * A class or teaching group, as a person belongs to it. `head`: a teacher answerable for it. `enrollment`: the feed's key
 * of a membership with dates.
 */
const GroupRef = z.object({
  id: z.string(),
  uai: z.string(),
  name: z.string(),
  kind: z.enum(['class', 'group']),
  head: z.optional(z.boolean()),
  enrollment: z.optional(z.string()),
  ...Period,
})
export type GroupRef = z.infer<typeof GroupRef>

const SchoolRole = z.object({ uai: z.string(), role: z.enum(roles) })

/** Keyed hashes of what several feeds may tell of one person (import/joined/contacts.ts). */
export const Contacts = z.object({
  mail: z.optional(z.array(z.string())),
  mobile: z.optional(z.array(z.string())),
  ine: z.optional(z.array(z.string())),
})

/** What feeds say of a person, and no more than Préau needs: names, and what their access follows from. */
export const PersonRecord = z.object({
  givenName: z.string(),
  familyName: z.string(),
  pupil: z.optional(
    z.object({
      /** The schools they are enrolled in, by UAI, besides those of their classes. */
      at: z.array(z.string()),
      /** The schools in which they are enrolled from one day to another. */
      terms: z.optional(z.array(z.object({ uai: z.string(), ...Period }))),
      groups: z.array(GroupRef),
      /** Ids of the legal guardians the feed names, whether or not it describes them. */
      guardians: z.array(z.string()),
      /** Those of the guardians whom only the guardian's own record names (OneRoster). */
      namedBy: z.optional(z.array(z.string())),
    }),
  ),
  staff: z.optional(
    z.object({
      at: z.array(z.string()),
      /** AAF: `uai$code`. */
      functions: z.array(z.string()),
      /** AAF: a teacher's category is set; they are present before pupils. */
      category: z.boolean(),
      presence: z.boolean(),
      /** Roles a feed states as such (OneRoster). */
      roles: z.array(z.extend(SchoolRole, Period)),
      groups: z.array(GroupRef),
    }),
  ),
  guardian: z.optional(z.literal(true)),
  /** Of guardians and staff their mail addresses and mobile phones, of pupils their national number. */
  contacts: z.optional(Contacts),
  /** When they are a guardian; absent: always. */
  guardianTerms: z.optional(z.array(z.object(Period))),
  /** Ids of the pupils that a guardian's own record names (OneRoster). */
  pupils: z.optional(z.array(z.string())),
})
export type PersonRecord = z.infer<typeof PersonRecord>

/** When somebody left, and what they were. */
export const Left = z.object({ at: Instant, roles: z.array(SchoolRole) })
