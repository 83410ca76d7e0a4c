import * as z from 'zod/mini'
import { Count } from '../kernel/count.ts'
import { Instant } from '../kernel/dates.ts'
import { contract, route } from '../kernel/route.ts'
import { typedLine } from '../kernel/typed.ts'
import { Me, sessionProblems } from './contract.ts'

/**
 * The second factor: one-time codes of an app (TOTP, RFC 6238), passkeys (Web Authentication Level 3) and recovery codes.
 * Decision: docs/decisions/0053-a-second-factor.md
 */

/** Bytes as WebAuthn's JSON has them. */
const Base64Url = z.string().check(z.regex(/^[A-Za-z0-9_-]{1,4096}$/))

const PasskeyDescriptor = z.object({
  id: z.string(),
  type: z.literal('public-key'),
  transports: z.optional(z.array(z.string())),
})

/** PublicKeyCredentialCreationOptionsJSON, as far as Préau sets it. */
export const PasskeyCreation = z.object({
  rp: z.object({ id: z.string(), name: z.string() }),
  user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }),
  challenge: z.string(),
  pubKeyCredParams: z.array(z.object({ type: z.literal('public-key'), alg: z.int() })),
  timeout: z.int(),
  excludeCredentials: z.array(PasskeyDescriptor),
  authenticatorSelection: z.object({ residentKey: z.literal('discouraged'), userVerification: z.literal('preferred') }),
  attestation: z.literal('none'),
})

/** PublicKeyCredentialRequestOptionsJSON, as far as Préau sets it. */
export const PasskeyRequest = z.object({
  rpId: z.string(),
  challenge: z.string(),
  timeout: z.int(),
  allowCredentials: z.array(PasskeyDescriptor),
  userVerification: z.literal('preferred'),
})

/** RegistrationResponseJSON, as far as it is verified. */
const NewPasskey = z.object({
  id: Base64Url,
  rawId: Base64Url,
  type: z.literal('public-key'),
  response: z.object({
    clientDataJSON: Base64Url,
    attestationObject: Base64Url,
    transports: z.optional(z.array(z.string().check(z.regex(/^[a-z-]{1,20}$/))).check(z.maxLength(10))),
  }),
})
export type NewPasskey = z.infer<typeof NewPasskey>

/** AuthenticationResponseJSON, as far as it is verified. */
const PasskeyAnswer = z.object({
  id: Base64Url,
  rawId: Base64Url,
  type: z.literal('public-key'),
  response: z.object({ clientDataJSON: Base64Url, authenticatorData: Base64Url, signature: Base64Url }),
})
export type PasskeyAnswer = z.infer<typeof PasskeyAnswer>

/** A code of the app or a recovery code, or the answer of a passkey to the challenge that was asked for. */
export const Proof = z.union([
  z.object({ code: z.string().check(z.trim(), z.minLength(6), z.maxLength(40)) }),
  z.object({ passkey: PasskeyAnswer }),
])
export type Proof = z.infer<typeof Proof>

const PasskeyId = Base64Url

/** What somebody has set up. */
export const Factor = z.object({
  /** Whether a role of theirs needs one in this territory. */
  required: z.boolean(),
  /** Since when an app gives them codes. Absent: none does. */
  totp: z.optional(Instant),
  passkeys: z.array(z.object({ id: PasskeyId, label: z.string(), since: Instant, lastUsed: z.optional(Instant) })),
  /** Recovery codes that are left. */
  recovery: Count,
  /** It was reset, when and by whom; absent: by the operator. */
  reset: z.optional(z.object({ at: Instant, by: z.optional(z.string()) })),
})
export type Factor = z.infer<typeof Factor>

/** Recovery codes, told once: with the first factor, and when they are made anew. */
const Recovery = z.object({ recovery: z.optional(z.array(z.string())) })

const problems = {
  ...sessionProblems,
  'step-ended': { status: 401, title: 'Too much time has passed since the password: sign in again.' },
  'wrong-factor': { status: 403, title: 'This code or passkey is not right, or was used already.' },
  'factor-needed': {
    status: 409,
    title: 'Your role needs a second factor: add another one before you remove this one.',
  },
  'too-many-passkeys': { status: 409, title: 'Ten passkeys are the most: remove one first.' },
} as const
export const factorProblems = problems

/** Routes of the second factor: a function of its own, so that signing in loads none of its code. */
export const factorContract = contract({
  feature: 'session',
  function: 'factor',
  problems,
  schemas: { Factor, NewPasskey, PasskeyAnswer, PasskeyCreation, PasskeyDescriptor, PasskeyRequest },
  routes: {
    step: route({
      kind: 'private',
      method: 'GET',
      path: '/api/session/step',
      summary: 'The second step of a sign-in, which its cookie names: what is asked for.',
      callers: 'anyone',
      within: 'self',
      /** `personalDevice`: as the sign-in said. */
      reply: z.object({ code: z.boolean(), passkey: z.optional(PasskeyRequest), personalDevice: z.boolean() }),
      problems: ['step-ended'],
    }),
    finish: route({
      kind: 'write',
      method: 'POST',
      path: '/api/session/step',
      summary: 'Finish a sign-in by the second factor; sets the session cookies.',
      callers: 'anyone',
      within: 'self',
      setsCookies: true,
      secretBody: true,
      body: z.object({ proof: Proof }),
      status: 201,
      reply: Me,
      problems: ['step-ended', 'wrong-factor', 'account-suspended', 'too-many-attempts'],
    }),
    factor: route({
      kind: 'private',
      method: 'GET',
      path: '/api/me/factor',
      summary: 'One’s second factor.',
      callers: 'signed-in',
      beforeFactor: true,
      within: 'self',
      reply: Factor,
    }),
    challenge: route({
      kind: 'write',
      method: 'POST',
      path: '/api/me/factor/challenge',
      summary: 'What a new passkey is made with and an old one answers, for ten minutes.',
      callers: 'signed-in',
      beforeFactor: true,
      within: 'self',
      status: 200,
      reply: z.object({ create: PasskeyCreation, prove: PasskeyRequest }),
    }),
    beginTotp: route({
      kind: 'write',
      method: 'POST',
      path: '/api/me/factor/totp',
      summary: 'A new secret for an app that gives codes, good for ten minutes until a code of it confirms it.',
      callers: 'signed-in',
      beforeFactor: true,
      within: 'self',
      status: 200,
      /** `secret` in base 32 (RFC 4648); `address`: what a QR code tells the app. */
      reply: z.object({ secret: z.string(), address: z.string() }),
    }),
    confirmTotp: route({
      kind: 'write',
      method: 'PUT',
      path: '/api/me/factor/totp',
      summary:
        'Confirm the new secret by a code of it. Where there is a second factor already, `proof` is of that one.',
      callers: 'signed-in',
      beforeFactor: true,
      within: 'self',
      secretBody: true,
      body: z.object({ code: z.string().check(z.trim(), z.regex(/^\d{3} ?\d{3}$/)), proof: z.optional(Proof) }),
      status: 200,
      reply: Recovery,
      problems: ['step-ended', 'wrong-factor', 'too-many-attempts', 'conflict'],
    }),
    addPasskey: route({
      kind: 'write',
      method: 'POST',
      path: '/api/me/factor/passkeys',
      summary: 'Add a passkey made with the challenge. Where there is a second factor already, `proof` is of that one.',
      callers: 'signed-in',
      beforeFactor: true,
      within: 'self',
      secretBody: true,
      body: z.object({ label: typedLine({ most: 60 }), passkey: NewPasskey, proof: z.optional(Proof) }),
      status: 200,
      reply: Recovery,
      problems: ['step-ended', 'wrong-factor', 'too-many-attempts', 'too-many-passkeys', 'conflict'],
    }),
    remove: route({
      kind: 'write',
      method: 'POST',
      path: '/api/me/factor/removal',
      summary:
        'Remove the app’s codes or a passkey, by the second factor. The last one goes only where none is needed.',
      callers: 'signed-in',
      within: 'self',
      secretBody: true,
      body: z.object({ what: z.union([z.literal('totp'), z.object({ passkey: PasskeyId })]), proof: Proof }),
      status: 204,
      problems: ['step-ended', 'wrong-factor', 'too-many-attempts', 'factor-needed', 'conflict'],
    }),
    renewRecovery: route({
      kind: 'write',
      method: 'POST',
      path: '/api/me/factor/recovery',
      summary: 'Ten new recovery codes in place of those before, by the second factor.',
      callers: 'signed-in',
      within: 'self',
      secretBody: true,
      body: z.object({ proof: Proof }),
      status: 200,
      reply: Recovery,
      problems: ['step-ended', 'wrong-factor', 'too-many-attempts', 'conflict'],
    }),
  },
})
