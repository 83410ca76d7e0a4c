import { documentsBoard } from '../../shared/documents/board.ts'
import { renderer } from '../platform/boards/renderer.ts'
import { mediaSecret } from '../platform/media.ts'
import { platformPatterns } from '../platform/patterns.ts'
import { deliveryAccess } from './access.ts'
import { documentsPatterns, type EntryItem } from './patterns.ts'
import { linkedEntry, linksIn } from './shown.ts'

/** Folders first, by their names; then the newest documents. */
const inOrder = (a: EntryItem, b: EntryItem): number =>
  Number(Boolean(a.file)) - Number(Boolean(b.file)) ||
  (a.file ? (a.at < b.at ? 1 : -1) : a.name.localeCompare(b.name, 'fr')) ||
  (a.id < b.id ? -1 : 1)

/** What the members of a class or group see alike of its space. */
export const documentsRenderer = renderer(deliveryAccess, {
  board: documentsBoard,
  rows: [documentsPatterns.classEntry],
  empty: { entries: [] },
  render: async ({ table, now }, { audience }) => {
    const [keys, all] = await Promise.all([
      table.get(platformPatterns.keys, {}),
      table.all(documentsPatterns.classEntries, { audience }, { consistent: true }),
    ])
    const linkTo = linksIn(mediaSecret(keys ?? { boards: undefined }), { kind: 'class', audience, uai: '' }, now())
    const listed = all.filter(one => one.trashedAt === undefined).sort(inOrder)
    const entries = listed.slice(0, documentsBoard.holds.entries).map(one => linkedEntry(one, linkTo))
    return { entries, ...(listed.length > documentsBoard.holds.entries && { more: true }) }
  },
})
