import * as z from 'zod/mini'
import { Count } from '../kernel/count.ts'
import { Instant } from '../kernel/dates.ts'
import { AudienceId, GroupId, PersonId, Uai } from '../kernel/ids.ts'
import { Cursor, pageOf } from '../kernel/page.ts'
import { PersonName } from '../kernel/person-name.ts'
import { roles } from '../kernel/role.ts'
import { contract, relation, route, schoolRelation } from '../kernel/route.ts'
import { typedLine } from '../kernel/typed.ts'
import { erasingRoutes } from './erasing-routes.ts'
import { importRoutes } from './import-routes.ts'
import { ChangedPerson, HeldSchool, ImportAnswer, ImportPage, ImportRow, ImportUndone, Loss } from './imports.ts'
import { accountStates, decisionKinds, PersonPage, Relative } from './person-page.ts'
import { codeProblems, erasingProblems, importProblems } from './problems.ts'

/** A person as those who look after accounts see them. */
export const DirectoryPerson = z.object({
  id: PersonId,
  givenName: z.string(),
  familyName: z.string(),
  role: z.enum(roles),
  /** A pupil's classes, a guardian's children's, those a teacher teaches. */
  classes: z.array(z.object({ id: GroupId, name: z.string() })),
  account: z.enum(accountStates),
  /** A code that was given and not used is still good: one for an active account, too. */
  holdsCode: z.optional(z.literal(true)),
  login: z.optional(z.string()),
  /** A guardian's children in the school, or in the class that is asked for. */
  children: z.optional(z.array(PersonName)),
  /** The day they last signed in; told to those who run the school. */
  lastSignIn: z.optional(z.string()),
})
export type DirectoryPerson = z.infer<typeof DirectoryPerson>

/** A class, or a teaching group made of pupils of several classes. */
export const Group = z.object({ id: GroupId, uai: Uai, name: z.string(), kind: z.enum(['class', 'group']) })
export type Group = z.infer<typeof Group>

/**
 * An audience of a class or group of a past year. `year`: the first of its two calendar years. `children`: those of a
 * guardian for whose sake they read it.
 */
export const ClosedAudience = z.object({
  year: z.int(),
  audience: AudienceId,
  kind: z.enum(['class', 'class-guardians']),
  uai: Uai,
  school: z.string(),
  label: z.string(),
  children: z.array(PersonName),
})
export type ClosedAudience = z.infer<typeof ClosedAudience>

/** What is handed to a person: shown once, stored hashed. */
export const IssuedCode = z.object({
  person: PersonId,
  givenName: z.string(),
  familyName: z.string(),
  /** What they are in the school, of several roles the first by rank. */
  role: z.enum(roles),
  className: z.optional(z.string()),
  /** A guardian's children in the school: it is through them that a sheet is handed over. */
  children: z.array(z.object({ givenName: z.string(), familyName: z.string(), className: z.optional(z.string()) })),
  login: z.string(),
  code: z.string(),
  expiresAt: Instant,
})
export type IssuedCode = z.infer<typeof IssuedCode>

/** How many people an account state counts. */
const Counts = z.object({ active: Count, code: Count, expired: Count, none: Count })
export type Counts = z.infer<typeof Counts>

/** Where the accounts of a class are. */
export const ClassAccounts = z.object({
  id: GroupId,
  name: z.string(),
  pupils: Counts,
  guardians: Counts,
  /** The last day somebody of it signed in. */
  lastSignIn: z.optional(z.string()),
})
export type ClassAccounts = z.infer<typeof ClassAccounts>

const Reason = typedLine({ least: 3, most: 300 })

export const directoryContract = contract({
  feature: 'directory',
  function: 'directory',
  problems: { ...codeProblems, ...erasingProblems, ...importProblems },
  schemas: {
    AccountCounts: Counts,
    ChangedPerson,
    ClassAccounts,
    ClosedAudience,
    DirectoryPerson,
    Group,
    HeldSchool,
    ImportAnswer,
    ImportPage,
    ImportRow,
    ImportUndone,
    IssuedCode,
    Loss,
    PersonPage,
    Relative,
  },
  routes: {
    people: route({
      kind: 'private',
      method: 'GET',
      path: '/api/schools/{uai}/people',
      summary:
        'The people of a school: those whom `search` finds by name, class or kind of people, or those who hold `role`.',
      callers: ['administrator', 'head'],
      within: 'school',
      params: z.object({ uai: Uai }),
      query: z.object({
        search: z.optional(typedLine({ most: 80 })),
        role: z.optional(z.enum([...roles, 'suspended'])),
        cursor: z.optional(Cursor),
      }),
      reply: z.extend(pageOf(DirectoryPerson), {
        /** The classes and groups that `search` names; on the first page. */
        groups: z.optional(z.array(Group)),
      }),
    }),
    person: route({
      kind: 'private',
      method: 'GET',
      path: '/api/people/{person}',
      summary: 'A person: relatives, classes, account and what was done to it, for those who run a school of theirs.',
      callers: ['administrator', 'head'],
      within: relation('person'),
      params: z.object({ person: PersonId }),
      reply: PersonPage,
    }),
    decide: route({
      kind: 'write',
      reachesOthers: true,
      method: 'PUT',
      path: '/api/people/{person}/children/{child}/access',
      summary:
        'Grant or stop an adult’s access to a child, whatever the feed says, until a day or until it is taken back.',
      callers: ['administrator', 'head'],
      within: relation('bond'),
      params: z.object({ person: PersonId, child: PersonId }),
      body: z.object({ kind: z.enum(decisionKinds), reason: Reason, until: z.optional(z.iso.date()) }),
      status: 204,
      problems: ['not-allowed'],
    }),
    undecide: route({
      kind: 'write',
      reachesOthers: true,
      method: 'DELETE',
      path: '/api/people/{person}/children/{child}/access',
      summary: 'Take a decision on an adult’s access to a child back: what the feed says holds again.',
      callers: ['administrator', 'head'],
      within: relation('bond'),
      params: z.object({ person: PersonId, child: PersonId }),
      status: 204,
      problems: ['not-allowed'],
    }),
    accounts: route({
      kind: 'private',
      method: 'GET',
      path: '/api/schools/{uai}/accounts',
      summary: 'Where the accounts of a school are, by class: active, waiting with a code, expired, none.',
      callers: ['administrator', 'head'],
      within: 'school',
      params: z.object({ uai: Uai }),
      reply: z.object({
        classes: z.array(ClassAccounts),
        staff: Counts,
        /** Everybody of the school, each once. Absent in answers of the release before. */
        whole: z.optional(Counts),
      }),
    }),
    groups: route({
      kind: 'private',
      method: 'GET',
      path: '/api/schools/{uai}/groups',
      summary: 'The classes and teaching groups of a school.',
      callers: ['teacher', 'pupil-life', 'staff', 'head', 'administrator'],
      within: 'school',
      params: z.object({ uai: Uai }),
      query: z.object({ cursor: z.optional(Cursor) }),
      reply: pageOf(Group),
    }),
    closedGroups: route({
      kind: 'private',
      method: 'GET',
      path: '/api/closed-groups',
      summary: 'The classes and groups of past years that one reads still, the last year first.',
      callers: 'signed-in',
      within: 'self',
      reply: z.object({ items: z.array(ClosedAudience) }),
    }),
    members: route({
      kind: 'private',
      method: 'GET',
      path: '/api/groups/{group}/people',
      summary:
        'The pupils, guardians or teachers of a class or group, for its teachers and for those who run the school.',
      callers: ['teacher', 'pupil-life', 'head', 'administrator'],
      within: relation('group'),
      params: z.object({ group: GroupId }),
      query: z.object({ role: z.enum(['pupil', 'guardian', 'teacher']), cursor: z.optional(Cursor) }),
      reply: pageOf(DirectoryPerson),
    }),
    ...erasingRoutes,
    ...importRoutes,
    issueCodes: route({
      kind: 'write',
      reachesOthers: true,
      method: 'POST',
      path: '/api/schools/{uai}/codes',
      summary:
        'Give new activation codes: to anyone in the school, or by a teacher to their pupils and those pupils’ guardians.',
      // Thirty codes are hashed and written by each.
      throttle: { rate: 20, burst: 60 },
      callers: ['administrator', 'head', 'teacher'],
      within: schoolRelation('recipients'),
      params: z.object({ uai: Uai }),
      body: z.object({
        people: z.array(PersonId).check(z.minLength(1), z.maxLength(30)),
        /**
         * How many of them, by what the caller was shown, hold a code that is still good and ends with this: more are
         * refused. Absent: any number.
         */
        voids: z.optional(Count),
      }),
      status: 200,
      reply: z.object({ items: z.array(IssuedCode) }),
      problems: ['not-allowed', 'codes-still-good'],
    }),
  },
})
