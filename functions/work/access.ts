import { directoryPatterns } from '../directory/audiences.ts'
import { closedPatterns } from '../directory/closed-groups.ts'
import { attachmentPatterns } from '../documents/attachments.ts'
import { uses } from '../platform/access.ts'
import { ownItemsAccess } from '../platform/own-items.ts'
import { platformPatterns } from '../platform/patterns.ts'
import { handInPatterns } from './hand-ins/patterns.ts'
import { workPatterns } from './patterns.ts'

const { file, gone, ownEntry, place, withdrawal } = attachmentPatterns
const { budget, minutes, minutesOf, piece, row, rows, rowsOfDay, ofAuthor, ofAuthorRow, tick, ticks, ticksOf, tasks } =
  workPatterns
const { drawing, handIn, handInsOf, version, versionsOf, ownHandIn, outages, collecting, reminder } = handInPatterns

/** What setting, reading, ticking and following work do with the table. */
export const workAccess = uses({
  get: [budget, directoryPatterns.person, file, handIn, ofAuthorRow, ownEntry, piece, reminder, tasks, version],
  getMany: [directoryPatterns.person, drawing, file, piece],
  query: [
    closedPatterns.closed,
    directoryPatterns.groupMembers,
    handInsOf,
    minutesOf,
    ofAuthor,
    outages,
    ...ownItemsAccess.query,
    rows,
    rowsOfDay,
    ticksOf,
    versionsOf,
  ],
  put: [budget, drawing, gone, ofAuthorRow, piece, place, platformPatterns.due, reminder, tasks, version, withdrawal],
  update: [file, handIn, ofAuthorRow, ownHandIn, piece, tick],
  remove: [drawing, file, ofAuthorRow, place, platformPatterns.due],
})

/** What follows from a change of the work: notebooks, counts, the pupils' own lists. */
export const deliveryAccess = uses({
  get: [file, piece, platformPatterns.keys, reminder, ticks],
  query: [directoryPatterns.groupMembers, handInsOf, rows, ticksOf],
  update: [ofAuthorRow, ownHandIn, piece, ticks],
  batch: [collecting, minutes, row],
  subscribes: {
    INSERT: [handIn, piece, place, reminder, row, tick],
    MODIFY: [handIn, piece, place, reminder, row, tick],
    REMOVE: [handIn, piece, row, tick],
  },
})

/** What the clock does with the work. */
export const dueAccess = uses({
  get: [directoryPatterns.person, piece, platformPatterns.freeze],
  update: [piece, ofAuthorRow],
  check: [platformPatterns.freeze],
})

/** What erasing people does with the work. */
export const erasureAccess = uses({
  get: [budget, handIn, piece, row, version],
  update: [budget, handIn, piece, row, version],
  batch: [collecting, drawing, handIn, ofAuthorRow, ownHandIn, tasks, tick, ticks, version],
})
