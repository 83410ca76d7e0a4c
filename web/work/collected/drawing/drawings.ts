import * as z from 'zod/mini'
import { Count } from '../../../../shared/kernel/count.ts'
import { randomId } from '../../../../shared/kernel/ids.ts'
import { ok } from '../../../../shared/kernel/result.ts'
import { isBlank } from '../../../../shared/kernel/text.ts'
import { workContract } from '../../../../shared/work/contract.ts'
import { type Drawing, Drawn, SentDrawing } from '../../../../shared/work/drawing.ts'
import type { CollectedHandIn } from '../../../../shared/work/hand-in.ts'
import { call } from '../../../platform/api.ts'
import { isSaved, type Made, openedOnce, openUnsaved } from '../unsaved.ts'

/** What is drawn on a photo here: as it is sent, but for remarks that are being typed. */
const Remark = z.object({ x: z.number(), y: z.number(), text: z.string() })
const DrawnHere = z.object({
  strokes: Drawn.shape.strokes,
  remarks: z.array(Remark),
  at: SentDrawing.shape.at,
  /** How often the pupil's photos were drawn on, when it was saved. */
  drawings: z.optional(Count),
})
type DrawnHere = z.infer<typeof DrawnHere>

/** A photo of a version of a pupil's, or a page of a PDF. */
export type PhotoOf = {
  readonly pupil: string
  readonly version: string
  readonly file: string
  readonly page?: number | undefined
}

/** Takes what is drawn on a photo of the pupil who is on the screen. */
export type OnDraw = (photo: Omit<PhotoOf, 'pupil'>, drawn: Drawn) => void

/** What was drawn on photos, by their names. */
export type Drawings = ReadonlyMap<string, Made<DrawnHere>>

/** Milliseconds without a stroke after which it is saved: each time the whole photo's. */
const pause = 1_500

/** The name of a photo among all of an assignment. */
const nameOf = ({ pupil, version, file, page }: PhotoOf): string =>
  [pupil, version, file, ...(page === undefined ? [] : [page])].join(' ')

const isOf = (pupil: string) => (name: string) => name.startsWith(`${pupil} `)

const openDrawings = (person: string, piece: string) => {
  const drawings = openUnsaved<DrawnHere>({
    key: `preau.work.drawings.${person}.${piece}`,
    schema: DrawnHere,
    pause,
    send: async (name, { strokes, remarks, at }) => {
      const [pupil = '', version = '', file = '', page] = name.split(' ')
      const said = remarks.filter(({ text }) => !isBlank(text))
      const reply = await call(
        workContract.routes.draw,
        {
          params: { piece, pupil, version, file },
          body: { ...(page !== undefined && { page: Number(page) }), strokes, remarks: said, at },
        },
        { key: randomId() },
      )
      if (!reply.ok) return reply
      const { stands, drawings: count, at: savedAt } = reply.value
      // A remark that is still empty stays here.
      return ok({ ...(stands ?? { strokes, remarks }), at: savedAt, drawings: count })
    },
  })
  return {
    ...drawings,
    /** Takes what is drawn on a photo now. */
    draw: (of: PhotoOf, { strokes, remarks }: Drawn): void =>
      drawings.make(nameOf(of), at => ({ strokes, remarks, at })),
    /** Saves at once what was drawn on a pupil's photos. */
    leavePupil: (pupil: string): void => drawings.leave(isOf(pupil)),
  }
}

/** What a teacher draws on the photos of one assignment. */
export const drawingsOf = openedOnce(openDrawings)

const madeOf = (drawings: Drawings, pupil: string): Made<DrawnHere>[] =>
  [...drawings].flatMap(([name, made]) => (isOf(pupil)(name) ? [made] : []))

/** What is on a photo: as it was drawn here, else as the API has it. */
export const drawnOn = (photo: PhotoOf, drawings: Drawings, stored: readonly Drawing[]): Drawn =>
  drawings.get(nameOf(photo)) ??
  stored.find(({ version, file, page }) => version === photo.version && file === photo.file && page === photo.page) ?? {
    strokes: [],
    remarks: [],
  }

/** True if the API has all that was drawn for a pupil. */
export const areSaved = (drawings: Drawings, pupil: string): boolean => madeOf(drawings, pupil).every(isSaved)

/** What was last drawn for a pupil; undefined if nothing was here. */
export const lastDrawn = (drawings: Drawings, pupil: string): Made<DrawnHere> | undefined =>
  madeOf(drawings, pupil).sort((a, b) => (a.at < b.at ? 1 : -1))[0]

/** How often the API says that a pupil's photos were drawn on; undefined: never. */
export const timesDrawn = (
  drawings: Drawings,
  { id, drawings: known }: Pick<CollectedHandIn, 'id' | 'drawings'>,
): number | undefined => {
  const counts = [known ?? 0, ...madeOf(drawings, id).map(one => one.drawings ?? 0)]
  return Math.max(...counts) || undefined
}
