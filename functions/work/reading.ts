import { byName } from '../../shared/kernel/names.ts'
import { ok } from '../../shared/kernel/result.ts'
import type { TickedBy } from '../../shared/work/shapes.ts'
import { audienceId } from '../directory/audiences.ts'
import { attachmentsFor, attachmentsOf, type HungAttachment } from '../documents/attachments.ts'
import { mediaSecret } from '../platform/media.ts'
import { linked } from './attachments.ts'
import { workPatterns } from './patterns.ts'
import type { WorkPlatform, WorkRequest } from './relations.ts'
import { setPiece, setSummary } from './set-piece.ts'

/** Pieces of one page: two days of a class. */
const pageSize = 20

/**
 * The notebook of a class, with texts: one Query, and the longer texts. Consistent, since the edge keeps the answer beside a
 * board that was rendered from consistent rows.
 */
export const list =
  ({ table, keys }: WorkPlatform) =>
  async ({ params: { audience }, query: { cursor } }: Pick<WorkRequest<'list'>, 'params' | 'query'>) => {
    const page = await table.list(
      workPatterns.rows,
      { audience },
      { limit: pageSize, cursor, newestFirst: true, consistent: true },
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
      long.map(({ id }, at) => [id, { text: found[at]?.text, correction: found[at]?.correction?.text }]),
    )
    const secret = mediaSecret(await keys.current())
    return ok({
      items: items.map(({ attachments, correction, ...row }) => {
        const text = row.text ?? texts.get(row.id)?.text
        const ofCorrection = correction?.text ?? texts.get(row.id)?.correction
        return {
          ...row,
          ...(text !== undefined && { text }),
          ...(attachments && { attachments: attachmentsFor(secret, audience, attachments) }),
          ...(correction && {
            correction: {
              ...linked(correction, files => attachmentsFor(secret, audience, files)),
              ...(ofCorrection !== undefined && { text: ofCorrection }),
            },
          }),
        }
      }),
      ...(next !== undefined && { next }),
    })
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

/** A piece with its text, and the pupils of its class who ticked it, as the caller may know them, in the order of lists. */
export const piece =
  ({ table, keys }: WorkPlatform) =>
  async ({ caller, now, related: { piece: item, pupils } }: WorkRequest<'piece'>) => {
    const [held, ticks] = await Promise.all([
      keys.current(),
      table.all(workPatterns.ticksOf, { piece: item.id }, { consistent: true }),
    ])
    const ofPupil = new Map(ticks.filter(({ done }) => done).map(({ person, at }) => [person, at]))
    const ticked = pupils.flatMap(({ person: id, givenName, familyName }): TickedBy[] => {
      const at = ofPupil.get(id)
      return at === undefined ? [] : [{ id, givenName, familyName, at }]
    })
    const { attachments: hung, correction } = item
    const link = (files: readonly HungAttachment[]) => attachmentsOf(mediaSecret(held), caller.person, now, files)
    const attachments = hung && link(hung)
    return ok({
      ...setPiece(item, ofPupil.size, now),
      ...(attachments && { attachments }),
      ...(correction && { correction: linked(correction, link) }),
      ticked: ticked.sort(byName),
    })
  }

/** The audiences whose notebook a class's or group's is: its pupils, and their guardians. */
export const audiencesOf = (group: string): readonly string[] => [
  audienceId('class', group),
  audienceId('class-guardians', group),
]
