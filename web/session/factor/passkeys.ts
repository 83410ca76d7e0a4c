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
