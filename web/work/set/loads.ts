import type { ReaderPiece } from '../data/pieces.ts'

/** Expected minutes of what a class has to do for a day already, and of which subjects. */
export type ClassLoad = {
  readonly minutes: number
  readonly of: readonly { readonly subject: string; readonly minutes: number }[]
}

/** What a class has for a day, by its notebook. `without`: a piece that is being changed. */
export const classLoad = (pieces: readonly ReaderPiece[], group: string, day: string, without?: string): ClassLoad => {
  const of = pieces
    .filter(piece => piece.kind === 'task' && piece.group.id === group && piece.day === day && piece.id !== without)
    .map(({ subject, minutes = 0 }) => ({ subject, minutes }))
  return { minutes: of.reduce((sum, { minutes }) => sum + minutes, 0), of }
}
