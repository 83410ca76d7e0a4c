import { directoryContract } from './directory/contract.ts'
import type { Contract } from './kernel/route.ts'
import { newsContract } from './news/contract.ts'
import { passwordContract, sessionContract } from './session/contract.ts'

/** Every contract of the territory: what its API is, function by function. */
export const contracts: readonly Contract[] = [passwordContract, sessionContract, directoryContract, newsContract]
