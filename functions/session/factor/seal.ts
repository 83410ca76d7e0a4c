import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'
import { uses } from '../../platform/access.ts'
import { platformPatterns } from '../../platform/patterns.ts'
import type { Table } from '../../platform/table.ts'

const sealingAccess = uses({ get: [platformPatterns.factorsKey, platformPatterns.formerFactorsKey] })

/**
 * The territory's secret that second factors are sealed with: read where one is sealed or opened, and by no other function.
 * Throws if there is none: the deploy did not finish.
 */
export const readSealing = async (table: Table<typeof sealingAccess>): Promise<string> => {
  const held = await table.get(platformPatterns.factorsKey, {})
  // While a deploy is under way, this function may be of the new release before the secret was copied.
  const item = held ?? (await table.get(platformPatterns.formerFactorsKey, {}))
  if (!item) throw new Error('the territory has no secret for second factors yet')
  return item.secret
}

/** Bytes of AES-GCM's nonce and tag (NIST SP 800-38D). */
const [nonceLength, tagLength] = [12, 16]

const keyOf = (sealing: string): Buffer => createHmac('sha256', sealing).update('seal').digest()

/** Encrypts a person's secret with the territory's, by AES-256-GCM: it opens for that person only. base64url. */
export const seal = (secret: Uint8Array, person: string, sealing: string): string => {
  const nonce = randomBytes(nonceLength)
  const cipher = createCipheriv('aes-256-gcm', keyOf(sealing), nonce).setAAD(Buffer.from(person))
  const sealed = Buffer.concat([cipher.update(secret), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')
}

/** The secret that was sealed. Throws if it is another person's, or sealed with another key. */
export const unseal = (text: string, person: string, sealing: string): Buffer => {
  const bytes = Buffer.from(text, 'base64url')
  const nonce = bytes.subarray(0, nonceLength)
  const decipher = createDecipheriv('aes-256-gcm', keyOf(sealing), nonce)
    .setAAD(Buffer.from(person))
    .setAuthTag(bytes.subarray(nonceLength, nonceLength + tagLength))
  return Buffer.concat([decipher.update(bytes.subarray(nonceLength + tagLength)), decipher.final()])
}
