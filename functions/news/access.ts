import { directoryPatterns } from '../directory/audiences.ts'
import { closedPatterns } from '../directory/closed-groups.ts'
import { uses } from '../platform/access.ts'
import { platformPatterns } from '../platform/patterns.ts'
import { newsPatterns } from './patterns.ts'

/** What publishing, reading, signing and following do with the table. */
export const newsAccess = uses({
  get: [
    directoryPatterns.person,
    directoryPatterns.school,
    directoryPatterns.sizes,
    newsPatterns.answer,
    newsPatterns.counts,
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
    newsPatterns.counts,
    newsPatterns.marks,
    newsPatterns.news,
    newsPatterns.seen,
    newsPatterns.signature,
    newsPatterns.tally,
    newsPatterns.template,
  ],
  query: [
    closedPatterns.closed,
    directoryPatterns.groupMembers,
    directoryPatterns.schoolGroups,
    directoryPatterns.schoolMembers,
    newsPatterns.answers,
    newsPatterns.feed,
    newsPatterns.marksOf,
    newsPatterns.notices,
    newsPatterns.ofAuthor,
    newsPatterns.ofSchool,
    newsPatterns.reminders,
    newsPatterns.seenBy,
    newsPatterns.signedBy,
    newsPatterns.templateRows,
  ],
  put: [
    newsPatterns.answer,
    newsPatterns.formerText,
    newsPatterns.lists,
    newsPatterns.news,
    newsPatterns.ofAuthorRow,
    newsPatterns.ofSchoolRow,
    newsPatterns.reminder,
    newsPatterns.signature,
    newsPatterns.template,
    newsPatterns.templateRow,
    platformPatterns.due,
  ],
  update: [newsPatterns.marks, newsPatterns.news, newsPatterns.seen],
  remove: [
    newsPatterns.news,
    newsPatterns.ofAuthorRow,
    newsPatterns.ofSchoolRow,
    newsPatterns.template,
    newsPatterns.templateRow,
    platformPatterns.due,
  ],
  check: [newsPatterns.news],
  batch: [newsPatterns.tally],
})

/** What follows from a change of the news: feeds, counts, marks, reminders. */
export const deliveryAccess = uses({
  get: [newsPatterns.counts, newsPatterns.news, newsPatterns.reminder],
  getMany: [directoryPatterns.person, newsPatterns.marks],
  query: [
    directoryPatterns.groupMembers,
    directoryPatterns.schoolMembers,
    newsPatterns.answers,
    newsPatterns.feed,
    newsPatterns.notices,
    newsPatterns.seenBy,
    newsPatterns.signedBy,
  ],
  update: [newsPatterns.counts, newsPatterns.marks, newsPatterns.reminder],
  batch: [newsPatterns.feedRow, newsPatterns.noticeRow],
  subscribes: {
    INSERT: [
      newsPatterns.feedRow,
      newsPatterns.news,
      newsPatterns.noticeRow,
      newsPatterns.reminder,
      newsPatterns.seen,
      newsPatterns.signature,
    ],
    MODIFY: [
      newsPatterns.feedRow,
      newsPatterns.news,
      newsPatterns.noticeRow,
      newsPatterns.reminder,
      newsPatterns.seen,
      newsPatterns.signature,
    ],
    REMOVE: [newsPatterns.feedRow, newsPatterns.news, newsPatterns.noticeRow],
  },
})

/** What the clock does with the news. */
export const dueAccess = uses({
  get: [directoryPatterns.person, newsPatterns.news, platformPatterns.freeze],
  getMany: [directoryPatterns.audience],
  update: [newsPatterns.news],
  check: [platformPatterns.freeze],
})

/** What erasing people does with the news. */
export const erasureAccess = uses({
  get: [
    newsPatterns.answer,
    newsPatterns.counts,
    newsPatterns.feedRow,
    newsPatterns.marks,
    newsPatterns.news,
    newsPatterns.noticeRow,
    newsPatterns.reminder,
    newsPatterns.seen,
    newsPatterns.signature,
  ],
  put: [newsPatterns.answer],
  update: [
    newsPatterns.answer,
    newsPatterns.counts,
    newsPatterns.feedRow,
    newsPatterns.marks,
    newsPatterns.news,
    newsPatterns.noticeRow,
    newsPatterns.reminder,
    newsPatterns.signature,
  ],
  remove: [newsPatterns.answer, newsPatterns.seen, newsPatterns.signature, newsPatterns.tally],
  batch: [
    newsPatterns.answer,
    newsPatterns.lists,
    newsPatterns.marks,
    newsPatterns.ofAuthorRow,
    newsPatterns.template,
    newsPatterns.templateRow,
  ],
})
