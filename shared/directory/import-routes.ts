import * as z from 'zod/mini'
import { Uai } from '../kernel/ids.ts'
import { Cursor, pageOf } from '../kernel/page.ts'
import { route, schoolRelation } from '../kernel/route.ts'
import { ChangedPerson, changeKinds, ImportId, ImportPage, ImportRow, MissedNight } from './imports.ts'

/** The routes of the page Import. Their problems are those of the directory's contract. */
export const importRoutes = {
  imports: route({
    kind: 'private',
    method: 'GET',
    path: '/api/schools/{uai}/imports',
    summary:
      'The imports of a school, newest first: what each changed, which of them waits for an answer, and when none came.',
    callers: ['administrator', 'head'],
    within: 'school',
    params: z.object({ uai: Uai }),
    query: z.object({ cursor: z.optional(Cursor) }),
    reply: z.extend(pageOf(ImportRow), { missed: z.array(MissedNight) }),
  }),
  import: route({
    kind: 'private',
    method: 'GET',
    path: '/api/schools/{uai}/imports/{import}',
    summary: 'What one import changed in a school, what was refused, and what a held one would take away.',
    callers: ['administrator', 'head'],
    within: schoolRelation('import'),
    params: z.object({ uai: Uai, import: ImportId }),
    reply: ImportPage,
  }),
  importPeople: route({
    kind: 'private',
    method: 'GET',
    path: '/api/schools/{uai}/imports/{import}/people',
    summary: 'The people of a school whom one import changed in one way, or would.',
    callers: ['administrator', 'head'],
    within: schoolRelation('import'),
    params: z.object({ uai: Uai, import: ImportId }),
    query: z.object({ kind: z.enum(changeKinds), cursor: z.optional(Cursor) }),
    reply: pageOf(ChangedPerson),
  }),
  confirmImport: route({
    kind: 'write',
    reachesOthers: true,
    method: 'POST',
    path: '/api/schools/{uai}/imports/{import}/confirmation',
    summary: 'Have a school imported that was held back: its people lose what the delivery takes from them.',
    callers: ['administrator', 'head'],
    within: schoolRelation('import'),
    params: z.object({ uai: Uai, import: ImportId }),
    status: 204,
    problems: ['import-not-open'],
  }),
  refuseImport: route({
    kind: 'write',
    reachesOthers: true,
    method: 'POST',
    path: '/api/schools/{uai}/imports/{import}/refusal',
    summary: 'Refuse a delivery for a school that was held back: its people stay as they are.',
    callers: ['administrator', 'head'],
    within: schoolRelation('import'),
    params: z.object({ uai: Uai, import: ImportId }),
    status: 204,
    problems: ['import-not-open'],
  }),
  undoImport: route({
    kind: 'write',
    reachesOthers: true,
    method: 'POST',
    path: '/api/schools/{uai}/imports/{import}/undoing',
    summary: 'Take a confirmed import back in a school: its people become what they were before.',
    callers: ['administrator', 'head'],
    within: schoolRelation('import'),
    params: z.object({ uai: Uai, import: ImportId }),
    status: 204,
    problems: ['import-not-undoable'],
  }),
} as const
