import type { Attachment } from '../../shared/kernel/attachment.ts'
import { ok } from '../../shared/kernel/result.ts'
import { audienceId } from '../directory/audiences.ts'
import { attachmentsFor, attachmentsOf, type HungAttachment } from '../documents/attachments.ts'
import { mediaSecret } from '../platform/media.ts'
import { linked } from './attachments.ts'
import { type RowItem, workPatterns } from './patterns.ts'
import type { WorkPlatform, WorkRequest } from './relations.ts'
import { setPiece, setSummary } from './set-piece.ts'
import { tickedBy } from './ticked-by.ts'

/** Pieces of one page: two days of a class. */
const pageSize = 20

type PageOf = {
  readonly params: { readonly audience: string }
  readonly query: { readonly cursor?: string | undefined }
}

/**
 * A page of a notebook with its texts: one Query, and the longer texts. Consistent, since the edge keeps the answer beside a
 * board that was rendered from consistent rows.
 */
const notebook = async (
  table: WorkPlatform['table'],
  { params: { audience }, query: { cursor } }: PageOf,
  keep: (row: RowItem) => boolean = () => true,
) => {
  const page = await table.list(
    workPatterns.rows,
    { audience },
    { limit: pageSize, cursor, newestFirst: true, consistent: true, keep },
  )
  if (!page.ok) return page
  const { items, next } = page.value
  const long = items.filter(row => (row.hasText && row.text === undefined) || row.correction?.isLong)
  const found = await table.getMany(
    workPatterns.piece,
    long.map(({ id: piece }) => ({ piece })),
    { consistent: true },
  )
  const texts = new Map(
    long.map(({ id }, at) => [id, { text: found[at]?.text, corrected: found[at]?.correction?.text }]),
  )
  const rows = items.map(({ correction, ...row }) => {
    const text = row.text ?? texts.get(row.id)?.text
    const corrected = correction?.text ?? texts.get(row.id)?.corrected
    return {
      ...row,
      ...(text !== undefined && { text }),
      ...(correction && { correction: { ...correction, ...(corrected !== undefined && { text: corrected }) } }),
    }
  })
  return ok({ items: rows, ...(next !== undefined && { next }) })
}

/** A page with the addresses of its files. */
const withFiles = <Row extends RowItem, More extends object>(
  page: More & { readonly items: readonly Row[] },
  filesOf: (attachments: readonly HungAttachment[]) => Attachment[],
) => ({
  ...page,
  items: page.items.map(({ attachments, correction, ...row }) => ({
    ...row,
    ...(attachments && { attachments: filesOf(attachments) }),
    ...(correction && { correction: linked(correction, filesOf) }),
  })),
})

/** The notebook of a class, alike for everybody in it. */
export const list =
  ({ table, keys }: WorkPlatform) =>
  async (request: Pick<WorkRequest<'list'>, 'params' | 'query'>) => {
    const page = await notebook(table, request)
    if (!page.ok) return page
    const secret = mediaSecret(await keys.current())
    return ok(withFiles(page.value, files => attachmentsFor(secret, request.params.audience, files)))
  }

/**
 * The notebook of a class or group of a past year, as far as it was published before the reader left it, with addresses of
 * files that are good for them alone: the edge knows nobody of that class any more.
 */
export const closedList =
  ({ table, keys }: WorkPlatform) =>
  async ({ params, query, caller, now, related: { closed } }: WorkRequest<'closedList'>) => {
    const page = await notebook(table, { params, query }, ({ publishedAt }) => publishedAt <= closed.until)
    if (!page.ok) return page
    const secret = mediaSecret(await keys.current())
    // A correction that was given, or changed, afterwards was not for them.
    const items = page.value.items.map(({ correction, ...row }) => ({
      ...row,
      ...(correction && correction.at <= closed.until && { correction }),
    }))
    return ok(withFiles({ ...page.value, items }, files => attachmentsOf(secret, caller.person, now, files)))
  }

/** What a pupil, or each of some children, ticked: the loader read it beside the proof. */
export const state =
  () =>
  async ({ related: { followed } }: WorkRequest<'state'>) =>
    ok({ items: [...followed] })

/** What one set for the days of a week: one Query. */
export const mine =
  ({ table }: WorkPlatform) =>
  async ({ caller, query: { week }, now }: WorkRequest<'mine'>) => {
    const rows = await table.all(workPatterns.ofAuthor, { author: caller.person, week })
    return ok({ items: rows.reverse().map(row => setSummary(row, now)) })
  }

/** A piece with its text, and the pupils who ticked it, as the caller may know them, in the order of lists. */
export const piece =
  ({ table, keys }: WorkPlatform) =>
  async ({ caller, now, related: { followedPiece } }: WorkRequest<'piece'>) => {
    const { piece: item, ticks, pupils } = followedPiece
    const held = await keys.current()
    const ofPupil = new Map(ticks.filter(({ done }) => done).map(({ person, at }) => [person, at]))
    const { attachments: hung, correction } = item
    const link = (files: readonly HungAttachment[]) => attachmentsOf(mediaSecret(held), caller.person, now, files)
    const attachments = hung && link(hung)
    return ok({
      ...setPiece(item, ofPupil.size, now),
      ...(attachments && { attachments }),
      ...(correction && { correction: linked(correction, link) }),
      ticked: pupils ? await tickedBy(table, pupils, ofPupil) : [],
    })
  }

/** The audiences whose notebook a class's or group's is: its pupils, and their guardians. */
export const audiencesOf = (group: string): readonly string[] => [
  audienceId('class', group),
  audienceId('class-guardians', group),
]
