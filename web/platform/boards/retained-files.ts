import { boardPath, indexPath } from '../../../shared/kernel/board.ts'
import { fileNameOf, filesIn } from './board-names.ts'
import { type BoardReader, type Facts, isUnpublished, namesOf, shownKey } from './board-status.ts'
import type { BoardState } from './cached-boards.ts'

export type RetainInput = Pick<Facts, 'state' | 'missed'> & {
  readonly reader: BoardReader
  /** By path. */
  readonly files: ReadonlyMap<string, unknown>
}

const partsOf = (path: string) => {
  const [audience = '', name = ''] = path.split('/').slice(-2)
  return { audience, name: fileNameOf(name) }
}

/**
 * What is kept once something was read: of each board the file that the index names, or the one shown before while that
 * is not here; and the files that a cached board mentions. Everything else is dropped: what was superseded, what a
 * withdrawn row named, what this person may no longer read. Boards of services that no screen has asked for stay.
 */
export const retainedFiles = ({ reader, missed, state, files }: RetainInput) => {
  const asked = new Set(reader.indexes.map(({ uai, role }) => indexPath(uai, role)))
  const indexes = Object.fromEntries(Object.entries(state.indexes).filter(([path]) => asked.has(path)))
  const known = { reader, missed, state: { ...state, indexes } }
  const shown: Record<string, string> = {}
  for (const audience of reader.audiences) {
    const before = Object.entries(state.shown).filter(([key]) => key.startsWith(`${audience.id}/`))
    for (const [key, path] of before) {
      const service = key.slice(audience.id.length + 1)
      if (files.has(path) && !isUnpublished(known, service, audience)) shown[key] = path
    }
    // The newest shape last: it counts where two are cached.
    const names = [...(namesOf(known, audience) ?? [])].sort(
      (a, b) => (fileNameOf(a)?.shape ?? 0) - (fileNameOf(b)?.shape ?? 0),
    )
    for (const name of names) {
      const path = boardPath(audience.id, name)
      const service = fileNameOf(name)?.service
      if (service !== undefined && files.has(path)) shown[shownKey(audience.id, service)] = path
    }
  }
  const keep = new Set<string>()
  for (const path of Object.values(shown)) {
    keep.add(path)
    for (const name of filesIn(files.get(path))) keep.add(boardPath(partsOf(path).audience, name))
  }
  // A part may mention files too, as the one with further notices does.
  for (const path of [...keep])
    for (const name of filesIn(files.get(path))) keep.add(boardPath(partsOf(path).audience, name))
  const next: BoardState = { indexes, shown }
  return { state: next, drop: [...files.keys()].filter(path => !keep.has(path)) }
}
