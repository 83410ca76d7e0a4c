import * as z from 'zod/mini'
import { Count } from '../kernel/count.ts'
import { Instant } from '../kernel/dates.ts'
import { TimeId } from '../kernel/ids.ts'
import { typedLine } from '../kernel/typed.ts'

/**
 * What a teacher writes on a photo or a page of a PDF that was handed in: strokes, and remarks by number. It is kept beside the
 * file, which nobody changes. Decision: docs/decisions/0076-going-through-hand-ins.md
 */

/**
 * The most strokes and points of one photo or page, points of one stroke, remarks, characters (code points) of a remark, photos
 * and pages of one hand-in that are written on, and the last page of a PDF that can be. As a request 6,000 points are 60 KB, of
 * the 128 KB that one may have; 40 of them are 2.4 MB of the 6 MB that a reply may have.
 */
export const drawingLimits = {
  ...{ strokes: 300, points: 6_000, strokePoints: 600, remarks: 20, remark: 300 },
  ...{ drawn: 40, page: 200 },
} as const

/** Positions go from 0 to this, across the photo or page and down it, whatever its size. */
export const drawingSide = 9_999

/** The colours of the pen. */
export const inks = ['red', 'green', 'blue'] as const
export type Ink = (typeof inks)[number]

const Position = z.int().check(z.minimum(0), z.maximum(drawingSide))

/** A line drawn in one go. `points`: across and down, one after the other. */
export const Stroke = z.object({
  ink: z.enum(inks),
  points: z.array(Position).check(
    z.minLength(2),
    z.maxLength(2 * drawingLimits.strokePoints),
    z.refine(points => points.length % 2 === 0, 'must hold positions across and down in pairs'),
  ),
})
export type Stroke = z.infer<typeof Stroke>

/** Words at a place of the photo or page. Readers find them by their number, which is their place in the list. */
export const Remark = z.object({ x: Position, y: Position, text: typedLine({ most: drawingLimits.remark }) })
export type Remark = z.infer<typeof Remark>

const drawn = {
  strokes: z.array(Stroke).check(
    z.maxLength(drawingLimits.strokes),
    z.refine(
      strokes => strokes.reduce((sum, { points }) => sum + points.length, 0) <= 2 * drawingLimits.points,
      `must hold ${drawingLimits.points} points at most`,
    ),
  ),
  remarks: z.array(Remark).check(z.maxLength(drawingLimits.remarks)),
}

/** What is written on one photo or page. Both lists empty: nothing is, or it was taken away. */
export const Drawn = z.object(drawn)
export type Drawn = z.infer<typeof Drawn>

/** A page of a PDF, the first is 1. */
export const DrawnPage = z.int().check(z.minimum(1), z.maximum(drawingLimits.page))

/**
 * What a teacher sends of one photo or page, as drawn at `at`: of two the later one counts, whichever comes first. `page`: of
 * a PDF, and of nothing else.
 */
export const SentDrawing = z.object({ page: z.optional(DrawnPage), ...drawn, at: Instant })
export type SentDrawing = z.infer<typeof SentDrawing>

/** What is written on a file of a version, or a page of it. */
export const Drawing = z.object({ version: TimeId, file: TimeId, page: z.optional(DrawnPage), ...drawn, at: Instant })
export type Drawing = z.infer<typeof Drawing>

/**
 * That a drawing is saved. `at`: of the one that stands. `stands`: what that is, if it was drawn later than what was sent.
 * `drawings`: how often the pupil's photos were drawn on.
 */
export const SavedDrawing = z.object({ at: Instant, drawings: Count, stands: z.optional(Drawn) })
export type SavedDrawing = z.infer<typeof SavedDrawing>

/** True of files that are written on page by page. */
export const hasPages = (type: string): boolean => type === 'application/pdf'

/** True of files that can be written on: pictures that browsers show, and PDFs. */
export const isDrawable = (type: string): boolean => hasPages(type) || /^image\/(gif|jpeg|png|webp)$/.test(type)
