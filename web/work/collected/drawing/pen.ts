import { drawingLimits, drawingSide, type Stroke } from '../../../../shared/work/drawing.ts'

/** A place on a photo: across and down. */
export type Place = readonly [x: number, y: number]

/** What the hand cannot see, in positions: a point nearer than this to the line without it is left out. */
const tolerance = 8
/** How near to a stroke the eraser is, in positions. */
const reach = 160

/** The place under a pointer, on a photo that is shown in this rectangle. */
export const placeIn = (
  { left, top, width, height }: Pick<DOMRect, 'left' | 'top' | 'width' | 'height'>,
  { clientX, clientY }: Pick<PointerEvent, 'clientX' | 'clientY'>,
): Place => {
  const position = (part: number) => Math.round(Math.min(1, Math.max(0, part)) * drawingSide)
  return [position((clientX - left) / width), position((clientY - top) / height)]
}

/** How far a place is from the line between two others. */
const distance = ([x, y]: Place, [ax, ay]: Place, [bx, by]: Place): number => {
  const [dx, dy] = [bx - ax, by - ay]
  const length = dx * dx + dy * dy
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length))
  return Math.hypot(x - ax - along * dx, y - ay - along * dy)
}

/** A line without the points that nobody would miss (Douglas and Peucker, 1973). */
export const thinned = (line: readonly Place[]): Place[] => {
  const [first, last] = [line[0], line[line.length - 1]]
  if (!first || !last || line.length < 3) return [...line]
  let [farthest, at] = [0, 0]
  for (const [index, place] of line.entries()) {
    const away = distance(place, first, last)
    if (away > farthest) [farthest, at] = [away, index]
  }
  if (farthest <= tolerance) return [first, last]
  return [...thinned(line.slice(0, at + 1)).slice(0, -1), ...thinned(line.slice(at))]
}

/** A line as strokes: a very long one is several, each of which begins where the one before ends. */
export const strokesOf = (ink: Stroke['ink'], line: readonly Place[]): Stroke[] => {
  const kept = thinned(line)
  const strokes: Stroke[] = []
  for (let at = 0; at === 0 || at < kept.length - 1; at += drawingLimits.strokePoints - 1)
    strokes.push({ ink, points: kept.slice(at, at + drawingLimits.strokePoints).flat() })
  return strokes
}

/** True if strokes are no more than one photo may have. */
export const haveRoom = (strokes: readonly Stroke[]): boolean =>
  strokes.length <= drawingLimits.strokes &&
  strokes.reduce((sum, { points }) => sum + points.length / 2, 0) <= drawingLimits.points

const pairs = (points: readonly number[]): Place[] =>
  Array.from({ length: points.length / 2 }, (_, at) => [points[2 * at] ?? 0, points[2 * at + 1] ?? 0])

/** The strokes without those that the eraser touches at a place. */
export const erased = (strokes: readonly Stroke[], place: Place): Stroke[] =>
  strokes.filter(({ points }) => {
    const line = pairs(points)
    return !line.some((one, at) => distance(place, line[Math.max(0, at - 1)] ?? one, one) <= reach)
  })
