import { randomBytes } from 'node:crypto'
import { verifyAuthenticationResponse, verifyRegistrationResponse } from '@simplewebauthn/server'
import type * as z from 'zod/mini'
import type {
  NewPasskey,
  PasskeyAnswer,
  PasskeyCreation,
  PasskeyRequest,
} from '../../../shared/session/factor-contract.ts'
import type { PasskeyItem } from '../factor-patterns.ts'

/** Passkeys as the second factor, by Web Authentication Level 3. The page's host is the relying party's id. */

/** Milliseconds for which the browser asks. */
const timeout = 300_000
/** ES256, EdDSA, RS256 (IANA COSE Algorithms): what authenticators make. */
const algorithms = [-7, -8, -257]

/** A new challenge: 256 bits. */
export const newChallenge = (): string => randomBytes(32).toString('base64url')

const rpIdOf = (host: string): string => host.replace(/:\d+$/, '')

/** The origins of pages of a host. Browsers make passkeys without TLS on localhost only. */
const originsOf = (host: string): string[] =>
  rpIdOf(host) === 'localhost' ? [`https://${host}`, `http://${host}`] : [`https://${host}`]

const descriptorsOf = (passkeys: readonly PasskeyItem[], host: string) =>
  passkeys
    .filter(one => one.host === rpIdOf(host))
    .map(({ id, transports }) => ({ id, type: 'public-key' as const, ...(transports && { transports }) }))

type Asked = { readonly host: string; readonly challenge: string }

/** What a browser makes a passkey with. The user's id is the person's: it says nothing to others. */
export const creationOf = (
  passkeys: readonly PasskeyItem[],
  { host, challenge }: Asked,
  person: { readonly id: string; readonly login: string; readonly name: string },
): z.infer<typeof PasskeyCreation> => ({
  rp: { id: rpIdOf(host), name: 'Préau' },
  user: { id: Buffer.from(person.id).toString('base64url'), name: person.login, displayName: person.name },
  challenge,
  pubKeyCredParams: algorithms.map(alg => ({ type: 'public-key' as const, alg })),
  timeout,
  excludeCredentials: descriptorsOf(passkeys, host),
  // The password is the first factor: no key that finds its account by itself is needed.
  authenticatorSelection: { residentKey: 'discouraged', userVerification: 'preferred' },
  attestation: 'none',
})

/** What a passkey answers. */
export const requestOf = (
  passkeys: readonly PasskeyItem[],
  { host, challenge }: Asked,
): z.infer<typeof PasskeyRequest> => ({
  rpId: rpIdOf(host),
  challenge,
  timeout,
  allowCredentials: descriptorsOf(passkeys, host),
  userVerification: 'preferred',
})

/** What is expected of an answer: the challenge, the page, its host. */
const expected = ({ host, challenge }: Asked) => ({
  expectedChallenge: challenge,
  expectedOrigin: originsOf(host),
  expectedRPID: rpIdOf(host),
  requireUserVerification: false,
})

/** The library throws for what is not as expected. */
const orUndefined = async <Value>(verifying: Promise<Value>): Promise<Value | undefined> => {
  try {
    return await verifying
  } catch {
    return undefined
  }
}

/** The passkey that was made, if it was with this challenge and on a page of this host. */
export const madePasskey = async (
  response: NewPasskey,
  asked: Asked,
  { label, now }: { readonly label: string; readonly now: Date },
): Promise<PasskeyItem | undefined> => {
  const made = { ...response, clientExtensionResults: {} }
  const verified = await orUndefined(
    verifyRegistrationResponse({ response: made, ...expected(asked), supportedAlgorithmIDs: algorithms }),
  )
  if (!verified?.verified) return undefined
  const { id, publicKey, counter } = verified.registrationInfo.credential
  const { transports } = response.response
  return {
    id,
    publicKey: Buffer.from(publicKey).toString('base64url'),
    counter,
    ...(transports && { transports }),
    host: rpIdOf(asked.host),
    label,
    since: now.toISOString(),
  }
}

/** The passkey that answered, with its new counter; undefined if none of them did, or with an old counter. */
export const answeringPasskey = async (
  passkeys: readonly PasskeyItem[],
  response: PasskeyAnswer,
  asked: Asked,
  now: Date,
): Promise<PasskeyItem | undefined> => {
  const found = passkeys.find(one => one.id === response.id)
  if (!found) return undefined
  const { id, counter } = found
  const credential = { id, counter, publicKey: new Uint8Array(Buffer.from(found.publicKey, 'base64url')) }
  const answer = { ...response, clientExtensionResults: {} }
  const verified = await orUndefined(verifyAuthenticationResponse({ response: answer, ...expected(asked), credential }))
  if (!verified?.verified) return undefined
  return { ...found, counter: verified.authenticationInfo.newCounter, lastUsed: now.toISOString() }
}
