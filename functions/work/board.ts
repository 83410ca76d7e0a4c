import { createHash } from 'node:crypto'
import { dayIn } from '../../shared/kernel/territory-day.ts'
import { type BoardPiece, workBoard } from '../../shared/work/board.ts'
import type { BoardCorrection } from '../../shared/work/correction.ts'
import { dayAfter } from '../../shared/work/rules.ts'
import { attachmentsFor } from '../documents/attachments.ts'
import { jsonBytes } from '../platform/boards/fitting.ts'
import { type PartOf, renderer } from '../platform/boards/renderer.ts'
import { mediaSecret } from '../platform/media.ts'
import { cursorOf, keyOf } from '../platform/pattern.ts'
import { platformPatterns } from '../platform/patterns.ts'
import type { Background } from '../platform/platform.ts'
import { deliveryAccess } from './access.ts'
import { linked } from './attachments.ts'
import { type PieceItem, type RowItem, workPatterns } from './patterns.ts'
import { aheadOf, pastOf } from './room.ts'

/** Rows read at a time: those of a class's window are some 150. */
const pageSize = 200

/** The rows of a notebook from a day on, the last day first, read consistently; and whether there are earlier ones. */
const rowsFrom = async ({ table }: Background<typeof deliveryAccess>, audience: string, from: string) => {
  const rows: RowItem[] = []
  let cursor: string | undefined
  do {
    const page = await table.list(
      workPatterns.rows,
      { audience },
      { limit: pageSize, cursor, newestFirst: true, consistent: true },
    )
    if (!page.ok) throw new Error('a page of a notebook was refused')
    const found = page.value.items.filter(({ day }) => day >= from)
    rows.push(...found)
    if (found.length < page.value.items.length) return { rows, hasEarlier: true }
    cursor = page.value.next
  } while (cursor !== undefined)
  return { rows, hasEarlier: false }
}

type Textual = RowItem & Pick<BoardPiece, 'file'> & { readonly correction?: Pick<BoardCorrection, 'file'> }

/** A correction as it stands on the board: it names the file of a long text. */
const withFile = ({ isLong: _, ...correction }: NonNullable<RowItem['correction']>, file: string | undefined) => ({
  ...correction,
  ...(file !== undefined && { file }),
})

/**
 * A row with its text, or the name of the file that holds it; undefined if the piece was taken back since the row was read:
 * the change of the row that follows renders the board again.
 */
const withText = async (
  { table }: Background<typeof deliveryAccess>,
  row: RowItem,
  part: PartOf<typeof workBoard>,
): Promise<Textual | undefined> => {
  const { correction: stored, ...rest } = row
  const gone = Symbol()
  const fileOf = (name: 'text' | 'correction', textOf: (piece: PieceItem) => string | undefined) =>
    part(name, `${row.id} ${row.version}`, async () => {
      const piece = await table.get(workPatterns.piece, { piece: row.id }, { consistent: true })
      const text = piece && piece.removedAt === undefined ? textOf(piece) : undefined
      if (text === undefined) throw gone
      return { text }
    })
  try {
    const [file, ofCorrection] = await Promise.all([
      row.hasText && row.text === undefined ? fileOf('text', ({ text }) => text) : undefined,
      stored?.isLong ? fileOf('correction', piece => piece.correction?.text) : undefined,
    ])
    return {
      ...rest,
      ...(file !== undefined && { file }),
      ...(stored && { correction: withFile(stored, ofCorrection) }),
    }
  } catch (error) {
    if (error === gone) return undefined
    throw error
  }
}

/** The secret of the addresses of files. */
const secretOf = async ({ table }: Background<typeof deliveryAccess>): Promise<string> => {
  const keys = await table.get(platformPatterns.keys, {})
  if (!keys) throw new Error('the territory has no keys yet')
  return mediaSecret(keys)
}

/** The file of some pieces, named by what is in it: there may be several, each of which stays while it does. */
const laterFile = (part: PartOf<typeof workBoard>, pieces: readonly BoardPiece[]): Promise<string> => {
  const content = { pieces: [...pieces] }
  const digest = createHash('sha256').update(JSON.stringify(content)).digest('base64url')
  return part('later', digest.slice(0, 16), async () => content)
}

/**
 * The board of a class's notebook: a week back and three ahead, as far as there is room, with the tasks after that in files
 * of their own and earlier days left to the API. The day is the territory's at the rendering; a class in which nothing is
 * set for some days has a board that reaches back further.
 */
export const workRenderer = renderer(deliveryAccess, {
  board: workBoard,
  rows: [workPatterns.row],
  empty: { pieces: [] },
  render: async (background, { audience, part }) => {
    const today = dayIn(background.now(), background.config.timeZone)
    const from = dayAfter(today, -workBoard.holds.daysBack)
    const { rows, hasEarlier } = await rowsFrom(background, audience, from)
    const texted = (await Promise.all(rows.map(row => withText(background, row, part)))).flatMap(row => row ?? [])
    const secret = rows.some(row => row.attachments ?? row.correction?.attachments) ? await secretOf(background) : ''
    const all = texted.map(
      ({ attachments, correction, ...row }): BoardPiece => ({
        ...row,
        ...(attachments && { attachments: attachmentsFor(secret, audience, attachments) }),
        ...(correction && { correction: linked(correction, files => attachmentsFor(secret, audience, files)) }),
      }),
    )
    const { ahead, files } = aheadOf(all, today)
    const [later, ...further] = await Promise.all(files.map(pieces => laterFile(part, pieces)))
    const before = (day: string) => cursorOf(keyOf(workPatterns.row, { audience, day, piece: '' }).sk)
    const named = { ...(later !== undefined && { later }), ...(further.length > 0 && { further }) }
    const frame = { pieces: ahead, ...named, next: before(today) }
    const { past, isCut } = pastOf(all, today, workBoard.holds.bytes - jsonBytes(frame))
    const pieces = [...ahead, ...past]
    const begin = before(pieces.at(-1)?.day ?? today)
    return { pieces, ...named, ...((hasEarlier || isCut) && { next: begin }) }
  },
})
