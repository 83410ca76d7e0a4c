import type { Access } from '../access.ts'
import { forEachConcurrent } from '../concurrent.ts'
import { type Change, type Subscription, subscription } from '../delivery.ts'
import type { ItemPattern } from '../pattern.ts'
import { platformPatterns } from '../patterns.ts'
import type { Background } from '../platform.ts'
import { type RolesIn, renderIndexes } from './index-file.ts'
import { type Boards, type RenderOptions, renderBoard } from './render.ts'
import type { BoardRenderer } from './renderer.ts'

/** Counts the invocations that render boards or indexes, apart from what else follows a write. */
export const renderingMetric = 'RenderingInvocations'

/** Boards of one school rendered concurrently. */
const boardConcurrency = 6

/** What rendering the boards of a territory needs: see {@link Boards}. */
export type Rendering = { readonly boards: Boards; readonly rolesIn: RolesIn }

/** Renders the boards of some audiences. Returns their schools, and the files that are obsolete. */
export const renderBoards = async (
  { boards }: Rendering,
  renderer: BoardRenderer,
  background: Background,
  audiences: ReadonlyMap<string, RenderOptions>,
): Promise<{ readonly schools: ReadonlySet<string>; readonly obsolete: readonly string[] }> => {
  const schools = new Set<string>()
  const obsolete: string[] = []
  await forEachConcurrent(
    audiences,
    async ([audience, options]) => {
      const rendered = await renderBoard(boards, renderer, background, audience, options)
      if (!rendered) return
      schools.add(rendered.uai)
      obsolete.push(...rendered.obsolete)
    },
    boardConcurrency,
  )
  return { schools, obsolete }
}

/**
 * Renders boards, then the indexes of their schools, then deletes what is obsolete. In this order, so that no index names a
 * board that is not there yet, and what was withdrawn is deleted after the index no longer names it.
 */
export const renderAll = async (
  rendering: Rendering,
  renderer: BoardRenderer,
  background: Background,
  audiences: ReadonlyMap<string, RenderOptions>,
): Promise<void> => {
  const { boards, rolesIn } = rendering
  const { schools, obsolete } = await renderBoards(rendering, renderer, background, audiences)
  await forEachConcurrent(schools, uai => renderIndexes(boards, uai, rolesIn))
  await boards.files.remove(obsolete)
}

const audienceOf = ({ args }: Change) => (args as unknown as { readonly audience: string }).audience
const schoolOf = (item: unknown) => (item as { readonly uai?: string } | undefined)?.uai

/** Renders the boards whose rows changed: those of one school together, so that its indexes are put once. */
const rowSubscription = (rendering: Rendering, renderer: BoardRenderer): Subscription =>
  subscription<ItemPattern, Access>({
    name: `${renderer.board.service} boards`,
    of: renderer.rows,
    on: ['INSERT', 'MODIFY', 'REMOVE'],
    metric: renderingMetric,
    group: ({ before, after }) => schoolOf(after ?? before) ?? '',
    deliver: (background, changes) => {
      const audiences = [...Map.groupBy(changes, audienceOf)].map(
        ([audience, of]) => [audience, { purge: of.some(({ event }) => event === 'REMOVE') }] as const,
      )
      return renderAll(rendering, renderer, background, new Map(audiences))
    },
  })

/** Renders the boards of audiences whose names changed, since the index shows them. */
const audienceSubscription = (rendering: Rendering, renderer: BoardRenderer): Subscription =>
  subscription<typeof platformPatterns.boardAudience, Access>({
    name: `${renderer.board.service} boards of renamed audiences`,
    of: [platformPatterns.boardAudience],
    on: ['MODIFY'],
    metric: renderingMetric,
    group: ({ after }) => after?.uai ?? '',
    deliver: (background, changes) =>
      renderAll(rendering, renderer, background, new Map(changes.map(({ args }) => [args.audience, { purge: false }]))),
  })

/** Puts the indexes of schools whose names changed. */
export const schoolSubscription = ({ boards, rolesIn }: Rendering): Subscription =>
  subscription<typeof platformPatterns.boardSchool, Access>({
    name: 'indexes of renamed schools',
    of: [platformPatterns.boardSchool],
    on: ['MODIFY'],
    metric: renderingMetric,
    deliver: async (_, changes) => {
      const renamed = changes.filter(
        ({ before, after }) => before?.name !== after?.name || before?.town !== after?.town,
      )
      await forEachConcurrent(new Set(renamed.map(({ args }) => args.uai)), uai => renderIndexes(boards, uai, rolesIn))
    },
  })

/** What keeps a feature's boards up to date, but for those of audiences that are closed. */
export const boardSubscriptions = (rendering: Rendering, renderer: BoardRenderer): readonly Subscription[] => [
  rowSubscription(rendering, renderer),
  audienceSubscription(rendering, renderer),
]
