import { onlineManager } from '@tanstack/react-query'
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import type * as z from 'zod/mini'
import { type Board, boardPath, indexRoleOf } from '../../../shared/kernel/board.ts'
import type { Me } from '../../../shared/session/contract.ts'
import { askBoards } from '../api.ts'
import { lookForUpdate } from '../app-update.ts'
import { FailedRead, type Failure } from '../failure.ts'
import { serverNow } from '../server-time.ts'
import type { BoardReader } from './board-status.ts'
import { boardStore, type FileRef } from './board-store.ts'
import { deviceBoards } from './device-boards.ts'
import { polling } from './polling.ts'

/** Wires the boards' store and its polling to this page. Their logic is in board-store.ts and polling.ts. */
export const boards = boardStore({ ask: askBoards, cached: deviceBoards, now: serverNow, onTooNew: lookForUpdate })

const polls = polling({
  ask: boards.refresh,
  now: () => performance.now(),
  setTimer: (work, milliseconds) => setTimeout(work, milliseconds),
  clearTimer: timer => clearTimeout(timer as ReturnType<typeof setTimeout>),
  isVisible: () => document.visibilityState === 'visible',
  onReturn: listener => {
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && listener())
    for (const event of ['focus', 'online', 'pageshow']) addEventListener(event, listener)
  },
  onHidden: listener =>
    document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && listener()),
})

/** After a write of one's own that boards will show: asks for the indexes more often for a moment. */
export const pollBoardsSoon = polls.soon

/** Milliseconds without any answer after which a screen with nothing to show says so. */
const answerTimeout = 3_000

/** The indexes that list a person's audiences, and the audiences that the edge answers them for. */
export const boardReaderOf = ({ roles, audiences, notInToken = [] }: Me): BoardReader => {
  const indexes = roles.map(({ uai, role }) => ({ uai, role: indexRoleOf(role) }))
  return {
    indexes: indexes.filter((one, at) => indexes.findIndex(other => isSame(one, other)) === at),
    audiences: audiences.flatMap(({ id, uai }) => (notInToken.includes(id) ? [] : [{ id, uai }])),
  }
}
const isSame = (a: BoardReader['indexes'][number], b: BoardReader['indexes'][number]) =>
  a.uai === b.uai && a.role === b.role

type Content<Declared extends Board> = z.core.output<Declared['schema']>

/** One audience's board. `file`: the name of the file that `content` is of. */
export type AudienceBoard<Declared extends Board> = { readonly audience: string } & (
  | { readonly state: 'shown'; readonly content: Content<Declared>; readonly file: string }
  | { readonly state: 'none' | 'waiting' | 'missing' | 'failed' }
)

export type Boards<Declared extends Board> = {
  readonly audiences: readonly AudienceBoard<Declared>[]
  /** Why there is nothing, or not everything, to show; `unreachable` also while nothing has come for some seconds. */
  readonly error: FailedRead | null
  /** The server's time, in milliseconds since 1970, until which all of it is known to be current; 0: unknown. */
  readonly confirmedAt: number
  readonly refetch: () => void
}

const useVersion = () => useSyncExternalStore(boards.subscribe, boards.version)

/** True once `isWaiting` has lasted for `answerTimeout`. */
const useIsLate = (isWaiting: boolean): boolean => {
  const [isLate, setLate] = useState(false)
  useEffect(() => {
    if (!isWaiting) return setLate(false)
    const timer = setTimeout(() => setLate(true), answerTimeout)
    return () => clearTimeout(timer)
  }, [isWaiting])
  return isWaiting && isLate
}

/** The boards of a service that a person reads, one for each audience, asked for as long as the screen is shown. */
export const useBoards = <Declared extends Board>(board: Declared, me: Me): Boards<Declared> => {
  const version = useVersion()
  const reader = useMemo(() => boardReaderOf(me), [me])
  useEffect(() => {
    boards.want(board)
    if (boards.open(reader)) void polls.now()
    return polls.start()
  }, [board, reader])

  // biome-ignore lint/correctness/useExhaustiveDependencies: the store's content changes with its version.
  const found = useMemo(() => {
    const failures: Failure[] = []
    const audiences = reader.audiences.map((audience): AudienceBoard<Declared> => {
      const status = boards.status(board, audience, reader)
      if (status.state === 'failed') failures.push(status.failure)
      if (status.state !== 'shown') return { audience: audience.id, state: status.state }
      // The store has parsed it with the board's schema.
      const content = boards.content(board, status.path) as Content<Declared>
      return {
        audience: audience.id,
        state: 'shown',
        content,
        file: status.path.slice(status.path.lastIndexOf('/') + 1),
      }
    })
    const uais = [...new Set(reader.audiences.map(({ uai }) => uai))]
    return { audiences, failure: failures[0], confirmedAt: boards.confirmedAt(uais, reader) }
  }, [version, board, reader])

  const isLate = useIsLate(found.audiences.some(one => one.state === 'waiting'))
  const failure = found.failure ?? (isLate ? ({ type: 'unreachable' } as const) : undefined)
  const error = useMemo(() => (failure ? new FailedRead(failure) : null), [failure])
  return { audiences: found.audiences, error, confirmedAt: found.confirmedAt, refetch: () => void polls.now() }
}

/** What became of a file that a board names. */
export type FileState<Content> =
  | { readonly state: 'cached'; readonly content: Content }
  | { readonly state: 'waiting' | 'missing' }
  | { readonly state: 'failed'; readonly failure: Failure }

const keyOf = (refs: readonly FileRef[]) => refs.map(({ audience, file }) => boardPath(audience, file)).join(' ')

/** Files of a part that boards name, in the order of `refs`; asked for if they are not cached. */
export const useBoardFiles = <Declared extends Board, Part extends keyof Declared['parts'] & string>(
  board: Declared,
  _part: Part,
  refs: readonly FileRef[],
) => {
  type PartContent = z.core.output<Declared['parts'][Part]>
  const version = useVersion()
  const key = keyOf(refs)
  // biome-ignore lint/correctness/useExhaustiveDependencies: equal references make an equal key.
  useEffect(() => {
    if (key !== '') void boards.request(refs)
  }, [key])
  // biome-ignore lint/correctness/useExhaustiveDependencies: equal references make an equal key.
  return useMemo(
    () =>
      refs.map((ref): FileState<PartContent> => {
        const content = boards.content(board, boardPath(ref.audience, ref.file)) as PartContent | undefined
        if (content !== undefined) return { state: 'cached', content }
        const missed = boards.missed(ref)
        if (missed === undefined) return { state: 'waiting' }
        return missed === 'gone' ? { state: 'missing' } : { state: 'failed', failure: missed }
      }),
    [version, board, key],
  )
}

/** Those files of a part that this device holds, by name; none is asked for. */
export const useKnownFiles = <Declared extends Board, Part extends keyof Declared['parts'] & string>(
  board: Declared,
  _part: Part,
  refs: readonly FileRef[],
): ReadonlyMap<string, z.core.output<Declared['parts'][Part]>> => {
  type PartContent = z.core.output<Declared['parts'][Part]>
  const version = useVersion()
  const key = keyOf(refs)
  // biome-ignore lint/correctness/useExhaustiveDependencies: equal references make an equal key.
  return useMemo(
    () =>
      new Map(
        refs.flatMap(({ audience, file }) => {
          const content = boards.content(board, boardPath(audience, file)) as PartContent | undefined
          return content === undefined ? [] : [[file, content] as const]
        }),
      ),
    [version, board, key],
  )
}

/** True while files may be fetched that nobody asked to see: not on a connection whose owner saves data. */
const mayFetchAhead = (): boolean => {
  const { connection } = navigator as { readonly connection?: { readonly saveData?: boolean } }
  return document.visibilityState === 'visible' && onlineManager.isOnline() && connection?.saveData !== true
}

/** Fetches files ahead that the person will want to read without a network; what failed is tried again at the next poll. */
export const useFetchAhead = (refs: readonly FileRef[], confirmedAt: number): void => {
  const key = keyOf(refs)
  // biome-ignore lint/correctness/useExhaustiveDependencies: equal references make an equal key.
  useEffect(() => {
    if (key !== '') void boards.fetchAhead(refs, mayFetchAhead)
  }, [key, confirmedAt])
}
