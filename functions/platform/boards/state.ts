import { createHmac } from 'node:crypto'
import type { Board } from '../../../shared/kernel/board.ts'
import { hour, minute } from '../../../shared/kernel/dates.ts'
import { base32 } from '../../../shared/kernel/ids.ts'
import type { BoardItem } from '../patterns.ts'

/*
 * The files of a board over time. A file is noted in `putting` before it is put; then it is current, or in `retired`, or in
 * `deleted`. A name that is in one of the last two lists is not given again, so that whoever deletes a retired file can never
 * delete a current one. One in `putting` may still become current: it is retired before it is deleted.
 */

/** Characters of a name: 65 bits. */
const nameLength = 13
/** Names tried for one that is current already: a content that returned this often within an hour gets another one. */
const mostSalts = 16
/** Milliseconds for which a superseded file is kept, for devices that read the index just before. */
export const retiredLifetime = 5 * minute * 1000
/**
 * Milliseconds after which a name is noted again before its file is put. It is shorter than what the clock waits for before
 * it retires such a name, by more than an invocation of delivery lasts: no file is put after its name was deleted.
 */
const notedLifetime = minute * 1000
/** Milliseconds for which a deleted name is not used again: longer than any request that may still delete it. */
const deletedLifetime = hour * 1000

/** A file to be named: which part of the board it is (`board`: the board itself), and its content. */
export type Unnamed = { readonly part: string; readonly body: string }

/** The names that are not given again: those of files that are to be deleted, or were deleted lately. */
export const takenNames = (state: BoardItem | undefined): ReadonlySet<string> =>
  new Set([...(state?.retired ?? []), ...(state?.deleted ?? [])].map(({ file }) => file))

/**
 * Names files by an HMAC of audience, part, shape and content. A content whose name is taken gets another one; one that is
 * current keeps its name.
 * @param secret of the territory: without it nobody can guess or compare names.
 */
export const naming =
  (board: Board, audience: string, secret: string, taken: ReadonlySet<string>) =>
  ({ part, body }: Unnamed, current: string | undefined): string => {
    const prefix = `${board.service}${part === 'board' ? '' : `-${part}`}.${board.shape}.`
    let free: string | undefined
    for (let salt = 0; salt < mostSalts || free === undefined; salt++) {
      const mac = createHmac('sha256', secret).update(JSON.stringify([audience, part, board.shape, salt, body]))
      const file = prefix + base32(mac.digest(), nameLength)
      if (file === current) return file
      if (!taken.has(file)) free ??= file
    }
    return free
  }

const filesOf = (state: Pick<BoardItem, 'file' | 'parts'> | undefined): readonly string[] =>
  state ? [state.file, ...Object.values(state.parts)] : []

const youngerThan = (age: number, now: Date) => (one: { readonly at: string }) =>
  now.getTime() - Date.parse(one.at) < age

/** What a rendering decides of a board's state. */
export type Current = Omit<BoardItem, 'retired' | 'deleted' | 'putting' | 'version'>

/** The names among these that are to be noted in `putting`, since they are not, or not lately. */
export const unnoted = (state: BoardItem, files: Iterable<string>, now: Date): readonly string[] => {
  const noted = new Set((state.putting ?? []).filter(youngerThan(notedLifetime, now)).map(({ file }) => file))
  return [...files].filter(file => !noted.has(file))
}

/** `putting` with further names, or noted anew. */
export const withNoted = (state: BoardItem, files: readonly string[], now: Date): NonNullable<BoardItem['putting']> => [
  ...(state.putting ?? []).filter(({ file }) => !files.includes(file)),
  ...files.map(file => ({ file, at: now.toISOString() })),
]

/**
 * The state after a rendering. What was current and is not any more is retired, and so is what this or another rendering
 * put, or was about to put, and did not become current: that other one is refused, and names its files anew.
 */
export const renderedState = (before: BoardItem | undefined, current: Current, now: Date): BoardItem => {
  const taken = new Set([...filesOf(current), ...takenNames(before)])
  const put = (before?.putting ?? []).map(({ file }) => file)
  const left = new Set([...filesOf(before), ...put].filter(file => !taken.has(file)))
  const at = now.toISOString()
  return {
    ...current,
    retired: [...(before?.retired ?? []), ...[...left].map(file => ({ file, at }))],
    deleted: (before?.deleted ?? []).filter(youngerThan(deletedLifetime, now)),
    version: (before?.version ?? 0) + 1,
  }
}

/**
 * The lists of a state whose rendering noted files and then ended: what is old enough of `putting` and did not become
 * current is retired. Undefined if there is none.
 */
export const withAbandoned = (
  state: BoardItem,
  now: Date,
): { readonly retired: BoardItem['retired']; readonly putting: NonNullable<BoardItem['putting']> } | undefined => {
  const { putting = [] } = state
  const old = putting.filter(one => !youngerThan(retiredLifetime, now)(one))
  if (old.length === 0) return undefined
  const taken = new Set([...filesOf(state), ...takenNames(state)])
  return {
    retired: [...state.retired, ...old.filter(({ file }) => !taken.has(file))],
    putting: putting.filter(one => !old.includes(one)),
  }
}

/** The superseded files of a board that are old enough to be deleted. */
export const deletable = ({ retired }: BoardItem, now: Date): readonly string[] =>
  retired.filter(one => !youngerThan(retiredLifetime, now)(one)).map(({ file }) => file)

/** The lists of a state once some of its retired files are deleted. */
export const afterDeletion = (
  { retired, deleted }: BoardItem,
  files: readonly string[],
  now: Date,
): Pick<BoardItem, 'retired' | 'deleted'> => {
  const at = now.toISOString()
  return {
    retired: retired.filter(({ file }) => !files.includes(file)),
    deleted: [...deleted.filter(youngerThan(deletedLifetime, now)), ...files.map(file => ({ file, at }))],
  }
}
