import * as z from 'zod/mini'
import { type AudienceKind, audienceKinds } from '../../shared/kernel/audience.ts'
import { Instant } from '../../shared/kernel/dates.ts'
import { type Role, roles, territoryRoles } from '../../shared/kernel/role.ts'
import { uses } from '../platform/access.ts'
import { many, one } from '../platform/pattern.ts'
import type { Table } from '../platform/table.ts'
import { hashedId } from './identity.ts'

/**
 * Who belongs to what, as every feature may ask: people, schools, groups, audiences and their members. Written by the
 * directory's import (functions/directory/import) and by nothing else.
 */

export const SchoolItem = z.object({
  uai: z.string(),
  name: z.string(),
  town: z.optional(z.string()),
  /** The feed it comes from: what a complete feed of that source no longer names is suspended. */
  source: z.string(),
})

export const GroupItem = z.object({
  group: z.string(),
  uai: z.string(),
  name: z.string(),
  kind: z.enum(['class', 'group']),
  /** Its school year, by the first of its two calendar years. Absent: of the year in which it was stored. */
  year: z.optional(z.number()),
})
export type GroupItem = z.infer<typeof GroupItem>

/** A row of a roster: of a school's role, or of a role in a class or group. */
export const RosterItem = z.object({
  person: z.string(),
  givenName: z.string(),
  familyName: z.string(),
  role: z.enum(roles),
  /** A pupil's classes and groups, a guardian's children's, those a teacher teaches; classes first. */
  classes: z.array(z.object({ id: z.string(), name: z.string(), kind: z.enum(['class', 'group']) })),
  /** A guardian's children in this school (in this group, in a group's roster). */
  pupils: z.optional(z.array(z.string())),
  suspended: z.optional(z.boolean()),
})
export type RosterItem = z.infer<typeof RosterItem>

const HeldAudience = z.object({
  id: z.string(),
  kind: z.enum(audienceKinds),
  uai: z.string(),
  label: z.string(),
  group: z.optional(z.string()),
  /** The children for whose sake a guardian belongs to it. */
  children: z.optional(z.array(z.string())),
})

export const PersonItem = z.object({
  id: z.string(),
  givenName: z.string(),
  familyName: z.string(),
  status: z.enum(['active', 'suspended']),
  suspendedAt: z.optional(Instant),
  source: z.string(),
  /** Where several sources describe them: all in which they have access. */
  sources: z.optional(z.array(z.string())),
  roles: z.array(z.object({ uai: z.string(), role: z.enum(roles) })),
  /** Roles in the territory as a whole. Absent: none. */
  territoryRoles: z.optional(z.array(z.enum(territoryRoles))),
  schools: z.array(z.object({ uai: z.string(), name: z.string(), town: z.optional(z.string()) })),
  audiences: z.array(HeldAudience),
  children: z.array(
    z.object({
      id: z.string(),
      givenName: z.string(),
      familyName: z.string(),
      uai: z.string(),
      className: z.optional(z.string()),
      groups: z.array(z.string()),
    }),
  ),
  /** A pupil's legal guardians. */
  guardians: z.array(z.string()),
  /** A pupil's classes and groups, or those a teacher teaches. */
  groups: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      uai: z.string(),
      kind: z.enum(['class', 'group']),
      head: z.optional(z.boolean()),
    }),
  ),
  /**
   * Fingerprint of what decides access: status, roles, audiences. It stands in the session's token, and every write
   * requires it to be current, so that a suspended or moved person writes nothing from that moment on.
   */
  access: z.string(),
})
export type PersonItem = z.infer<typeof PersonItem>

/** The sources in which somebody has access, or had. */
export const sourcesOf = ({ source, sources }: Pick<PersonItem, 'source' | 'sources'>): readonly string[] =>
  sources ?? [source]

export const AudienceItem = z.omit(HeldAudience, { children: true })
export type AudienceItem = z.infer<typeof AudienceItem>

/** `pupils`: those shown as pupils. `concerned`: pupils whose guardians are among the people, named or not. */
const Size = z.object({ people: z.number(), guardians: z.number(), pupils: z.number(), concerned: z.number() })
export type Size = z.infer<typeof Size>

/** How many people the audiences of a school as a whole hold. */
const SizesItem = z.object({
  school: Size,
  pupils: Size,
  guardians: Size,
  teachers: Size,
  adults: Size,
  /** A fingerprint of who is in the school, its classes and groups. Absent: counted by an earlier release. */
  members: z.optional(z.string()),
})
export type SizesItem = z.infer<typeof SizesItem>

export const directoryPatterns = {
  school: one('S#{uai}', 'SCHOOL', SchoolItem, { reads: '0.5', hottest: 'none: on publishing only' }),
  territorySchools: many('TERRITORY', 'SCHOOL#', z.pick(SchoolItem, { uai: true }), {
    reads: '0.5 for 60 schools',
    hottest: 'none: while all boards are rendered anew',
  }),
  territorySchool: one('TERRITORY', 'SCHOOL#{uai}', z.pick(SchoolItem, { uai: true }), {
    writes: '1 a school that changed, by imports',
    hottest: 'none',
  }),
  schoolGroups: many('S#{uai}', 'G#', GroupItem, {
    reads: '1 for 60 groups',
    hottest: 'a large school: its publishers, some a minute',
  }),
  /** `role`: also `suspended`, of those who left. */
  schoolMembers: many('S#{uai}', 'M#{role}#', RosterItem, {
    reads: '1 for 30 people; 40 for a school of 1,500',
    hottest:
      'a large school: its head following a notice, some a minute; its administrator who looks for people, one a second',
  }),
  /** Absent while an import changes the school's rosters. */
  sizes: one('S#{uai}', 'SIZES', SizesItem, {
    reads: '0.5',
    writes: '2 a school that changed, by imports',
    hottest: 'none: on publishing only',
  }),
  group: one('G#{group}', 'GROUP', GroupItem, { reads: '0.5', hottest: 'none' }),
  groupMembers: many('G#{group}', 'M#{role}#', RosterItem, { reads: '1 for 30 people', hottest: 'none: a class' }),
  person: one('P#{person}', 'PERSON', PersonItem, {
    reads: '0.5 to 1 (up to 8 KB for a teacher of many groups)',
    writes: '1 to 8, by imports only',
    hottest: 'none: one a person',
  }),
  audience: one('AU#{audience}', 'AUDIENCE', AudienceItem, { reads: '0.5', hottest: 'none: on publishing only' }),
} as const

/** An audience's id. `of` is the group for `class` and `class-guardians`, the UAI for every other kind. */
export const audienceId = (kind: AudienceKind, of: string): string => hashedId(12, 'audience', kind, of)

const staff: readonly Role[] = ['teacher', 'pupil-life', 'staff', 'head', 'administrator']

/** The roles whose rosters hold an audience's members: of its group where it has one, else of its school. */
export const rolesIn = (kind: AudienceKind): readonly Role[] => {
  switch (kind) {
    case 'school':
      return roles
    case 'pupils':
      return ['pupil']
    case 'guardians':
      return ['guardian']
    case 'teachers':
      return ['teacher']
    case 'adults':
      return staff
    case 'class':
      return ['pupil', 'teacher']
    case 'class-guardians':
      return ['guardian', 'teacher']
  }
}

const isKind = (kind: string): kind is AudienceKind => audienceKinds.some(one => one === kind)

/** The same of a kind as it is stored: none for one that this release does not know. */
export const rolesInStored = (kind: string): readonly Role[] => (isKind(kind) ? rolesIn(kind) : [])

const heldAccess = uses({ get: [directoryPatterns.person] })

/**
 * The ids of the audiences that a person holds now, also of those that did not fit into their token. None of somebody
 * suspended or unknown. One consistent GetItem: up to 10 units for 400 audiences.
 */
export const readHeldAudiences = async (table: Table<typeof heldAccess>, person: string): Promise<string[]> => {
  const found = await table.get(directoryPatterns.person, { person }, { consistent: true })
  return found?.status === 'active' ? found.audiences.map(({ id }) => id) : []
}
