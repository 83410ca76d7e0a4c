import { directoryPatterns } from '../directory/audiences.ts'
import { uses } from '../platform/access.ts'
import { newsPatterns } from './patterns.ts'

/** What publishing, reading, signing and following do with the table. */
export const newsAccess = uses({
  get: [
    directoryPatterns.person,
    directoryPatterns.school,
    newsPatterns.counts,
    newsPatterns.mark,
    newsPatterns.news,
    newsPatterns.signature,
  ],
  getMany: [directoryPatterns.audience, newsPatterns.counts, newsPatterns.news],
  query: [
    directoryPatterns.groupMembers,
    directoryPatterns.schoolGroups,
    directoryPatterns.schoolMembers,
    newsPatterns.feed,
    newsPatterns.marks,
    newsPatterns.ofAuthor,
    newsPatterns.ofSchool,
    newsPatterns.seenBy,
    newsPatterns.signedBy,
  ],
  put: [
    newsPatterns.news,
    newsPatterns.ofAuthorRow,
    newsPatterns.ofSchoolRow,
    newsPatterns.reminder,
    newsPatterns.seen,
    newsPatterns.signature,
  ],
  update: [newsPatterns.mark, newsPatterns.news],
  remove: [newsPatterns.ofAuthorRow, newsPatterns.ofSchoolRow],
  check: [newsPatterns.news],
})

/** What follows from a change of the news: feeds, counts, marks, reminders. */
export const deliveryAccess = uses({
  get: [newsPatterns.counts, newsPatterns.news, newsPatterns.reminder],
  getMany: [directoryPatterns.person],
  query: [directoryPatterns.groupMembers, directoryPatterns.schoolMembers, newsPatterns.seenBy, newsPatterns.signedBy],
  update: [newsPatterns.counts, newsPatterns.mark, newsPatterns.reminder],
  batch: [newsPatterns.feedRow],
})
