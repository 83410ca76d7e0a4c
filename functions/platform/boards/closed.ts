import { boardPath } from '../../../shared/kernel/board.ts'
import type { Access } from '../access.ts'
import { type Change, type Subscription, subscription } from '../delivery.ts'
import { remove } from '../operation.ts'
import { platformPatterns } from '../patterns.ts'
import { type Rendering, renderAll } from './deliver.ts'
import { renderIndexes } from './index-file.ts'
import type { BoardRenderer } from './renderer.ts'

type AudienceChange = Change<typeof platformPatterns.boardAudience>

const groupOf = ({ before, after }: AudienceChange): string => (after ?? before)?.uai ?? ''

/** Takes the board of an audience that is there no more out of the boards of its school; gives its files. */
const forget = async (
  { table }: Rendering['boards'],
  { service }: BoardRenderer['board'],
  uai: string,
  audience: string,
): Promise<readonly string[]> => {
  const args = { uai, audience, service }
  const state = await table.get(platformPatterns.board, args, { consistent: true })
  if (!state) return []
  const done = await table.transact([remove('board', platformPatterns.board, args, { is: { version: state.version } })])
  if (!done.ok) throw new Error('a board was rendered while its audience was closed')
  const noted = [...state.retired, ...(state.putting ?? [])].map(({ file }) => file)
  return [state.file, ...Object.values(state.parts), ...noted].map(file => boardPath(audience, file))
}

/**
 * Takes what is closed out of the indexes, then deletes its boards: no index names an audience that nobody belongs to. An
 * audience that is there again gets its board anew.
 */
export const closedSubscription = (rendering: Rendering, renderer: BoardRenderer): Subscription =>
  subscription<typeof platformPatterns.boardAudience, Access>({
    name: `${renderer.board.service} boards of closed audiences`,
    of: [platformPatterns.boardAudience],
    on: ['INSERT', 'REMOVE'],
    group: groupOf,
    deliver: async (background, changes) => {
      const { boards, rolesIn } = rendering
      const audiences = [...new Map(changes.map(change => [change.args.audience, groupOf(change)]))]
      const found = await Promise.all(
        audiences.map(async ([audience, uai]) => {
          const isThere = await boards.table.get(platformPatterns.boardAudience, { audience }, { consistent: true })
          return { audience, uai, isThere: isThere !== undefined }
        }),
      )
      const there = found.filter(one => one.isThere)
      await renderAll(
        rendering,
        renderer,
        background,
        new Map(there.map(({ audience }) => [audience, { purge: false }])),
      )
      const files: string[] = []
      for (const { audience, uai } of found.filter(one => !one.isThere))
        files.push(...(await forget(boards, renderer.board, uai, audience)))
      if (files.length === 0) return
      for (const uai of new Set(found.map(one => one.uai))) await renderIndexes(boards, uai, rolesIn)
      await boards.files.remove(files)
    },
  })
