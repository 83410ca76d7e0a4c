import { createHmac, randomBytes } from 'node:crypto'
import { base32 } from '../../../../shared/kernel/ids.ts'
import { fold } from '../../../../shared/kernel/names.ts'
import { put } from '../../../platform/operation.ts'
import { hashedId } from '../../identity.ts'
import { importPatterns } from '../../patterns.ts'
import type { PersonRecord } from '../../record.ts'
import { ImportRefused } from '../feed/finding.ts'
import type { ImportTable, Put } from '../platform.ts'
import type { Staging } from '../staging.ts'
import { consistent } from '../stored.ts'

/** What a feed tells of a person that another feed may tell too; stored as keyed hashes, never as it is. */
export type ContactKind = 'mail' | 'mobile' | 'ine'
export type Contacts = NonNullable<PersonRecord['contacts']>

/** Characters of a hash: 100 bits. */
const length = 20

const mailOf = (said: string): string => {
  const mail = said.trim().toLowerCase()
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(mail) ? mail : ''
}

/** `0612345678`, or `+32470123456` of another country; '' for what is no number. */
const phoneOf = (said: string): string => {
  const digits = said.replace(/[^\d+]/g, '').replace(/^00/, '+')
  const national = digits.replace(/^\+33\(?0?/, '0')
  return /^0\d{9}$/.test(national) || /^\+\d{9,15}$/.test(national) ? national : ''
}

/** A number that is a mobile phone's by itself: others of a household share theirs. */
export const mobileAmong = (said: string): string => (/^0[67]/.test(phoneOf(said)) ? said : '')

const plain: Readonly<Record<ContactKind, (said: string) => string>> = {
  mail: mailOf,
  mobile: phoneOf,
  ine: said => said.trim().toUpperCase(),
}

/** Stages the territory's secret by which contacts are hashed; a new one if it has none yet. */
export const loadSecret = async (staging: Staging, table: ImportTable): Promise<void> => {
  const known = await table.get(importPatterns.contactSecret, {}, consistent)
  const secret = known?.secret ?? randomBytes(32).toString('base64url')
  staging.run('INSERT INTO contact_secret VALUES (?, ?, 0)', secret, known ? 1 : 0)
}

/** Stores a new secret before anything that was hashed with it. */
export const writeSecret = async (staging: Staging, table: ImportTable, dryRun: boolean): Promise<void> => {
  const row = staging.get<{ secret: string }>('SELECT secret FROM contact_secret WHERE stored = 0 AND used = 1')
  if (!row || dryRun) return
  const { secret } = row
  const done = await table.transact([put('secret', importPatterns.contactSecret, {}, { secret }, { absent: true })])
  const now = done.ok ? secret : (await table.get(importPatterns.contactSecret, {}, consistent))?.secret
  if (now !== secret)
    throw new ImportRefused('another first import of this territory goes on: start this one again once it is done')
}

/** Hashes what feeds tell of people. `hash` gives those of the values that are what they should be, each once. */
export const openContacts = (staging: Staging) => {
  const secret = staging.get<{ secret: string }>('SELECT secret FROM contact_secret')?.secret ?? ''
  let used = false
  const hash = (kind: ContactKind, said: readonly string[]): string[] => {
    const values = [...new Set(said.map(plain[kind]).filter(one => one !== ''))]
    if (values.length > 0 && !used) {
      staging.run('UPDATE contact_secret SET used = 1')
      used = true
    }
    return values.map(value =>
      base32(
        createHmac('sha256', secret)
          .update(JSON.stringify([kind, value]))
          .digest(),
        length,
      ),
    )
  }
  return { hash }
}

export type ContactHashes = ReturnType<typeof openContacts>

/** The id of two names, whatever their order. */
const nameId = ({ givenName, familyName }: PersonRecord): string =>
  hashedId(16, 'names', ...[fold(givenName), fold(familyName)].sort())

/** Where somebody is looked up who has contacts; undefined for one who has none. */
export const foundUnder = (record: PersonRecord): string | undefined => (record.contacts ? nameId(record) : undefined)

const kinds = ['mail', 'mobile', 'ine'] as const

/** The kind of contact that two people have in common, if any. */
export const sharedKind = (a: Contacts = {}, b: Contacts = {}): ContactKind | undefined =>
  kinds.find(kind => a[kind]?.some(hash => b[kind]?.includes(hash)))

/** The row by which other sources find somebody who has or had access. */
export const contactRows = (id: string, source: string, record: PersonRecord): Put[] => {
  const { contacts } = record
  const names = foundUnder(record)
  return contacts && names !== undefined
    ? [put('contact', importPatterns.contact, { names, source, person: id }, { person: id, contacts })]
    : []
}
