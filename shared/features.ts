import type { Contract } from './kernel/route.ts'
import { passwordContract, sessionContract } from './session/contract.ts'

/** Every contract of the territory: what its API is, function by function. */
export const contracts: readonly Contract[] = [passwordContract, sessionContract]
