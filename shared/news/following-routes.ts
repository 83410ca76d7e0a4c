import * as z from 'zod/mini'
import { Count } from '../kernel/count.ts'
import { Instant } from '../kernel/dates.ts'
import { GroupId, PersonId } from '../kernel/ids.ts'
import { Cursor, pageOf } from '../kernel/page.ts'
import { relation, route } from '../kernel/route.ts'
import { publishers } from './publishers.ts'
import { Answer, questionLimits } from './question.ts'
import { Edition, NewsPath, Reader, ReminderState, readerStates, SheetRow } from './shapes.ts'

/** The most people of a list to print or to keep: ten classes with their guardians, of which one at a time is usual. */
export const mostListed = 400

/**
 * The routes by which those who manage a publication see what became of it, remind, and enter what came back on paper: all of
 * them name its people or act on them, and so need the relation `still`. Their problems are those of the news' contract.
 */
export const followingRoutes = {
  readers: route({
    kind: 'private',
    method: 'GET',
    path: '/api/news/{news}/readers',
    summary: 'Who has seen or signed a news item and who has not, for its author and those who run its school.',
    callers: publishers,
    within: relation('publication', 'still'),
    params: NewsPath,
    query: z.object({
      state: z.enum(readerStates),
      group: z.optional(GroupId),
      /** Only those with this answer, by its place, or with answers that differ. */
      answer: z.optional(z.string().check(z.regex(new RegExp(`^([0-${questionLimits.choices - 1}]|differing)$`)))),
      cursor: z.optional(Cursor),
    }),
    reply: z.extend(pageOf(Reader), {
      /** Of the people the filter by group keeps, whatever their state. */
      counts: z.object({
        people: Count,
        seen: Count,
        signers: Count,
        signed: Count,
        /** Of a question with choices: for how many signers each of them was answered, in their order. */
        answers: z.optional(z.array(Count)),
        /** For how many pupils the answers of two guardians differ. */
        differing: z.optional(Count),
      }),
      groups: z.array(z.object({ id: GroupId, name: z.string() })),
      /** Teachers who read along, and are none of the people. */
      followers: Count,
      /** Of the people the filter by group keeps. */
      reminders: z.object({ unseen: ReminderState, unsigned: ReminderState }),
    }),
  }),
  sheet: route({
    kind: 'private',
    method: 'GET',
    path: '/api/news/{news}/sheet',
    summary: `All whom a news item addresses, or those of one class or group, with what they did: for a list on paper; ${mostListed} at most.`,
    callers: publishers,
    within: relation('publication', 'still'),
    params: NewsPath,
    query: z.object({ group: z.optional(GroupId) }),
    reply: z.object({ items: z.array(SheetRow) }),
  }),
  enter: route({
    kind: 'write',
    reachesOthers: true,
    method: 'POST',
    path: '/api/news/{news}/paper',
    summary:
      'Enter a signature, and an answer where one is asked, that came back on paper: for a guardian or, of a notice once ' +
      'per pupil, for a pupil. Also after the deadline.',
    callers: publishers,
    within: relation('publication', 'still', 'signer'),
    params: NewsPath,
    body: z.object({ signer: PersonId, edition: z.optional(Edition), answer: z.optional(Answer) }),
    status: 204,
    problems: ['answer-not-asked', 'text-changed', 'conflict'],
  }),
  takeBack: route({
    kind: 'write',
    reachesOthers: true,
    method: 'POST',
    path: '/api/news/{news}/paper/return',
    summary:
      'Take back what was entered from paper for somebody: as if no paper had come. What they signed or answered themselves ' +
      'stays. `at`: when it was entered, as the readers tell; it is a conflict where it was corrected since.',
    callers: publishers,
    within: relation('publication', 'still', 'entered'),
    params: NewsPath,
    body: z.object({ signer: PersonId, at: Instant }),
    status: 204,
    problems: ['conflict'],
  }),
  remind: route({
    kind: 'write',
    reachesOthers: true,
    method: 'POST',
    path: '/api/news/{news}/reminder',
    summary: 'Remind those who have not seen, or not signed.',
    callers: publishers,
    within: relation('publication', 'still'),
    params: NewsPath,
    body: z.object({ state: z.enum(['unseen', 'unsigned']), group: z.optional(GroupId) }),
    status: 200,
    reply: z.object({ people: Count }),
    problems: ['conflict', 'reminded-recently'],
  }),
} as const
