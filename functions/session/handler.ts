import { sessionContract } from '../../shared/session/contract.ts'
import { openPlatform, type Platform, readConfig } from '../platform/platform.ts'
import { serve } from '../platform/serve.ts'
import { sessionAccess } from './access.ts'
import { freeze, unfreeze } from './freeze.ts'
import { devices, me, updateMe } from './profile.ts'
import { sessionRelations } from './relations.ts'
import { renew } from './renew.ts'
import { resetFactor } from './reset-factor.ts'
import { endSessionsOf, sessionsOf } from './sessions-of.ts'
import { endDevice, signOut, signOutEverywhere } from './sign-out.ts'

/** The routes of existing sessions. */
export const sessionHandler = (platform: Platform<typeof sessionAccess>) =>
  serve(sessionContract, platform, sessionRelations(platform), {
    renew: renew(platform),
    signOut: signOut(platform),
    signOutEverywhere: signOutEverywhere(platform),
    sessionsOf: sessionsOf(platform),
    endSessionsOf: endSessionsOf(platform),
    freeze: freeze(platform),
    unfreeze: unfreeze(platform),
    resetFactor: resetFactor(platform),
    endDevice: endDevice(),
    devices: devices(platform),
    me: me(platform),
    updateMe: updateMe(platform),
  })

export const handler = sessionHandler(openPlatform(readConfig(), sessionAccess))
