import * as z from 'zod/mini'
import { Count } from '../kernel/count.ts'
import { Instant } from '../kernel/dates.ts'
import { PersonId, TimeId } from '../kernel/ids.ts'
import { PersonName } from '../kernel/person-name.ts'
import { relation, route } from '../kernel/route.ts'
import { HostAddress } from '../kernel/upload.ts'
import { Correction } from './correction.ts'
import { SavedDrawing, SentDrawing } from './drawing.ts'
import {
  CollectedHandIn,
  HandIn,
  HandInReminder,
  handInLimits,
  Receipt,
  SavedNote,
  SentHandIn,
  SentNote,
} from './hand-in.ts'
import { handInMoves } from './hand-in-states.ts'
import { setters } from './rules.ts'
import { PiecePath, PieceSummary } from './shapes.ts'

const PupilPath = z.object({ piece: TimeId, pupil: PersonId })

/** The routes of assignments: handing in, going through what was handed in, giving it back. */
export const handInRoutes = {
  collected: route({
    kind: 'private',
    method: 'GET',
    path: '/api/work/{piece}/hand-ins',
    summary: 'Who handed in an assignment, and who did not, by name: for whoever set it while they teach the class.',
    callers: setters,
    within: relation('collectedAll'),
    params: PiecePath,
    reply: z.object({
      piece: PieceSummary,
      items: z.array(CollectedHandIn),
      reminder: z.optional(HandInReminder),
      correction: z.optional(Correction),
    }),
  }),
  handIn: route({
    kind: 'private',
    method: 'GET',
    path: '/api/work/{piece}/hand-ins/{pupil}',
    summary:
      'A pupil’s hand-in: every version for the pupil and the teacher, for a guardian that it was handed in, with the ' +
      'versions that they handed in themselves.',
    callers: ['pupil', 'guardian', 'teacher'],
    within: relation('knownHandIn'),
    params: PupilPath,
    reply: z.extend(HandIn, { name: z.omit(PersonName, { id: true }), about: PieceSummary }),
  }),
  unscannedFile: route({
    kind: 'private',
    method: 'GET',
    path: '/api/work/{piece}/hand-ins/{pupil}/files/{file}/unscanned',
    summary:
      'An address, good for some minutes, of a file of a hand-in or a return that no scanner can look into: for adults who ' +
      'read it, at their risk.',
    callers: ['guardian', 'teacher'],
    within: relation('knownHandIn', 'readFile'),
    params: z.extend(PupilPath, { file: TimeId }),
    reply: z.object({ url: HostAddress }),
    problems: ['file-not-served'],
  }),
  start: route({
    kind: 'write',
    method: 'POST',
    path: '/api/work/{piece}/hand-ins/{pupil}/start',
    summary: 'Say that one has begun an assignment.',
    callers: handInMoves.start.by,
    within: relation('handingIn'),
    repeatable: true,
    params: PupilPath,
    status: 204,
  }),
  sendHandIn: route({
    kind: 'write',
    method: 'PUT',
    path: '/api/work/{piece}/hand-ins/{pupil}/versions/{version}',
    summary:
      'Hand in for oneself, or for a child; the device makes the id of the version, which is kept once however often it ' +
      'is sent. Answers the receipt. Of several the one that was done last counts; all are kept.',
    callers: handInMoves.handIn.by,
    within: relation('handingIn', 'handedFiles'),
    params: z.extend(PupilPath, { version: TimeId }),
    body: SentHandIn,
    status: 200,
    reply: Receipt,
    problems: ['hand-in-closed', 'hand-in-not-open'],
  }),
  note: route({
    kind: 'write',
    reachesOthers: true,
    method: 'PUT',
    path: '/api/work/{piece}/hand-ins/{pupil}/note',
    summary:
      'Write a comment and a mark for a pupil, with files, which nobody else sees until it is given back. The later one ' +
      'counts. Files that are not named stay.',
    callers: setters,
    within: relation('collected', 'inClass', 'returnFiles'),
    params: PupilPath,
    body: SentNote,
    status: 200,
    reply: SavedNote,
  }),
  draw: route({
    kind: 'write',
    reachesOthers: true,
    method: 'PUT',
    path: '/api/work/{piece}/hand-ins/{pupil}/versions/{version}/files/{file}/drawing',
    summary:
      'Write on a photo of a version, or on a page of a PDF, which nobody else sees until the hand-in is given back. The file ' +
      'stays as it was handed in. Of two drawings the later one counts, and is answered if it is another one.',
    callers: setters,
    within: relation('collected', 'drawable'),
    params: z.extend(PupilPath, { version: TimeId, file: TimeId }),
    body: SentDrawing,
    status: 200,
    reply: SavedDrawing,
    problems: ['too-much-drawn'],
  }),
  extend: route({
    kind: 'write',
    reachesOthers: true,
    method: 'PUT',
    path: '/api/work/{piece}/hand-ins/{pupil}/extension',
    summary: 'Give one pupil more time; without `until`, take that back.',
    callers: setters,
    within: relation('collected', 'inClass'),
    params: PupilPath,
    body: z.object({ until: z.optional(Instant) }),
    status: 204,
  }),
  remind: route({
    kind: 'write',
    reachesOthers: true,
    method: 'POST',
    path: '/api/work/{piece}/reminder',
    summary: 'Remind the pupils of the class who have not handed in, and their guardians where that is asked for.',
    callers: setters,
    within: relation('collected'),
    params: PiecePath,
    body: z.object({ guardians: z.boolean() }),
    status: 200,
    reply: HandInReminder,
    problems: ['conflict', 'hand-in-reminded'],
  }),
  giveBack: route({
    kind: 'write',
    reachesOthers: true,
    method: 'POST',
    path: '/api/work/{piece}/given-back',
    summary:
      'Give hand-ins back with what was written of them: one, or all of a class. Names those that are given back; one of ' +
      'which there is a later version, note or drawing than the one that was seen stays.',
    callers: handInMoves.giveBack.by,
    within: relation('collected'),
    params: PiecePath,
    body: z.object({
      items: z
        .array(
          z.object({
            pupil: PersonId,
            version: TimeId,
            notedAt: z.optional(Instant),
            drawings: z.optional(Count),
          }),
        )
        .check(z.minLength(1), z.maxLength(handInLimits.pupils)),
    }),
    status: 200,
    reply: z.object({ returned: z.array(PersonId) }),
  }),
} as const
