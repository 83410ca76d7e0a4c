import { passwordContract } from '../../shared/session/contract.ts'
import type { Platform } from '../platform/platform.ts'
import { serve } from '../platform/serve.ts'
import { activate } from './activate.ts'
import { changePassword } from './change-password.ts'
import { signIn } from './sign-in.ts'

/** The routes that hash passwords. */
export const passwordHandler = (platform: Platform) =>
  serve(passwordContract, platform, {
    signIn: signIn(platform),
    activate: activate(platform),
    changePassword: changePassword(platform),
  })
