import { grantAccess, importAccess, schoolCodesAccess } from '../../../functions/directory/access.ts'
import { audienceAccess } from '../../../functions/directory/addressees.ts'
import { directoryPatterns } from '../../../functions/directory/audiences.ts'
import { newsPatterns } from '../../../functions/news/patterns.ts'
import { uses } from '../../../functions/platform/access.ts'
import { accountPatterns } from '../../../functions/session/accounts.ts'

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
