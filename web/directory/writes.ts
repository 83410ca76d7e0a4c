import { directoryContract } from '../../shared/directory/contract.ts'
import { write } from '../platform/write.ts'

/** The writes of the directory. */
export const writes = {
  issueCodes: write('directory.issueCodes', directoryContract.routes.issueCodes, {
    onDone: client => {
      // Accounts in cached lists have changed their state. Not awaited: the codes are shown at once.
      void client.invalidateQueries({ queryKey: ['pages'] })
    },
  }),
}
