import { grantAccess, importAccess, schoolCodesAccess } from '../../../functions/directory/access.ts'
import { audienceAccess } from '../../../functions/directory/addressees.ts'
import { directoryPatterns } from '../../../functions/directory/audiences.ts'
import { documentsPatterns } from '../../../functions/documents/patterns.ts'
import { newsPatterns } from '../../../functions/news/patterns.ts'
import { uses } from '../../../functions/platform/access.ts'
import { platformPatterns } from '../../../functions/platform/patterns.ts'
import { accountPatterns } from '../../../functions/session/accounts.ts'
import { handInPatterns } from '../../../functions/work/hand-ins/patterns.ts'
import { workPatterns } from '../../../functions/work/patterns.ts'

/** What loading the demo county's directory and activating its accounts does with the table. */
export const demoDirectoryAccess = uses({
  get: [...importAccess.get, ...grantAccess.get, ...schoolCodesAccess.get],
  getMany: [...importAccess.getMany, ...schoolCodesAccess.getMany],
  query: [...importAccess.query, ...schoolCodesAccess.query],
  put: [...importAccess.put, ...schoolCodesAccess.put],
  update: schoolCodesAccess.update,
  batch: [...grantAccess.batch, accountPatterns.account],
})

/** What publishing the demo county's news does with the table. */
export const demoNewsAccess = uses({
  get: [directoryPatterns.person],
  getMany: [directoryPatterns.person],
  query: audienceAccess.query,
  batch: [
    newsPatterns.marks,
    newsPatterns.news,
    newsPatterns.ofAuthorRow,
    newsPatterns.ofSchoolRow,
    newsPatterns.seen,
    newsPatterns.signature,
  ],
})

/** What setting the demo county's work does with the table. */
export const demoWorkAccess = uses({
  getMany: [directoryPatterns.person],
  query: [directoryPatterns.groupMembers],
  batch: [
    handInPatterns.handIn,
    handInPatterns.ownHandIn,
    handInPatterns.version,
    workPatterns.budget,
    workPatterns.ofAuthorRow,
    workPatterns.piece,
    workPatterns.tick,
  ],
})

/** What placing the demo county's documents does with the table. */
export const demoDocumentsAccess = uses({
  get: [directoryPatterns.person],
  put: [documentsPatterns.classEntry, documentsPatterns.file, documentsPatterns.ownEntry, platformPatterns.due],
  update: [documentsPatterns.classSpace, documentsPatterns.ownSpace],
  remove: [platformPatterns.due],
})

/** What hanging the demo county's documents on its hand-ins and returns does with the table. */
export const demoHandInFilesAccess = uses({
  get: [documentsPatterns.file, documentsPatterns.place, handInPatterns.handIn],
  query: [handInPatterns.versionsOf],
  put: [documentsPatterns.place, handInPatterns.drawing],
  update: [documentsPatterns.file, handInPatterns.handIn, handInPatterns.version],
})

/** What hanging the demo county's documents on its news and work does with the table. */
export const demoAttachmentsAccess = uses({
  get: [documentsPatterns.file, documentsPatterns.place],
  put: [documentsPatterns.place],
  update: [documentsPatterns.file, newsPatterns.news, workPatterns.piece],
})
