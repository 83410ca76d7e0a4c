import { type Board, boardPath, type IndexRole, indexPath } from '../../../shared/kernel/board.ts'
import type { Failure } from '../failure.ts'
import { isTooNew, readableFile } from './board-names.ts'
import type { BoardState } from './cached-boards.ts'

/** Who reads: the indexes that list the person's audiences, and the audiences. */
export type BoardReader = {
  readonly indexes: readonly { readonly uai: string; readonly role: IndexRole }[]
  readonly audiences: readonly { readonly id: string; readonly uai: string }[]
}

/** A reader's audience. */
export type ReaderAudience = BoardReader['audiences'][number]

/** Why something is not here, as the last attempt ended. */
export type Missed = 'gone' | Failure

/** What is known of an audience's board. */
export type BoardStatus =
  /** `path`: of the file to show, which this device holds; perhaps of an earlier state than the index names. */
  | { readonly state: 'shown'; readonly path: string }
  /** Nothing is published. */
  | { readonly state: 'none' }
  | { readonly state: 'waiting' }
  /** There is no index, or not the file that it names, or in no shape that this version reads: the API knows. */
  | { readonly state: 'missing' }
  | { readonly state: 'failed'; readonly failure: Failure }

/** What a status is made of. */
export type Facts = {
  readonly reader: BoardReader
  readonly state: BoardState
  /** By path: of indexes and of files. */
  readonly missed: ReadonlyMap<string, Missed>
  /** True if the file is cached, and this version can read it. */
  readonly isReadable: (board: Board, path: string) => boolean
}

/** The paths of the indexes that may list an audience of the school. */
export const indexPathsOf = (reader: BoardReader, uai: string): readonly string[] =>
  reader.indexes.filter(one => one.uai === uai).map(one => indexPath(one.uai, one.role))

/**
 * The names of the boards' files of an audience; undefined while no index lists it. Of several indexes the one that was
 * confirmed last counts: another may be an old copy.
 */
export const namesOf = (
  { reader, state }: Pick<Facts, 'reader' | 'state'>,
  audience: ReaderAudience,
): readonly string[] | undefined =>
  indexPathsOf(reader, audience.uai)
    .flatMap(path => state.indexes[path] ?? [])
    .sort((a, b) => b.confirmedAt - a.confirmedAt)
    .flatMap(({ index }) => index.audiences.filter(({ id }) => id === audience.id))[0]?.boards

/** The key of a board in BoardState.shown. */
export const shownKey = (audience: string, service: string): string => `${audience}/${service}`

/** The path of the file that the index names for an audience's board, if this version of the app reads its shape. */
export const namedPath = (facts: Pick<Facts, 'reader' | 'state'>, board: Board, audience: ReaderAudience) => {
  const file = readableFile(board, namesOf(facts, audience) ?? [])
  return file === undefined ? undefined : boardPath(audience.id, file)
}

/** True if the school's indexes are known and none names a board of the service for the audience. */
export const isUnpublished = (
  { reader, state, missed }: Pick<Facts, 'reader' | 'state' | 'missed'>,
  service: string,
  audience: ReaderAudience,
): boolean => {
  const paths = indexPathsOf(reader, audience.uai)
  const isKnown = (path: string) => state.indexes[path] !== undefined
  return (
    paths.some(isKnown) &&
    paths.every(path => isKnown(path) || missed.get(path) === 'gone') &&
    !namesOf({ reader, state }, audience)?.some(name => name.startsWith(`${service}.`))
  )
}

const ofMissed = (missed: Missed | undefined): BoardStatus => {
  if (missed === undefined) return { state: 'waiting' }
  return missed === 'gone' ? { state: 'missing' } : { state: 'failed', failure: missed }
}

/** What is known of an audience's board, and which file to show. */
export const statusOf = (facts: Facts, board: Board, audience: ReaderAudience): BoardStatus => {
  const { reader, state, missed, isReadable } = facts
  const path = namedPath(facts, board, audience)
  if (path !== undefined && isReadable(board, path)) return { state: 'shown', path }
  if (isUnpublished(facts, board.service, audience)) return { state: 'none' }
  const before = state.shown[shownKey(audience.id, board.service)]
  if (before !== undefined && isReadable(board, before)) return { state: 'shown', path: before }
  if (path !== undefined) return ofMissed(missed.get(path))
  if (isTooNew(board, namesOf(facts, audience) ?? [])) return { state: 'missing' }
  const unknown = indexPathsOf(reader, audience.uai).filter(one => state.indexes[one] === undefined)
  const asked = unknown.map(one => missed.get(one))
  const undecided = asked.find(one => one !== 'gone')
  return asked.includes(undefined) ? { state: 'waiting' } : ofMissed(undecided ?? 'gone')
}
