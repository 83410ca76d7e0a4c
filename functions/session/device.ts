import { randomBytes, timingSafeEqual } from 'node:crypto'
import { base32 } from '../../shared/kernel/ids.ts'
import type { KeysItem } from '../platform/patterns.ts'
import { derived } from './secrets.ts'

/** A family's tablet: this many people are known on one device, the latest first. */
const most = 4

type Known = { readonly person: string; readonly device: string; readonly proof: string }

const proofOf = (keys: KeysItem, person: string, device: string) => base32(derived(keys, 'device', person, device), 24)

const read = (cookie: string | undefined): Known[] =>
  (cookie ?? '').split('~', most).flatMap(entry => {
    const [person, device, proof] = entry.split('.')
    return person && device && proof ? [{ person, device, proof }] : []
  })

/** The id of this device if `person` has signed in on it before: a proof that guessing cannot make. */
export const knownDevice = (cookie: string | undefined, person: string, keys: KeysItem): string | undefined => {
  const found = read(cookie).find(one => one.person === person)
  if (!found) return undefined
  const [given, expected] = [Buffer.from(found.proof), Buffer.from(proofOf(keys, person, found.device))]
  return given.length === expected.length && timingSafeEqual(given, expected) ? found.device : undefined
}

/** The device cookie's value after `person` signed in on this device. */
export const rememberDevice = (cookie: string | undefined, person: string, keys: KeysItem): string => {
  const device = knownDevice(cookie, person, keys) ?? base32(randomBytes(10), 16)
  const others = read(cookie).filter(one => one.person !== person)
  return [{ person, device, proof: proofOf(keys, person, device) }, ...others]
    .slice(0, most)
    .map(one => `${one.person}.${one.device}.${one.proof}`)
    .join('~')
}
