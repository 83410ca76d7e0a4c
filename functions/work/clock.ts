import { mayTeach } from '../../shared/work/rules.ts'
import { directoryPatterns } from '../directory/audiences.ts'
import { clock } from '../platform/clock.ts'
import type { Due } from '../platform/due.ts'
import { check, update } from '../platform/operation.ts'
import { platformPatterns } from '../platform/patterns.ts'
import type { Background } from '../platform/platform.ts'
import { dueAccess } from './access.ts'
import { piecesOfDue, workDue, workSetDue } from './due.ts'
import { ownRowKey } from './own-row.ts'
import { type PieceItem, workPatterns } from './patterns.ts'

type WorkBackground = Background<typeof dueAccess>

/** Why pieces of an author do not go out at their time, if they do not: they may not set work for the class any more. */
const refusals = async ({ table }: WorkBackground, author: string) => {
  const who = { person: author }
  const [person, frozen] = await Promise.all([
    table.get(directoryPatterns.person, who),
    table.get(platformPatterns.freeze, who, { consistent: true }),
  ])
  return ({ group, uai }: PieceItem) => {
    if (frozen) return { accountFrozen: true }
    return person?.status === 'active' && mayTeach(person, { id: group.id, uai })
      ? undefined
      : { noLongerAllowed: true }
  }
}

/** What takes back a piece that may not go out. */
const takenBack = (item: PieceItem, refused: { accountFrozen?: boolean; noLongerAllowed?: boolean }, at: string) => [
  update(
    'found due',
    workPatterns.piece,
    { piece: item.id },
    { set: { ...refused, removedAt: at, decidedAt: at, version: item.version + 1 } },
    { is: { version: item.version } },
  ),
  update('own row', workPatterns.ofAuthorRow, ownRowKey(item), { set: { removedAt: at } }, { present: true }),
]

/** What is done with the pieces of a due item: of one author, each as it is at that time. */
const act = async (background: WorkBackground, due: Due) => {
  const { table, now } = background
  const found = await Promise.all(
    piecesOfDue(due).map(piece => table.get(workPatterns.piece, { piece }, { consistent: true })),
  )
  const items = found.flatMap(item => (item?.removedAt === undefined && item?.publishedAt === due.at ? [item] : []))
  const [first] = items
  if (!first) return []
  const refusalOf = await refusals(background, first.author.id)
  const decidedAt = now().toISOString()
  const refused = items.flatMap(item => {
    const why = refusalOf(item)
    return why ? takenBack(item, why, decidedAt) : []
  })
  const published = items
    .filter(item => !refusalOf(item))
    .map(({ id: piece, version }) =>
      update('found due', workPatterns.piece, { piece }, { set: { decidedAt } }, { is: { version } }),
    )
  if (published.length === 0) return refused
  const notFrozen = check('not frozen', platformPatterns.freeze, { person: first.author.id }, { absent: true })
  return [...refused, ...published, notFrozen]
}

/**
 * What the clock does when pieces are due to be published: it writes into each when that was, and the table's stream makes the
 * notebooks what they are to be since then. What may not go out is taken back.
 */
export const workClock = clock(dueAccess, { kind: workDue, act }, { kind: workSetDue, act })
