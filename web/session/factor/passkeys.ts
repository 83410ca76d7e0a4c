import type * as z from 'zod/mini'
import type {
  NewPasskey,
  PasskeyAnswer,
  PasskeyCreation,
  PasskeyRequest,
} from '../../../shared/session/factor-contract.ts'

/** Asks the browser for passkeys. Its library is loaded by whoever uses one. */
const library = () => import('@simplewebauthn/browser')

/** Makes a passkey. Rejects if the person cancels, or if the browser has none. */
export const makePasskey = async (options: z.infer<typeof PasskeyCreation>): Promise<NewPasskey> => {
  const { startRegistration } = await library()
  const { id, rawId, response } = await startRegistration({ optionsJSON: options })
  const { clientDataJSON, attestationObject, transports } = response
  const made = { clientDataJSON, attestationObject, ...(transports && { transports }) }
  return { id, rawId, type: 'public-key', response: made }
}

/** Has a passkey answer. Rejects if the person cancels, or if no passkey is at hand. */
export const askPasskey = async (options: z.infer<typeof PasskeyRequest>): Promise<PasskeyAnswer> => {
  const { startAuthentication } = await library()
  const { id, rawId, response } = await startAuthentication({ optionsJSON: options })
  const { clientDataJSON, authenticatorData, signature } = response
  return { id, rawId, type: 'public-key', response: { clientDataJSON, authenticatorData, signature } }
}

/**
 * Why the browser gave no passkey: its prompt was closed or waited for too long, which browsers do not tell apart; there is
 * one on this device already; or something else.
 */
export type PasskeyFailure = 'cancelled' | 'known' | 'failed'

/** What {@link makePasskey} and {@link askPasskey} have rejected with, by the names of WebAuthn Level 3, 5.1.3 and 5.1.4. */
export const passkeyFailure = (error: unknown): PasskeyFailure => {
  const name = error instanceof Error ? error.name : ''
  if (name === 'NotAllowedError' || name === 'AbortError') return 'cancelled'
  return name === 'InvalidStateError' ? 'known' : 'failed'
}
