import { AudienceItem, directoryKeys, GroupItem, PersonItem, RosterItem, SchoolItem } from '../directory/items.ts'
import {
  CountsItem,
  FactItem,
  FeedItem,
  MarkItem,
  NewsItem,
  newsKeys,
  PublicationItem,
  ReminderItem,
} from '../news/items.ts'
import { AccountItem, LoginItem, SessionItem, sessionKeys } from '../session/items.ts'
import { AnswerItem, KeysItem, ThrottleItem } from './items.ts'
import { many, one } from './pattern.ts'

/**
 * Every access pattern of the table. A pattern that is not listed here does not exist: the table client takes
 * nothing else. Item sizes are those of the demo territory; a transaction's writes count twice.
 */
export const patterns = {
  // The territory's own
  keys: one(KeysItem, sessionKeys.keys, {
    reads: '0.5, once per execution environment and 5 minutes',
    writes: '2, at each rotation',
    hottest:
      'one key for the territory, but read at most (environments / 300 s): 1,000 environments are 4 reads a second',
  }),
  answer: one(AnswerItem, (caller: string, key: string) => ({ pk: `I#${caller}`, sk: key }), {
    reads: '1 (consistent)',
    writes: '2',
    hottest: 'one partition a person: their own writes',
  }),
  throttle: one(ThrottleItem, sessionKeys.throttle, {
    reads: '1 to 2 a sign-in',
    writes: '4 a sign-in, 2 more a wrong one',
    hottest: 'a school behind one address: its wrong passwords, 60 a minute at most before they are refused unwritten',
  }),

  // Session
  login: one(LoginItem, sessionKeys.login, { reads: '0.5', writes: '2, once a person', hottest: 'none: one a person' }),
  account: one(AccountItem, sessionKeys.account, { reads: '0.5', writes: '2', hottest: 'none: one a person' }),
  session: one(SessionItem, sessionKeys.session, {
    reads: '0.5; 2 as a condition of each write',
    writes: '2, at sign-in and every 15 minutes of use',
    hottest: 'none: one a device',
  }),
  sessions: many(SessionItem, (person: string) => ({ pk: `A#${person}`, prefix: 'SESSION#' }), {
    reads: '0.5',
    hottest: 'none: one partition a person',
  }),

  // Directory
  school: one(SchoolItem, directoryKeys.school, { reads: '0.5', hottest: 'none: on publishing only' }),
  schoolGroups: many(GroupItem, (uai: string) => ({ pk: `S#${uai}`, prefix: 'G#' }), {
    reads: '1 for 60 groups',
    hottest: 'a large school: its publishers, some a minute',
  }),
  schoolMembers: many(RosterItem, (uai: string, role: string) => ({ pk: `S#${uai}`, prefix: `M#${role}#` }), {
    reads: '1 for 30 people; 40 for a school of 1,500',
    hottest: 'a large school: its head following a notice, some a minute',
  }),
  schoolSearch: many(RosterItem, (uai: string, begins: string) => ({ pk: `S#${uai}`, prefix: `F#${begins}` }), {
    reads: '1 for 30 people',
    hottest: 'a large school: its administrator handing out codes, one a second',
  }),
  group: one(GroupItem, directoryKeys.group, { reads: '0.5', hottest: 'none' }),
  groupMembers: many(RosterItem, (group: string, role: string) => ({ pk: `G#${group}`, prefix: `M#${role}#` }), {
    reads: '1 for 30 people',
    hottest: 'none: a class',
  }),
  person: one(PersonItem, directoryKeys.person, {
    reads: '0.5 to 1 (up to 8 KB for a teacher of many groups); 2 as a condition of each write',
    writes: '1 to 8, by imports only',
    hottest: 'none: one a person',
  }),
  audience: one(AudienceItem, directoryKeys.audience, { reads: '0.5', hottest: 'none: on publishing only' }),

  // News
  news: one(NewsItem, newsKeys.news, {
    reads: '0.5 to 3 for a long text; by the edge once per audience and 3 seconds',
    writes: '2 to 10, on publishing',
    hottest: 'a school-wide item on closure day: opened by 3,000 people, some reads a second behind the edge',
  }),
  feed: many(FeedItem, (audience: string) => ({ pk: `AU#${audience}`, prefix: 'F#' }), {
    reads: '1.5 for 20 rows; by the edge once per audience and 3 seconds',
    hottest: 'a large school: 1 every 3 seconds and edge region, whatever its readers',
  }),
  feedRow: one(FeedItem, newsKeys.feed, { writes: '2 an audience, by the stream in one transaction', hottest: 'none' }),
  ofAuthor: many(PublicationItem, (author: string) => ({ pk: `P#${author}`, prefix: 'PUB#' }), {
    reads: '0.5',
    hottest: 'none: one a person',
  }),
  ofAuthorRow: one(PublicationItem, newsKeys.ofAuthor, { writes: '2', hottest: 'none' }),
  ofSchool: many(PublicationItem, (uai: string) => ({ pk: `S#${uai}`, prefix: 'NEWS#' }), {
    reads: '0.5',
    hottest: 'a large school: its direction, some a minute',
  }),
  ofSchoolRow: one(PublicationItem, newsKeys.ofSchool, { writes: '2', hottest: 'none' }),
  marks: many(MarkItem, (person: string) => ({ pk: `P#${person}`, prefix: 'MARK#' }), {
    reads: '0.5 for 40 marks: the one private request of Home',
    hottest: 'none: one partition a person',
  }),
  mark: one(MarkItem, newsKeys.mark, { reads: '0.5', writes: '2', hottest: 'none: one a person and item' }),
  seen: one(FactItem, newsKeys.seen, {
    writes: '2',
    hottest: 'a school-wide item: 3,000 people over some minutes, under 100 a second',
  }),
  signature: one(FactItem, newsKeys.signed, { writes: '2', hottest: 'a school-wide notice: as `seen`, slower' }),
  seenBy: many(FactItem, (news: string) => ({ pk: `N#${news}`, prefix: 'SEEN#' }), {
    reads: '10 for 1,000 readers',
    hottest: 'none: its author',
  }),
  signedBy: many(FactItem, (news: string) => ({ pk: `N#${news}`, prefix: 'SIGNED#' }), {
    reads: '10 for 1,000 signatures',
    hottest: 'none: its author',
  }),
  counts: one(CountsItem, newsKeys.counts, {
    reads: '0.5',
    writes: '1 per batch of the stream, after a consistent read',
    hottest: 'a school-wide item: one a second at most, batches being windows of a second',
  }),
  reminder: one(ReminderItem, newsKeys.reminder, { writes: '2', hottest: 'none' }),
} as const
