import { directoryPatterns } from '../directory/audiences.ts'
import { closedPatterns } from '../directory/closed-groups.ts'
import { attachmentPatterns } from '../documents/attachments.ts'
import { uses } from '../platform/access.ts'
import { ownItemsAccess } from '../platform/own-items.ts'
import { platformPatterns } from '../platform/patterns.ts'
import { countPatterns } from './counting/patterns.ts'
import { newsPatterns } from './patterns.ts'

const { file, gone, ownEntry, place, withdrawal } = attachmentPatterns

/** What publishing, reading, signing and following do with the table. */
export const newsAccess = uses({
  get: [
    directoryPatterns.person,
    directoryPatterns.school,
    directoryPatterns.sizes,
    file,
    ownEntry,
    newsPatterns.answer,
    countPatterns.counts,
    newsPatterns.draft,
    newsPatterns.formerText,
    newsPatterns.lists,
    newsPatterns.news,
    newsPatterns.seen,
    newsPatterns.signature,
    platformPatterns.freeze,
  ],
  getMany: [
    directoryPatterns.audience,
    directoryPatterns.person,
    directoryPatterns.sizes,
    newsPatterns.answer,
    countPatterns.counts,
    newsPatterns.marks,
    newsPatterns.news,
    newsPatterns.seen,
    newsPatterns.signature,
    countPatterns.tally,
    newsPatterns.template,
  ],
  query: [
    closedPatterns.closed,
    directoryPatterns.groupMembers,
    directoryPatterns.schoolGroups,
    directoryPatterns.schoolMembers,
    newsPatterns.allTakenBack,
    newsPatterns.answers,
    newsPatterns.feed,
    ...ownItemsAccess.query,
    newsPatterns.openRows,
    newsPatterns.ofAuthor,
    newsPatterns.ofSchool,
    newsPatterns.reminders,
    newsPatterns.seenBy,
    newsPatterns.signedBy,
    newsPatterns.templateRows,
  ],
  put: [
    gone,
    place,
    withdrawal,
    newsPatterns.answer,
    newsPatterns.draft,
    newsPatterns.formerText,
    newsPatterns.lists,
    newsPatterns.news,
    newsPatterns.ofAuthorRow,
    newsPatterns.ofSchoolRow,
    newsPatterns.reminder,
    newsPatterns.signature,
    newsPatterns.takenBack,
    newsPatterns.template,
    newsPatterns.templateRow,
    platformPatterns.due,
  ],
  update: [file, newsPatterns.marks, newsPatterns.news, newsPatterns.seen, newsPatterns.signature],
  remove: [
    file,
    place,
    newsPatterns.answer,
    newsPatterns.news,
    newsPatterns.ofAuthorRow,
    newsPatterns.ofSchoolRow,
    newsPatterns.signature,
    countPatterns.tally,
    newsPatterns.template,
    newsPatterns.templateRow,
    platformPatterns.due,
  ],
  check: [newsPatterns.news],
  batch: [countPatterns.tally],
})

/** What follows from a change of the news: feeds, counts, marks, reminders. */
export const deliveryAccess = uses({
  get: [
    file,
    countPatterns.counts,
    newsPatterns.news,
    newsPatterns.reminder,
    newsPatterns.signature,
    platformPatterns.keys,
  ],
  getMany: [directoryPatterns.person, newsPatterns.marks],
  query: [
    directoryPatterns.groupMembers,
    directoryPatterns.schoolMembers,
    newsPatterns.answers,
    newsPatterns.feed,
    newsPatterns.openRows,
    newsPatterns.seenBy,
    newsPatterns.signedBy,
  ],
  update: [countPatterns.counts, newsPatterns.marks, newsPatterns.news, newsPatterns.reminder],
  batch: [newsPatterns.feedRow, newsPatterns.openRow],
  subscribes: {
    INSERT: [
      place,
      newsPatterns.feedRow,
      newsPatterns.news,
      newsPatterns.openRow,
      countPatterns.recount,
      newsPatterns.reminder,
      newsPatterns.seen,
      newsPatterns.signature,
      newsPatterns.takenBack,
    ],
    MODIFY: [
      place,
      newsPatterns.feedRow,
      newsPatterns.news,
      newsPatterns.openRow,
      countPatterns.recount,
      newsPatterns.reminder,
      newsPatterns.seen,
      newsPatterns.signature,
      newsPatterns.takenBack,
    ],
    REMOVE: [newsPatterns.feedRow, newsPatterns.news, newsPatterns.openRow],
  },
})

/** What the clock does with the news. */
export const dueAccess = uses({
  get: [directoryPatterns.person, newsPatterns.news, platformPatterns.freeze],
  getMany: [directoryPatterns.audience],
  put: [withdrawal],
  update: [newsPatterns.news],
  check: [platformPatterns.freeze],
})

/** What erasing people does with the news. */
export const erasureAccess = uses({
  get: [
    newsPatterns.answer,
    countPatterns.counts,
    newsPatterns.feedRow,
    newsPatterns.marks,
    newsPatterns.news,
    newsPatterns.openRow,
    newsPatterns.reminder,
    newsPatterns.seen,
    newsPatterns.signature,
    newsPatterns.takenBack,
  ],
  put: [newsPatterns.answer],
  update: [
    newsPatterns.answer,
    countPatterns.counts,
    newsPatterns.feedRow,
    newsPatterns.marks,
    newsPatterns.news,
    newsPatterns.openRow,
    newsPatterns.reminder,
    newsPatterns.signature,
    newsPatterns.takenBack,
  ],
  remove: [newsPatterns.answer, newsPatterns.seen, newsPatterns.signature, countPatterns.tally],
  batch: [
    newsPatterns.answer,
    newsPatterns.draft,
    newsPatterns.lists,
    newsPatterns.marks,
    newsPatterns.ofAuthorRow,
    newsPatterns.takenBack,
    newsPatterns.template,
    newsPatterns.templateRow,
  ],
})
