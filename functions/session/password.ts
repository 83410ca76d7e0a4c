import { passwordContract } from '../../shared/session/password-contract.ts'
import { openPlatform, type Platform, readConfig } from '../platform/platform.ts'
import { serve } from '../platform/serve.ts'
import { passwordAccess } from './access.ts'
import { activate } from './activate.ts'
import { changePassword } from './change-password.ts'
import { type LeakedPasswords, openLeakedPasswords } from './leaked-passwords.ts'
import { signIn } from './sign-in.ts'

/** The routes that hash passwords: a function of its own, so that many sign-ins at once do not slow other requests. */
export const passwordHandler = (platform: Platform<typeof passwordAccess>, leaked: LeakedPasswords) =>
  serve(
    passwordContract,
    platform,
    {},
    {
      signIn: signIn(platform),
      activate: activate(platform, leaked),
      changePassword: changePassword(platform, leaked),
    },
  )

export const handler = passwordHandler(
  openPlatform(readConfig(), passwordAccess),
  // Beside the bundle: lib/session.ts.
  openLeakedPasswords(new URL('leaked-passwords', import.meta.url)),
)
