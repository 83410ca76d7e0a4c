import { documentsProblem } from '../../shared/documents/contract.ts'
import { cleanName } from '../../shared/kernel/file-name.ts'
import { timeId } from '../../shared/kernel/ids.ts'
import { problem } from '../../shared/kernel/problem.ts'
import { fail, ok } from '../../shared/kernel/result.ts'
import { partSize } from '../../shared/kernel/upload.ts'
import { due } from '../platform/due.ts'
import { put, remove } from '../platform/operation.ts'
import { dueOfFile } from './due.ts'
import { type Limits, mostEntries } from './limits.ts'
import { objectKeyOf } from './object-name.ts'
import { documentsPatterns, type FileItem } from './patterns.ts'
import { placerOf } from './placer.ts'
import { quotaOf } from './quota.ts'
import type { DocumentsPlatform, DocumentsRequest, MemberOf } from './relations.ts'
import { countSpace, readSpace, spaceOf } from './spaces.ts'
import type { StoredObjects, StoredPart } from './stored-objects.ts'

const targetOf = (space: MemberOf) => (space.kind === 'own' ? {} : { audience: space.audience, uai: space.uai })

/** The space that a file was announced for. */
export const spaceOfFile = ({ by, target }: Pick<FileItem, 'by' | 'target'>) =>
  target.audience === undefined ? spaceOf(`P:${by.id}`) : spaceOf(`A:${target.audience}`, target.uai)

/** What an announced file counts for in its space until it is there. */
export const reservedOf = ({ target }: Pick<FileItem, 'target'>) => ({
  bytes: target.reserved,
  entries: target.replaces === undefined ? 1 : 0,
})

/**
 * Announces a file: its room is counted at once, so that several at a time do not take the same. What is too large is
 * refused before a byte is sent. A new version counts for what it is larger than the current one.
 */
export const announce =
  (platform: DocumentsPlatform, limits: Limits, objects: Pick<StoredObjects, 'begin'>) =>
  async ({ body, caller, now, commit, related: { space, target } }: DocumentsRequest<'announce'>) => {
    const { table } = platform
    const { length, type, sha256, parts } = body.file
    const name = cleanName(body.name) ?? ''
    if (length > limits.largest)
      return fail(documentsProblem('file-too-large', { room: { needed: length, left: limits.largest } }))
    const [quota, filled, by] = await Promise.all([
      quotaOf(table, space, caller, limits),
      readSpace(table, space),
      placerOf(table, caller.person),
    ])
    const replaced = target.replaces?.file?.length ?? 0
    const reserved = Math.max(0, length - replaced)
    const room = { needed: length, left: Math.max(0, quota - filled.used) + replaced }
    const full = documentsProblem('space-full', { room })
    if (reserved > 0 && filled.used + reserved > quota) return fail(full)
    const replaces = target.replaces?.id
    if (replaces === undefined && filled.entries >= mostEntries) return fail(documentsProblem('too-many-documents'))
    const id = timeId(now)
    const uploadId = parts && (await objects.begin(id, type))
    const file: FileItem = {
      ...{ id, length, type, sha256, scan: 'waiting', by, state: 'announced', at: now.toISOString(), places: 0 },
      ...(parts && { parts, uploadId }),
      target: {
        ...targetOf(space),
        name,
        reserved,
        ...(target.folder !== undefined && { folder: target.folder }),
        ...(replaces !== undefined && { replaces }),
      },
    }
    return commit(
      [
        put('file', documentsPatterns.file, { file: id }, file, { absent: true }),
        countSpace(space, { ...reservedOf(file), quota, most: mostEntries }),
        ...due([], [dueOfFile(file)]),
      ],
      { file: id, objectKey: objectKeyOf({ id }), ...(uploadId && { uploadId }) },
      { refused: refused => (refused.includes('space') ? full : problem('conflict')) },
    )
  }

const stateOf = ({ id: file, state, reason, entry }: FileItem) => ({
  file,
  state,
  ...(reason && { reason }),
  ...(entry && { entry }),
})

/** How an upload stands. */
export const upload =
  () =>
  async ({ related: { upload: file } }: DocumentsRequest<'upload'>) =>
    ok(stateOf(file))

/** True if these are the parts that were announced, each of its length and SHA-256. */
const areAll = ({ length, parts = [] }: FileItem, sent: readonly StoredPart[]): boolean =>
  sent.length === parts.length &&
  sent.every(
    ({ number, ...part }, at) =>
      number === at + 1 && part.sha256 === parts[at] && part.length === Math.min(partSize, length - at * partSize),
  )

/** Makes one object of the parts. That it is there the bucket tells, as of a file put by one request. */
export const complete =
  (objects: Pick<StoredObjects, 'parts' | 'complete'>) =>
  async ({ related: { upload: file } }: DocumentsRequest<'complete'>) => {
    if (file.state !== 'announced' || file.uploadId === undefined) return ok(stateOf(file))
    const sent = await objects.parts(file.id, file.uploadId)
    // It was completed before, and the bucket has not told yet.
    if (!sent) return ok(stateOf(file))
    if (!areAll(file, sent)) return fail(documentsProblem('upload-not-complete'))
    await objects.complete(file.id, file.uploadId, sent)
    return ok(stateOf(file))
  }

/** Forgets a file that has not arrived, and gives its room back. What arrives all the same is deleted. */
export const cancel =
  (objects: Pick<StoredObjects, 'abort'>) =>
  async ({ related: { upload: file }, commit }: DocumentsRequest<'cancel'>) => {
    if (file.state === 'stored') return fail(problem('conflict'))
    const { bytes, entries } = reservedOf(file)
    const done = await commit(
      [
        remove('file', documentsPatterns.file, { file: file.id }, { is: { state: file.state } }),
        ...(file.state === 'announced'
          ? [countSpace(spaceOfFile(file), { bytes: -bytes, entries: -entries }), ...due([dueOfFile(file)], [])]
          : []),
      ],
      undefined,
    )
    if (done.ok && file.uploadId !== undefined) await objects.abort(file.id, file.uploadId)
    return done
  }
