import * as z from 'zod/mini'
import { GivenName } from '../kernel/file-name.ts'
import { TimeId } from '../kernel/ids.ts'
import { PageQuery, pageOf } from '../kernel/page.ts'
import { type ProblemTable, problemsOf } from '../kernel/problem.ts'
import { contract, relation, route } from '../kernel/route.ts'
import { typedLine } from '../kernel/typed.ts'
import { FileAnnouncement, HostAddress, UploadGrant } from '../kernel/upload.ts'
import { documentsBoard } from './board.ts'
import { Entry, FileVersion, LinkedEntry, Space, SpaceId, StoredFile, UploadState } from './shapes.ts'

/** Why a document is refused. */
export const documentsProblems = {
  'file-too-large': { status: 422, title: 'This file is larger than the largest that is taken here.' },
  'space-full': { status: 422, title: 'This space has not enough room left.' },
  'too-many-documents': { status: 409, title: 'There are too many documents in this space: remove some first.' },
  'not-a-folder': { status: 422, title: 'This is no folder of the space, or it is within what is moved.' },
  'folder-not-empty': { status: 409, title: 'There are documents in this folder: move or remove them first.' },
  'upload-not-complete': { status: 409, title: 'Not all parts of the file have arrived: send those that are missing.' },
  'not-served': { status: 409, title: 'This file is not available: it is being scanned, or was found infected.' },
} as const satisfies ProblemTable
export const documentsProblem = problemsOf(documentsProblems)

const InSpace = z.object({ space: SpaceId })
const InEntry = z.object({ space: SpaceId, entry: TimeId })
const Folder = z.optional(TimeId)

/** Whoever is no pupil: what no scanner can look into is theirs alone. */
const adults = ['guardian', 'teacher', 'pupil-life', 'staff', 'head', 'administrator'] as const

export const documentsContract = contract({
  feature: 'documents',
  function: 'documents',
  problems: documentsProblems,
  board: documentsBoard,
  schemas: { Entry, FileVersion, LinkedEntry, Space, StoredFile, UploadState },
  routes: {
    spaces: route({
      kind: 'private',
      method: 'GET',
      path: '/api/documents/spaces',
      summary: 'One’s own space and those of one’s classes and groups, with how full they are.',
      callers: 'signed-in',
      within: 'self',
      reply: z.object({ items: z.array(Space) }),
    }),
    list: route({
      kind: 'private',
      method: 'GET',
      path: '/api/documents/spaces/{space}/entries',
      summary:
        'The documents and folders of a space, newest first: those directly in `folder`, or all whose names hold `name`.',
      callers: 'signed-in',
      within: relation('space'),
      params: InSpace,
      query: z.extend(PageQuery, {
        folder: Folder,
        name: z.optional(typedLine({ most: 100 })),
      }),
      reply: pageOf(LinkedEntry),
    }),
    trash: route({
      kind: 'private',
      method: 'GET',
      path: '/api/documents/spaces/{space}/trash',
      summary: 'What is in the trash of a space and one may restore. It goes 30 days after it was put there.',
      callers: 'signed-in',
      within: relation('space'),
      params: InSpace,
      query: PageQuery,
      reply: pageOf(Entry),
    }),
    entry: route({
      kind: 'private',
      method: 'GET',
      path: '/api/documents/spaces/{space}/entries/{entry}',
      summary: 'A document with its versions.',
      callers: 'signed-in',
      within: relation('space', 'entry'),
      params: InEntry,
      reply: z.extend(LinkedEntry, { history: z.array(FileVersion) }),
    }),
    unscanned: route({
      kind: 'private',
      method: 'GET',
      path: '/api/documents/spaces/{space}/entries/{entry}/unscanned',
      summary:
        'An address, good for some minutes, of a document that no scanner can look into: for adults, at their risk.',
      callers: adults,
      within: relation('space', 'entry'),
      params: InEntry,
      reply: z.object({ url: HostAddress }),
      problems: ['not-served'],
    }),
    announce: route({
      kind: 'upload',
      method: 'POST',
      reachesOthers: true,
      path: '/api/documents/spaces/{space}/uploads',
      summary:
        'Announce a file for a space, and get leave to put it. `replaces`: it becomes a new version of this document. ' +
        'The document exists once the file has arrived as announced.',
      callers: 'signed-in',
      within: relation('space', 'target'),
      params: InSpace,
      body: z.object({ name: GivenName, folder: Folder, replaces: z.optional(TimeId), file: FileAnnouncement }),
      status: 201,
      reply: z.object({ file: TimeId, upload: UploadGrant }),
      problems: ['file-too-large', 'space-full', 'not-a-folder', 'too-many-documents'],
    }),
    upload: route({
      kind: 'private',
      method: 'GET',
      path: '/api/documents/uploads/{file}',
      summary: 'How an upload of one’s own stands.',
      callers: 'signed-in',
      within: relation('upload'),
      params: z.object({ file: TimeId }),
      reply: UploadState,
    }),
    complete: route({
      kind: 'write',
      method: 'POST',
      repeatable: true,
      path: '/api/documents/uploads/{file}/completion',
      summary: 'Say that all parts of a file have been sent.',
      callers: 'signed-in',
      within: relation('upload'),
      params: z.object({ file: TimeId }),
      status: 200,
      reply: UploadState,
      problems: ['upload-not-complete'],
    }),
    cancel: route({
      kind: 'write',
      method: 'DELETE',
      path: '/api/documents/uploads/{file}',
      summary: 'Cancel an upload of one’s own that has not arrived.',
      callers: 'signed-in',
      within: relation('upload'),
      params: z.object({ file: TimeId }),
      status: 204,
      problems: ['conflict'],
    }),
    addFolder: route({
      kind: 'write',
      method: 'POST',
      reachesOthers: true,
      path: '/api/documents/spaces/{space}/folders',
      summary: 'Make a folder.',
      callers: 'signed-in',
      within: relation('space', 'target'),
      params: InSpace,
      body: z.object({ name: GivenName, folder: Folder }),
      status: 201,
      reply: Entry,
      problems: ['not-a-folder', 'too-many-documents'],
    }),
    change: route({
      kind: 'write',
      method: 'PATCH',
      reachesOthers: true,
      path: '/api/documents/spaces/{space}/entries/{entry}',
      summary: 'Rename a document or a folder, or move it to another folder; `folder` null: to the space itself.',
      callers: 'signed-in',
      within: relation('space', 'managed'),
      params: InEntry,
      body: z.object({ name: z.optional(GivenName), folder: z.optional(z.nullable(TimeId)) }),
      status: 200,
      reply: Entry,
      problems: ['not-a-folder', 'conflict'],
    }),
    copy: route({
      kind: 'write',
      method: 'POST',
      reachesOthers: true,
      path: '/api/documents/spaces/{space}/copies',
      summary: 'Place a copy of a document that one may read into a space.',
      callers: 'signed-in',
      within: relation('space', 'target', 'source'),
      params: InSpace,
      body: z.object({ from: SpaceId, entry: TimeId, folder: Folder }),
      status: 201,
      reply: Entry,
      problems: ['space-full', 'not-a-folder', 'not-served', 'too-many-documents', 'conflict'],
    }),
    remove: route({
      kind: 'write',
      method: 'DELETE',
      reachesOthers: true,
      path: '/api/documents/spaces/{space}/entries/{entry}',
      summary: 'Put a document, or a folder that is empty, into the trash.',
      callers: 'signed-in',
      within: relation('space', 'managed'),
      params: InEntry,
      status: 204,
      problems: ['folder-not-empty', 'conflict'],
    }),
    restore: route({
      kind: 'write',
      method: 'POST',
      reachesOthers: true,
      path: '/api/documents/spaces/{space}/entries/{entry}/return',
      summary: 'Take a document out of the trash; into the space itself if its folder is there no more.',
      callers: 'signed-in',
      within: relation('space', 'managed'),
      params: InEntry,
      status: 200,
      reply: Entry,
      problems: ['space-full', 'conflict'],
    }),
    restoreVersion: route({
      kind: 'write',
      method: 'POST',
      reachesOthers: true,
      path: '/api/documents/spaces/{space}/entries/{entry}/versions/{file}/return',
      summary:
        'Make an earlier version of a document the current one again. The one that was current is kept as an earlier one.',
      callers: 'signed-in',
      within: relation('space', 'managed'),
      params: z.extend(InEntry, { file: TimeId }),
      status: 200,
      reply: Entry,
      problems: ['space-full', 'not-served', 'conflict'],
    }),
  },
})
