import { requestAccess } from '../../../functions/platform/access.ts'
import { factorAccess, passwordAccess, sessionAccess } from '../../../functions/session/access.ts'
import { factorHandler } from '../../../functions/session/factor-handler.ts'
import { sessionHandler } from '../../../functions/session/handler.ts'
import { passwordHandler } from '../../../functions/session/password.ts'
import { sessionContract } from '../../../shared/session/contract.ts'
import { factorContract } from '../../../shared/session/factor-contract.ts'
import { passwordContract } from '../../../shared/session/password-contract.ts'
import { tested } from '../../support/examples.ts'
import { nothingLeaked } from '../../support/leaked.ts'
import type { School } from '../../support/school.ts'

/** Nobody's password is known: a wrong one is refused, and too many are slowed. */
const refused = [401, 429]

export const passwordFunction = tested({
  contract: passwordContract,
  open: platform => passwordHandler(platform, nothingLeaked),
  access: [requestAccess, passwordAccess],
  examples: {
    signIn: () => ({ body: { login: 'nobody', password: 'not the right one', personalDevice: false } }),
    activate: () => ({
      body: { login: 'nobody', code: '0000-0000-0000', password: 'not the right one', personalDevice: false },
    }),
    changePassword: () => ({ body: { current: 'not the right one', next: 'another long one' } }),
  },
  mayAnswer: { signIn: refused, activate: refused, changePassword: refused },
})

const ofAnne = ({ people }: School) => ({ person: String(people.anne?.id) })
const ofLea = ({ people }: School) => ({ person: String(people.lea?.id) })

export const sessionFunction = tested({
  contract: sessionContract,
  open: sessionHandler,
  access: [requestAccess, sessionAccess],
  examples: {
    renew: () => ({}),
    signOut: () => ({}),
    signOutEverywhere: () => ({}),
    sessionsOf: ({ school }) => ({ params: ofLea(school), related: ['marc', 'nadia'] }),
    endSessionsOf: ({ school }) => ({ params: ofLea(school), related: ['marc', 'nadia'] }),
    freeze: ({ school }) => ({
      params: ofAnne(school),
      body: { reason: 'Compte volé', endSessions: true },
      related: ['marc', 'nadia'],
    }),
    unfreeze: ({ school }) => ({ params: ofAnne(school), related: ['marc', 'nadia'] }),
    resetFactor: ({ school }) => ({ params: ofAnne(school), related: ['marc', 'nadia'] }),
    endDevice: () => ({ params: { session: '0'.repeat(20) } }),
    devices: () => ({}),
    me: () => ({}),
    updateMe: () => ({ body: { language: 'fr' } }),
  },
  // The session named is nobody's: it is tried in account.test.ts.
  mayAnswer: { renew: refused, endDevice: [404] },
})

const bytes = 'AAAA'
/** A code and a passkey that are right for nobody: the right ones are tried in factor.test.ts. */
const proof = { code: '000000' }
const passkey = {
  id: bytes,
  rawId: bytes,
  type: 'public-key',
  response: { clientDataJSON: bytes, attestationObject: bytes },
}

export const factorFunction = tested({
  contract: factorContract,
  open: factorHandler,
  access: [requestAccess, factorAccess],
  examples: {
    step: () => ({}),
    finish: () => ({ body: { proof } }),
    factor: () => ({}),
    challenge: () => ({}),
    beginTotp: () => ({}),
    confirmTotp: () => ({ body: { code: '000000' } }),
    addPasskey: () => ({ body: { label: 'Ma clé', passkey } }),
    remove: () => ({ body: { what: 'totp', proof } }),
    renewRecovery: () => ({ body: { proof } }),
  },
  // Whoever works in no school has none: 403. The callers' sessions have one id, and so one counter of guesses: 429.
  mayAnswer: {
    step: [401],
    finish: [401],
    factor: [200, 403],
    challenge: [200, 403],
    beginTotp: [200, 403],
    confirmTotp: [401, 403, 429],
    addPasskey: [401, 403, 429],
    remove: [403, 429],
    renewRecovery: [403, 409, 429],
  },
})
