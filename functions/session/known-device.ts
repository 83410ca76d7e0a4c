import { randomBytes, timingSafeEqual } from 'node:crypto'
import { base32 } from '../../shared/kernel/ids.ts'
import type { KeysItem } from '../platform/patterns.ts'
import { derived } from './secrets.ts'

/** Most people remembered on one device, such as a family's tablet. */
const mostPeople = 4

type Known = { readonly person: string; readonly device: string; readonly proof: string }

const proofOf = (keys: KeysItem, person: string, device: string) => base32(derived(keys, 'device', person, device), 24)

const read = (cookie: string | undefined): Known[] =>
  (cookie ?? '').split('~', mostPeople).flatMap(entry => {
    const [person, device, proof] = entry.split('.')
    return person && device && proof ? [{ person, device, proof }] : []
  })

/** The id of this device if `person` has signed in on it before, as the cookie proves by an HMAC. */
export const knownDevice = (cookie: string | undefined, person: string, keys: KeysItem): string | undefined => {
  const entry = read(cookie).find(one => one.person === person)
  if (!entry) return undefined
  const [given, expected] = [Buffer.from(entry.proof), Buffer.from(proofOf(keys, person, entry.device))]
  return given.length === expected.length && timingSafeEqual(given, expected) ? entry.device : undefined
}

/** The device cookie's value after `person` signed in on this device, with the latest person first. */
export const rememberDevice = (cookie: string | undefined, person: string, keys: KeysItem): string => {
  const device = knownDevice(cookie, person, keys) ?? base32(randomBytes(10), 16)
  const others = read(cookie).filter(one => one.person !== person)
  return [{ person, device, proof: proofOf(keys, person, device) }, ...others]
    .slice(0, mostPeople)
    .map(one => `${one.person}.${one.device}.${one.proof}`)
    .join('~')
}
