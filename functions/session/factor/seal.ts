import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'
import type { KeysItem } from '../../platform/patterns.ts'

/** Bytes of AES-GCM's nonce and tag (NIST SP 800-38D). */
const [nonceLength, tagLength] = [12, 16]

const keyOf = ({ factors }: KeysItem): Buffer => {
  if (factors === undefined) throw new Error('the territory has no secret for second factors yet')
  return createHmac('sha256', factors).update('seal').digest()
}

/** Encrypts a person's secret with the territory's, by AES-256-GCM: it opens for that person only. base64url. */
export const seal = (secret: Uint8Array, person: string, keys: KeysItem): string => {
  const nonce = randomBytes(nonceLength)
  const cipher = createCipheriv('aes-256-gcm', keyOf(keys), nonce).setAAD(Buffer.from(person))
  const sealed = Buffer.concat([cipher.update(secret), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')
}

/** The secret that was sealed. Throws if it is another person's, or sealed with another key. */
export const unseal = (text: string, person: string, keys: KeysItem): Buffer => {
  const bytes = Buffer.from(text, 'base64url')
  const nonce = bytes.subarray(0, nonceLength)
  const decipher = createDecipheriv('aes-256-gcm', keyOf(keys), nonce)
    .setAAD(Buffer.from(person))
    .setAuthTag(bytes.subarray(nonceLength, nonceLength + tagLength))
  return Buffer.concat([decipher.update(bytes.subarray(nonceLength + tagLength)), decipher.final()])
}
