import type * as z from 'zod/mini'
import { randomId } from '../../../shared/kernel/ids.ts'
import { dayIn } from '../../../shared/kernel/territory-day.ts'
import type { Me } from '../../../shared/session/contract.ts'
import { type BoardPiece, workBoard } from '../../../shared/work/board.ts'
import { workContract } from '../../../shared/work/contract.ts'
import type { BoardReader } from '../../../web/platform/boards/board-status.ts'
import type { boardStore, FileRef } from '../../../web/platform/boards/board-store.ts'
import type { client } from '../../../web/platform/client.ts'

type Content = z.infer<typeof workBoard.schema>

type Parts = {
  readonly me: Me
  readonly call: ReturnType<typeof client>
  readonly store: ReturnType<typeof boardStore>
  readonly reader: BoardReader
  readonly clock: { readonly now: () => number }
  readonly isVisible: () => boolean
}

/** What a device does while its person looks at the notebook of their classes, as the app does it. */
export const deviceNotebook = ({ me, call, store, reader, clock, isVisible }: Parts) => {
  const shown = () =>
    reader.audiences.flatMap(audience => {
      const status = store.status(workBoard, audience)
      return status.state === 'shown'
        ? [{ audience: audience.id, content: store.content(workBoard, status.path) as Content }]
        : []
    })
  /** Later tasks, and the texts of what is to be done, which stand in files beside the boards. */
  const files = (): FileRef[] => {
    const today = dayIn(new Date(clock.now()))
    return shown().flatMap(({ audience, content: { pieces, later = [], further = [] } }) => {
      const texts = pieces.flatMap(({ file, day }) => (file !== undefined && day >= today ? [file] : []))
      return [texts, later, further].flat().map(file => ({ audience, file }))
    })
  }
  const isPupil = me.roles.some(({ role }) => role === 'pupil')
  return {
    isPupil,
    /** True for somebody whose own work, or whose children's, the private read tells of. */
    isFollowed: isPupil || me.children.length > 0,
    /** Asks for boards, and for the files beside them, until it is closed by what this returns. */
    open: (): (() => void) => {
      store.want(workBoard)
      let asked = ''
      const fetch = () => {
        const refs = files()
        const key = JSON.stringify(refs)
        if (key === asked) return
        asked = key
        void store.fetchAhead(refs, isVisible)
      }
      fetch()
      return store.subscribe(fetch)
    },
    pieces: (): readonly BoardPiece[] => shown().flatMap(({ content }) => content.pieces),
    /** Ticks a task, as the app sends it: at once, by itself. */
    tick: (piece: string) => {
      const ticks = [{ piece, done: true, at: new Date(clock.now()).toISOString() }]
      return call(workContract.routes.tick, { body: { ticks } }, { key: randomId(), retry: false, keepalive: true })
    },
  }
}
