import { undoHanded } from '../handed.ts'
import type { Staging } from '../staging.ts'
import { idsIn } from './pages.ts'

const reportOne = (staging: Staging, id: string): void => {
  const person = staging.person(id)
  const { first = '', why = '' } =
    staging.get<{ first: string; why: string }>('SELECT first, why FROM joining WHERE id = ?', id) ?? {}
  if (!person && !staging.keptRecord(id)) {
    staging.run('DELETE FROM joining WHERE id = ?', id)
    undoHanded(staging, first)
  } else if (person && why !== 'move') {
    const { file, line, key } = person
    const reason = `it is ${id}, whom another source describes: ${why}`
    staging.found({ kind: 'joined', file, line, id: key, reason })
  }
}

/**
 * Reports who is joined. Of somebody of whom nothing is written, since their school is held back, the key means nobody
 * else yet.
 */
export const reportJoined = (staging: Staging): void => {
  for (const ids of idsIn(staging, 'joining'))
    staging.transaction(() => {
      for (const id of ids) reportOne(staging, id)
    })
}
