import * as z from 'zod/mini'
import { answerKinds } from '../../../shared/directory/imports.ts'
import { Instant } from '../../../shared/kernel/dates.ts'
import { roles } from '../../../shared/kernel/role.ts'
import { many, one } from '../../platform/pattern.ts'
import { importPatterns } from '../patterns.ts'
import { Left, PersonRecord } from '../record.ts'

/**
 * What imports without a person store of what they changed in a school. Names stand in none of it but a person's former
 * record, which is in their own partition: what erases a person erases that, and they have no name here any more.
 */

/** Seconds for which changes, and what undoes them, are kept. */
export const changesKeptFor = 30 * 24 * 3_600

/** `losing`: people of a held school who would leave it. `other`: changed in anything but their classes. */
export const storedKinds = ['arrived', 'moved', 'left', 'other', 'losing'] as const
export type StoredKind = (typeof storedKinds)[number]

/** Somebody who changed. `from`, `to`: names of their classes in the school. `after`: see stateOf() in changes.ts. */
const ChangedPerson = z.object({
  person: z.string(),
  role: z.enum(roles),
  from: z.array(z.string()),
  to: z.array(z.string()),
  after: z.string(),
})
export type ChangedPerson = z.infer<typeof ChangedPerson>

/** People of one kind, by name, a hundred at most. */
const ChangeItem = z.object({
  run: z.string(),
  kind: z.enum(storedKinds),
  people: z.array(ChangedPerson),
  expiresAt: z.number(),
})
export type ChangeItem = z.infer<typeof ChangeItem>

const FormerGroup = z.pick(importPatterns.schoolGroup.item, {
  group: true,
  name: true,
  kind: true,
  key: true,
  year: true,
  from: true,
  to: true,
})

/**
 * A school as it was before a run that was confirmed for it: by this, the run can be undone. `at`: the time of what it
 * wrote.
 */
const FormerSchoolItem = z.object({
  run: z.string(),
  at: Instant,
  source: z.string(),
  /** Its school year. */
  year: z.optional(z.number()),
  groups: z.array(FormerGroup),
  expiresAt: z.number(),
})

/** What a person was before a run that was confirmed for a school of theirs. */
const FormerItem = z.object({
  run: z.string(),
  source: z.string(),
  record: PersonRecord,
  left: z.optional(Left),
  expiresAt: z.number(),
})

/** A class of a held school that would lose pupils. */
const HeldClassesItem = z.object({
  run: z.string(),
  classes: z.array(z.object({ name: z.string(), had: z.number(), lost: z.number() })),
  expiresAt: z.number(),
})

/** What those who run a school decided of a run. `begun`: the run that follows from it. */
const AnswerItem = z.object({
  run: z.string(),
  kind: z.enum(answerKinds),
  by: z.string(),
  actor: z.string(),
  at: Instant,
  begun: z.optional(z.string()),
  expiresAt: z.number(),
})
export type AnswerItem = z.infer<typeof AnswerItem>

const rare = { reads: '0.5', writes: '1', hottest: 'none: a few a school and year' } as const

export const changePatterns = {
  /** All of a run in a school; of one kind. */
  ofRun: many('S#{uai}', 'CHANGE#{run}#', ChangeItem, {
    reads: '2 for 100 people',
    hottest: 'none: administrators',
  }),
  ofKind: many('S#{uai}', 'CHANGE#{run}#{kind}#', ChangeItem, {
    reads: '2 for 100 people',
    hottest: 'none: administrators',
  }),
  change: one('S#{uai}', 'CHANGE#{run}#{kind}#{page}', ChangeItem, {
    writes: '1 for 8 people that changed, by imports',
    hottest: 'none',
  }),
  formerSchool: one('S#{uai}', 'FORMER#{run}', FormerSchoolItem, { ...rare, writes: '1 for 10 groups' }),
  former: one('P#{person}', 'FORMER#{run}', FormerItem, {
    reads: '0.5, by an undo',
    writes: '1 a person who changed in a school that was confirmed',
    hottest: 'none',
  }),
  heldClasses: one('S#{uai}', 'HELD#{run}', HeldClassesItem, rare),
  answers: many('S#{uai}', 'ANSWER#', AnswerItem, { reads: '0.5', hottest: 'none: administrators' }),
  answer: one('S#{uai}', 'ANSWER#{run}', AnswerItem, rare),
} as const
