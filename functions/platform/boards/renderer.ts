import type * as z from 'zod/mini'
import type { Board } from '../../../shared/kernel/board.ts'
import type { Access } from '../access.ts'
import type { ItemPattern } from '../pattern.ts'
import type { Background } from '../platform.ts'

/**
 * Names a further file of a board, making it unless it is there.
 * @param key what is in it: the same key means the same content, which is then not made again. Undefined: made each time.
 */
export type PartOf<Of extends Board> = <Part extends keyof Of['parts'] & string>(
  part: Part,
  key: string | undefined,
  content: () => Promise<z.output<Of['parts'][Part]>>,
) => Promise<string>

/** Rows that stand in a board: their keys name the audience, and they know their school. */
export type BoardRow = ItemPattern & {
  readonly pk: `${string}{audience}${string}`
  readonly item: z.core.$ZodObject<{ readonly uai: z.core.$ZodType<string> }>
}

/** How a feature's board of one audience is made. */
export type BoardRenderer<Of extends Board = Board, Uses extends Access = Access> = {
  readonly board: Of
  /** The rows that boards are made of: when one changes, its audience's board is rendered. */
  readonly rows: readonly BoardRow[]
  /**
   * The board's content from the rows as they are now, read consistently. Given the same rows and the same day of the
   * territory it must be the same, whoever renders and however often. A later instant may only move what time has moved: a
   * notice that has ended, a day that a notebook no longer shows. What is left out for that reason stays on a board until
   * something renders it again, so that nothing may rest on its being gone.
   */
  readonly render: (
    background: Background<Uses>,
    request: { readonly audience: string; readonly part: PartOf<Of> },
  ) => Promise<z.output<Of['schema']>>
  /** The content of a board in which nothing stands. None is made for an audience that never had one. */
  readonly empty: z.output<Of['schema']>
}

/** Declares how a board is made. */
export const renderer = <const Of extends Board, Uses extends Access>(
  _access: Uses,
  declared: BoardRenderer<Of, Uses>,
): BoardRenderer => declared as unknown as BoardRenderer
