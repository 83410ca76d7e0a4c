import { directoryContract } from './directory/contract.ts'
import { documentsContract } from './documents/contract.ts'
import { homeContract } from './home/contract.ts'
import { newsContract } from './news/contract.ts'
import { sessionContract } from './session/contract.ts'
import { factorContract } from './session/factor-contract.ts'
import { passwordContract } from './session/password-contract.ts'
import { workContract } from './work/contract.ts'

/**
 * Every contract of the territory: what its API is, function by function. The other layers list the same features
 * (functions/features.ts, lib/features.ts, web/features.ts, test/features.ts), and do not compile without one.
 */
export const contracts = [
  passwordContract,
  factorContract,
  sessionContract,
  directoryContract,
  newsContract,
  workContract,
  documentsContract,
  homeContract,
] as const

/** The features that have an API. */
export type FeatureName = (typeof contracts)[number]['feature']

/** The functions that serve the contracts. */
export type FunctionName = (typeof contracts)[number]['function']
