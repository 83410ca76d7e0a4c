import * as z from 'zod/mini'
import { audienceKinds } from '../../shared/directory/audience.ts'
import { Instant } from '../../shared/kernel/dates.ts'
import { roles } from '../../shared/kernel/role.ts'

/** What the table holds of the directory. Written by imports (bin/directory.ts), read by every function. */

const key = { pk: z.string(), sk: z.string() }
const named = { person: z.string(), givenName: z.string(), familyName: z.string() }
const ClassRef = z.object({ id: z.string(), name: z.string() })

/** `S#<uai>` / `SCHOOL` */
export const SchoolItem = z.object({
  ...key,
  uai: z.string(),
  name: z.string(),
  town: z.optional(z.string()),
  /** The feed it comes from: what a complete feed of that source no longer names is suspended. */
  source: z.string(),
})
export type SchoolItem = z.infer<typeof SchoolItem>

/** `S#<uai>` / `G#<group>`: the list of a school's groups; and `G#<group>` / `GROUP`: one group by its id. */
export const GroupItem = z.object({
  ...key,
  group: z.string(),
  uai: z.string(),
  name: z.string(),
  kind: z.enum(['class', 'group']),
})
export type GroupItem = z.infer<typeof GroupItem>

/**
 * `S#<uai>` / `M#<role>#<folded family given>#<person>` (role `suspended` for those who left),
 * `S#<uai>` / `F#<folded name>#<person>` twice a person, family name first and given name first: the search,
 * `G#<group>` / `M#<pupil|guardian|teacher>#<folded family given>#<person>`.
 */
export const RosterItem = z.object({
  ...key,
  ...named,
  role: z.enum(roles),
  /** A pupil's classes and groups, a guardian's children's, those a teacher teaches; classes first. */
  classes: z.array(z.object({ id: z.string(), name: z.string(), kind: z.enum(['class', 'group']) })),
  /** A guardian's children in this school (in this group, in a group's roster). */
  pupils: z.optional(z.array(z.string())),
  suspended: z.optional(z.boolean()),
})
export type RosterItem = z.infer<typeof RosterItem>

/** `P#<person>` / `PERSON` */
export const PersonItem = z.object({
  ...key,
  id: z.string(),
  givenName: z.string(),
  familyName: z.string(),
  status: z.enum(['active', 'suspended']),
  suspendedAt: z.optional(Instant),
  source: z.string(),
  roles: z.array(z.object({ uai: z.string(), role: z.enum(roles) })),
  schools: z.array(z.object({ uai: z.string(), name: z.string(), town: z.optional(z.string()) })),
  audiences: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(audienceKinds),
      uai: z.string(),
      label: z.string(),
      group: z.optional(z.string()),
      children: z.optional(z.array(z.string())),
    }),
  ),
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
    z.extend(ClassRef, { uai: z.string(), kind: z.enum(['class', 'group']), head: z.optional(z.boolean()) }),
  ),
  /**
   * Fingerprint of what decides access: status, roles, audiences. It stands in the session's token, and every write
   * requires it to be current, so that a suspended or moved person writes nothing from that moment on.
   */
  access: z.string(),
})
export type PersonItem = z.infer<typeof PersonItem>

/** `AU#<audience>` / `AUDIENCE` */
export const AudienceItem = z.object({
  ...key,
  id: z.string(),
  kind: z.enum(audienceKinds),
  uai: z.string(),
  label: z.string(),
  group: z.optional(z.string()),
})
export type AudienceItem = z.infer<typeof AudienceItem>

/** Keys of the directory's items. */
export const directoryKeys = {
  school: (uai: string) => ({ pk: `S#${uai}`, sk: 'SCHOOL' }),
  schoolGroup: (uai: string, group: string) => ({ pk: `S#${uai}`, sk: `G#${group}` }),
  schoolMember: (uai: string, role: string, sortedName: string, person: string) => ({
    pk: `S#${uai}`,
    sk: `M#${role}#${sortedName}#${person}`,
  }),
  schoolSearch: (uai: string, foldedName: string, person: string) => ({
    pk: `S#${uai}`,
    sk: `F#${foldedName}#${person}`,
  }),
  group: (group: string) => ({ pk: `G#${group}`, sk: 'GROUP' }),
  groupMember: (group: string, role: string, sortedName: string, person: string) => ({
    pk: `G#${group}`,
    sk: `M#${role}#${sortedName}#${person}`,
  }),
  person: (person: string) => ({ pk: `P#${person}`, sk: 'PERSON' }),
  audience: (audience: string) => ({ pk: `AU#${audience}`, sk: 'AUDIENCE' }),
} as const

/** Where an audience's members stand: a partition, and the sort-key prefixes of their roster rows. */
export const audienceMembers = (audience: {
  kind: AudienceItem['kind']
  uai: string
  group?: string | undefined
}): { pk: string; prefixes: string[] } => {
  const school = `S#${audience.uai}`
  const group = `G#${audience.group}`
  switch (audience.kind) {
    case 'school':
      return { pk: school, prefixes: roles.map(role => `M#${role}#`) }
    case 'pupils':
      return { pk: school, prefixes: ['M#pupil#'] }
    case 'guardians':
      return { pk: school, prefixes: ['M#guardian#'] }
    case 'teachers':
      return { pk: school, prefixes: ['M#teacher#'] }
    case 'adults':
      return { pk: school, prefixes: ['M#teacher#', 'M#pupil-life#', 'M#staff#', 'M#head#', 'M#administrator#'] }
    case 'class':
      return { pk: group, prefixes: ['M#pupil#', 'M#teacher#'] }
    case 'class-guardians':
      return { pk: group, prefixes: ['M#guardian#', 'M#teacher#'] }
  }
}
