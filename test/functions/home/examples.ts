import { homeAccess } from '../../../functions/home/access.ts'
import { homeHandler } from '../../../functions/home/handler.ts'
import { requestAccess } from '../../../functions/platform/access.ts'
import { homeContract } from '../../../shared/home/contract.ts'
import { tested } from '../../support/examples.ts'

export const homeFunction = tested({
  contract: homeContract,
  open: homeHandler,
  access: [requestAccess, homeAccess],
  examples: { state: () => ({}) },
})
