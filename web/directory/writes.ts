import type { QueryClient } from '@tanstack/react-query'
import { directoryContract } from '../../shared/directory/contract.ts'
import { sessionContract } from '../../shared/session/contract.ts'
import { readKey } from '../platform/read.ts'
import type { InputOf } from '../platform/request.ts'
import { write } from '../platform/write.ts'

/** Accounts in lists and pages that are held have changed. Not awaited: what was done is shown at once. */
export const refresh = (client: QueryClient) => {
  void client.invalidateQueries({ queryKey: ['pages'] })
  void client.invalidateQueries({ queryKey: ['read'] })
}

/** Whoever is erased stands in no list any more, and their page is not held. */
const forget = (client: QueryClient, _: unknown, input: InputOf<typeof directoryContract.routes.erase>) => {
  client.removeQueries({ queryKey: readKey(directoryContract.routes.person, { params: input.params }) })
  void client.invalidateQueries({ queryKey: ['pages'] })
}

/** The writes of the directory. */
export const writes = {
  issueCodes: write('directory.issueCodes', directoryContract.routes.issueCodes, { onDone: refresh }),
  decide: write('directory.decide', directoryContract.routes.decide, { onDone: refresh }),
  undecide: write('directory.undecide', directoryContract.routes.undecide, { onDone: refresh }),
  erase: write('directory.erase', directoryContract.routes.erase, { onDone: forget }),
  confirmImport: write('directory.confirmImport', directoryContract.routes.confirmImport, { onDone: refresh }),
  refuseImport: write('directory.refuseImport', directoryContract.routes.refuseImport, { onDone: refresh }),
  undoImport: write('directory.undoImport', directoryContract.routes.undoImport, { onDone: refresh }),
  freeze: write('directory.freeze', sessionContract.routes.freeze, { onDone: refresh }),
  unfreeze: write('directory.unfreeze', sessionContract.routes.unfreeze, { onDone: refresh }),
  resetFactor: write('directory.resetFactor', sessionContract.routes.resetFactor, { onDone: refresh }),
  endSessions: write('directory.endSessions', sessionContract.routes.endSessionsOf, { onDone: refresh }),
}
