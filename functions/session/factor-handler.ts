import { factorContract } from '../../shared/session/factor-contract.ts'
import { openPlatform, type Platform, readConfig } from '../platform/platform.ts'
import { serve } from '../platform/serve.ts'
import { factorAccess } from './access.ts'
import { addPasskey, beginTotp, challenge, confirmTotp } from './factor/enrol.ts'
import { factor, removeFactor, renewRecovery } from './factor/own.ts'
import { finish, step } from './factor/step.ts'

/** The routes of the second factor: a function of its own, since its libraries are none of signing in's. */
export const factorHandler = (platform: Platform<typeof factorAccess>) =>
  serve(
    factorContract,
    platform,
    {},
    {
      step: step(platform),
      finish: finish(platform),
      factor: factor(platform),
      challenge: challenge(platform),
      beginTotp: beginTotp(platform),
      confirmTotp: confirmTotp(platform),
      addPasskey: addPasskey(platform),
      remove: removeFactor(platform),
      renewRecovery: renewRecovery(platform),
    },
  )

export const handler = factorHandler(openPlatform(readConfig(), factorAccess))
