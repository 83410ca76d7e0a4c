import type { Me } from '../../../shared/session/contract.ts'

/** Audiences by what is known of them to the last item. */
export type Whole = { readonly rows: ReadonlySet<string>; readonly notices: ReadonlySet<string> }

/**
 * Whether nothing is missing of what a child or a school is told (`of`), or of everything. Only then may be said that there is
 * nothing: of one child nothing is said because of what is known of another.
 */
export const isWholeOf = (
  { rows, notices }: Whole,
  audiences: Me['audiences'],
  of: string | undefined,
): { readonly rows: boolean; readonly notices: boolean } => {
  const concerned = audiences.filter(
    ({ uai, children = [] }) => of === undefined || uai === of || children.includes(of),
  )
  return {
    rows: concerned.every(({ id }) => rows.has(id)),
    notices: concerned.every(({ id }) => notices.has(id)),
  }
}
