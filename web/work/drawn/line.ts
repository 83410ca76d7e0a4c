import { drawingSide } from '../../../shared/work/drawing.ts'

/** How high a photo is, of a width of 1. */
export type Aspect = number

type Place = readonly [x: number, y: number]

/** The places of a stroke on a photo that is as wide as positions go. */
const placesOf = (points: readonly number[], aspect: Aspect): Place[] =>
  Array.from({ length: points.length / 2 }, (_, at) => [points[2 * at] ?? 0, (points[2 * at + 1] ?? 0) * aspect])

const shown = ([x, y]: Place): string => `${Math.round(x)} ${Math.round(y)}`
const between = ([ax, ay]: Place, [bx, by]: Place): Place => [(ax + bx) / 2, (ay + by) / 2]

/**
 * The path of a stroke as SVG draws it: curves through the middles between points, with the points as their handles, so that
 * a line looks as smooth as it was drawn.
 */
export const pathOf = (points: readonly number[], aspect: Aspect): string => {
  const places = placesOf(points, aspect)
  const [first = [0, 0], ...rest] = places
  const last = places[places.length - 1] ?? first
  // A dot: a line of no length has round ends.
  if (rest.length < 2) return `M${shown(first)}L${shown(last)}`
  const curves = rest
    .slice(0, -1)
    .map((place, at) => `Q${shown(place)} ${shown(between(place, rest[at + 1] ?? place))}`)
  return `M${shown(first)}${curves.join('')}L${shown(last)}`
}

/** The view box of what is drawn on a photo. */
export const viewBoxOf = (aspect: Aspect): string => `0 0 ${drawingSide} ${Math.round(drawingSide * aspect)}`
