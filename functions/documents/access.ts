import { directoryPatterns } from '../directory/audiences.ts'
import { uses } from '../platform/access.ts'
import { platformPatterns } from '../platform/patterns.ts'
import { documentsPatterns } from './patterns.ts'

const { allGone, classEntries, classEntry, classSpace, file, gone, ownEntries, ownEntry, ownSpace, place, places } =
  documentsPatterns
const { withdrawal, withdrawals } = documentsPatterns

/** What keeping, listing and announcing documents does with the table. */
export const documentsAccess = uses({
  get: [
    classEntry,
    classSpace,
    file,
    ownEntry,
    ownSpace,
    directoryPatterns.audience,
    directoryPatterns.group,
    directoryPatterns.person,
  ],
  getMany: [classSpace],
  query: [classEntries, ownEntries],
  put: [classEntry, file, ownEntry, place, withdrawal, platformPatterns.due],
  update: [classEntry, classSpace, file, ownEntry, ownSpace],
  remove: [file, platformPatterns.due],
})

/** What the arrival of a file, and the result of its scan, do with the table. */
export const arrivalsAccess = uses({
  get: [classEntry, classSpace, file, gone, ownEntry, ownSpace, withdrawal],
  query: [allGone, classEntries, ownEntries, places, withdrawals],
  put: [classEntry, gone, ownEntry, place, withdrawal, platformPatterns.due],
  update: [classEntry, classSpace, file, ownEntry, ownSpace, place],
  remove: [file, place, withdrawal, platformPatterns.due],
  batch: [gone],
})

/** What follows from a change of documents: the boards of classes and groups. */
export const deliveryAccess = uses({
  get: [platformPatterns.keys],
  query: [classEntries],
  subscribes: {
    INSERT: [classEntry, gone, withdrawal],
    MODIFY: [classEntry, gone, withdrawal],
    REMOVE: [classEntry],
  },
})

/** What the clock does: announcements that nothing came of, and the end of the trash. */
export const dueAccess = uses({
  get: [classEntry, classSpace, file, ownEntry, ownSpace],
  query: [classEntries, ownEntries],
  put: [gone],
  update: [classSpace, file, ownSpace],
  remove: [classEntry, file, ownEntry, place],
})

/** What erasing people does with documents. */
export const erasureAccess = uses({
  get: [classEntry, file],
  put: [gone],
  update: [classEntry, file],
  remove: [file, place],
  batch: [file, ownEntry, ownSpace],
})
