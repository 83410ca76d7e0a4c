import * as z from 'zod/mini'
import { many, one } from '../platform/pattern.ts'
import { GroupItem, PersonItem, RosterItem, SchoolItem } from './audiences.ts'
import { Contacts, Day, Left, Period, PersonRecord } from './record.ts'

/** What the table holds of the directory for the directory alone. */

/** A row by which people were found by given name: see searchPatterns. */
const SearchItem = z.extend(RosterItem, { foundAs: z.string() })

export const searchPatterns = {
  /**
   * Written by releases that searched in it, one a person, and read no more: it goes when its person changes. Imports take
   * whoever has it as unchanged otherwise (people/compose.ts).
   */
  searchRow: one('S#{uai}', 'F#{foundAs}#{person}', SearchItem, { hottest: 'none' }),
} as const

/**
 * What the feed said of a person (of one who left: what a delta may refer to), from which a delta goes on, and the rows
 * that were made of it. It is written before the rows are, and the person's roster rows in their schools, which hold
 * the same `print`, after all else: where the two differ, an import was interrupted, and all of the person is written
 * again.
 */
const SourceItem = z.object({
  id: z.string(),
  source: z.string(),
  record: PersonRecord,
  /** The ids of the pupils they are a legal guardian of. */
  children: z.array(z.string()),
  /** When they left, and what they were. */
  left: z.optional(Left),
  /** Fingerprints of the rows besides this one, by their keys as `pk|sk`. */
  rows: z.record(z.string(), z.string()),
  /** Keys of the rows this change took away. */
  leaving: z.array(z.string()),
  /** Ids of the guardians, or of the children, this change took away: they are to be written after it. */
  parted: z.array(z.string()),
  print: z.string(),
})
export type SourceItem = z.infer<typeof SourceItem>

/** A school of a source, as its feed names it (`key`). */
const FeedSchoolItem = z.object({
  uai: z.string(),
  key: z.string(),
  name: z.string(),
  town: z.optional(z.string()),
})

/** A row of a school's roster as imports write it. */
const MemberItem = z.extend(RosterItem, { source: z.string(), print: z.string() })

/** What is read of the rows of whole rosters: as many as there are people. Classes and pupils: what would be lost. */
const MemberSummary = z.pick(MemberItem, {
  person: true,
  role: true,
  classes: true,
  pupils: true,
  suspended: true,
  source: true,
  print: true,
})

/** The last delivery of a source that was imported. `date`: its day as yyyymmdd, as its files tell it. */
const DeliveryItem = z.object({ date: z.string() })

/**
 * Somebody whom a source describes and who is in none of its schools: a later delta may refer to them. `print` is that of
 * their `SourceItem`, as in a roster row.
 */
const KeptItem = z.object({ person: z.string(), print: z.string() })

/** A person's key in a source, where its records state another `identifier` besides: deltas may state that one alone. */
const AliasItem = z.object({ facet: z.string(), identifier: z.string(), key: z.string() })

/** Somebody whose roles or classes in a school begin or end on a day: the clock makes their items anew on it. */
const ChangingItem = z.object({ person: z.string(), source: z.string(), day: Day })

/**
 * A key of a feed that means somebody else than the first person who had it (`first`: the id of that one). `nth`: how
 * many people had it. `held`: its new person waits for an answer, and is this record alone; `former` had the key
 * before, in the schools `at` and under the names `was`. Of somebody whom another source described before, `person` is
 * who they are there. `apart`: an administrator said that its person is nobody else's, whatever feeds tell. `key` is
 * empty where a command that does not know it joined its person.
 */
const HandedItem = z.object({
  first: z.string(),
  key: z.string(),
  person: z.string(),
  nth: z.number(),
  held: z.optional(
    z.object({
      record: PersonRecord,
      former: z.string(),
      was: z.object({ givenName: z.string(), familyName: z.string() }),
      at: z.array(z.string()),
    }),
  ),
  apart: z.optional(z.literal(true)),
})
export type HandedItem = z.infer<typeof HandedItem>

/** Somebody whom several sources describe. `first`: the source of their item `SOURCE`. */
const JoinedItem = z.object({ first: z.string() })

/** Somebody who is found by their names, and known by a contact. */
const ContactItem = z.object({ person: z.string(), contacts: Contacts })

/** What contacts are hashed with. */
const ContactSecretItem = z.object({ secret: z.string() })

/** A source of the territory. `academies`: those that its schools state, folded. */
const SourceOfTerritory = z.object({
  source: z.string(),
  format: z.enum(['aaf', 'oneroster', 'sds']),
  academies: z.array(z.string()),
})
export type SourceOfTerritory = z.infer<typeof SourceOfTerritory>

/**
 * A pupil whose feed names a guardian who is not there yet; a delta in which the guardian comes finds the pupil by it.
 */
const AwaitedItem = z.object({ pupil: z.string() })

const print = z.string()

/**
 * A group with what an import compares. `from`, `to`: of its terms, where the feed has any. `key`: the feed's own;
 * absent of groups that were stored before groups were of a school year. `replaced`: another group has taken its key.
 */
const SchoolGroupItem = z.extend(GroupItem, {
  source: z.string(),
  print,
  key: z.optional(z.string()),
  replaced: z.optional(z.boolean()),
  ...Period,
})
export type SchoolGroupItem = z.infer<typeof SchoolGroupItem>

/** A school with what an import compares. `year`: the school year of its last complete delivery. */
const SchoolPrintItem = z.extend(SchoolItem, { print, year: z.optional(z.number()) })

const once = { writes: '1 to 2 a person, by imports', hottest: 'none: an import bounds its own writes' } as const
const perImport = { writes: '1 a school or group that changed, by imports', hottest: 'none' } as const

/** What imports and the operator's commands write and read besides. No other function reads any of it. */
export const importPatterns = {
  feedSchools: many('D#{source}', 'SCHOOL#', FeedSchoolItem, {
    reads: '1 for 30 schools, by imports',
    hottest: 'none',
  }),
  feedSchool: one('D#{source}', 'SCHOOL#{uai}', FeedSchoolItem, perImport),
  handedKeys: many('D#{source}', 'KEY#', HandedItem, {
    reads: '0.5 to 1, by imports: few keys are ever given to somebody else',
    hottest: 'none',
  }),
  handedKey: one('D#{source}', 'KEY#{first}', HandedItem, {
    reads: '0.5, by commands of the operator',
    writes: '1 a key that is given to somebody else, by imports',
    hottest: 'none',
  }),
  lastDelivery: one('D#{source}', 'LAST', DeliveryItem, {
    reads: '1, by imports',
    writes: '1, by imports',
    hottest: 'none',
  }),
  aliases: many('D#{source}', 'ID#', AliasItem, { reads: '1 for 60 of them, by imports', hottest: 'none' }),
  alias: one('D#{source}', 'ID#{facet}#{identifier}', AliasItem, once),
  /** Without access: guardians without custody, pupils of other schools. */
  keptPeople: many('D#{source}', 'KEPT#', KeptItem, {
    reads: '1 for 40 of them, by imports of complete feeds',
    hottest: 'none',
  }),
  kept: one('D#{source}', 'KEPT#{person}', KeptItem, { reads: '0.5, by deltas', ...once }),
  /**
   * A school and a group of a school's list with what an import compares: they are written after what they are made of.
   */
  school: one('S#{uai}', 'SCHOOL', SchoolPrintItem, { reads: '1, by imports', ...perImport }),
  schoolGroups: many('S#{uai}', 'G#', SchoolGroupItem, {
    reads: '2 for 60 groups, by imports',
    hottest: 'none',
  }),
  schoolGroup: one('S#{uai}', 'G#{group}', SchoolGroupItem, perImport),
  /** All roles of a school, and those who left. */
  roster: many('S#{uai}', 'M#', MemberSummary, {
    reads: '40 for a school of 1,500, by imports and the command that gives codes; twice that when consistent',
    hottest: 'none: once an import',
  }),
  /** `role`: also `suspended`, of those who left. `name`: folded, family name first. */
  member: one('S#{uai}', 'M#{role}#{name}#{person}', MemberItem, { reads: '1, by deltas', ...once }),
  changing: many('S#{uai}', 'DAY#', ChangingItem, {
    reads: '0.5 for 50 people, by the clock',
    hottest: 'none: one page at a time',
  }),
  changingOn: one('S#{uai}', 'DAY#{day}#{person}', ChangingItem, once),
  groupMember: one('G#{group}', 'M#{role}#{name}#{person}', RosterItem, once),
  source: one('P#{person}', 'SOURCE', SourceItem, { reads: '1, by imports, of people who change', ...once }),
  /** Of somebody whom several sources describe: what another one than the first says. */
  furtherSource: one('P#{person}', 'SOURCE#{source}', SourceItem, {
    reads: '1, by imports, of people of several sources who change',
    ...once,
  }),
  /** All that sources say of somebody. */
  allSources: many('P#{person}', 'SOURCE', SourceItem, { reads: '1', hottest: 'none' }),
  joined: one('P#{person}', 'JOINED', JoinedItem, { reads: '0.5, by imports, of people who change', ...once }),
  /** Who somebody is by one of their sources alone: together they are the person (people/merge-parts.ts). */
  part: one('P#{person}', 'PART#{source}', PersonItem, once),
  parts: many('P#{person}', 'PART#', PersonItem, {
    reads: '1, by imports, of people of several sources who change',
    hottest: 'none',
  }),
  contacts: many('J#{names}', 'OF#', ContactItem, {
    reads: '0.5 for 20 people of the same names, by imports, of people who are new in a source',
    hottest: 'none',
  }),
  contact: one('J#{names}', 'OF#{source}#{person}', ContactItem, {
    writes: '1 an adult of whom a feed tells a contact, by imports',
    hottest: 'none: an import bounds its own writes',
  }),
  contactSecret: one('CONTACTS', 'SECRET', ContactSecretItem, {
    reads: '1, by imports',
    writes: '2, once',
    hottest: 'none',
  }),
  territorySources: many('TERRITORY', 'SOURCE#', SourceOfTerritory, { reads: '0.5, by imports', hottest: 'none' }),
  territorySource: one('TERRITORY', 'SOURCE#{source}', SourceOfTerritory, perImport),
  awaiting: many('P#{guardian}', 'AWAITED#', AwaitedItem, {
    reads: '0.5, by deltas, of new guardians',
    hottest: 'none',
  }),
  awaited: one('P#{guardian}', 'AWAITED#{pupil}', AwaitedItem, once),
} as const
