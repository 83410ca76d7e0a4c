import { clock } from '../platform/clock.ts'
import { put, remove } from '../platform/operation.ts'
import { dueAccess } from './access.ts'
import { reservedOf, spaceOfFile } from './announcing.ts'
import { abandonedDue, dueOfTrash, trashDue } from './due.ts'
import { documentsPatterns } from './patterns.ts'
import { filesOf, released } from './releasing.ts'
import { countSpace, readEntry, removeEntry, spaceOf } from './spaces.ts'

/** What the clock does with documents: it forgets what was announced and did not arrive, and empties the trash. */
export const documentsClock = clock(
  dueAccess,
  {
    kind: abandonedDue,
    act: async ({ table }, { subject: file }) => {
      const found = await table.get(documentsPatterns.file, { file }, { consistent: true })
      if (found?.state !== 'announced') return []
      const { bytes, entries } = reservedOf(found)
      return [
        remove('file', documentsPatterns.file, { file }, { is: { state: 'announced' } }),
        countSpace(spaceOfFile(found), { bytes: -bytes, entries: -entries }),
        // Something may be there that the bucket did not tell of.
        put('gone', documentsPatterns.gone, { file }, { file }),
      ]
    },
  },
  {
    kind: trashDue,
    act: async ({ table }, { subject, at }) => {
      const [holder = '', entry = ''] = subject.split(' ')
      const space = spaceOf(holder)
      const found = await readEntry(table, space, entry, { consistent: true })
      if (found?.trashedAt === undefined || dueOfTrash(space, entry, found.trashedAt).at !== at) return []
      const taken = await Promise.all(filesOf(found).map(file => released(table, file, holder, entry)))
      return [removeEntry(space, found), ...taken.flat(), countSpace(space, { bytes: 0, entries: -1 })]
    },
  },
)
