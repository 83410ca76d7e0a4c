import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb'
import { unmarshall } from '@aws-sdk/util-dynamodb'
import * as z from 'zod/mini'
import { importAccess } from '../../../functions/directory/access.ts'
import { directoryPatterns, type PersonItem } from '../../../functions/directory/audiences.ts'
import { importFeed } from '../../../functions/directory/import/import.ts'
import { openTable } from '../../../functions/platform/open-table.ts'
import { type KeysItem, platformPatterns } from '../../../functions/platform/patterns.ts'
import { accountPatterns } from '../../../functions/session/accounts.ts'
import { grant } from '../../../functions/session/grant.ts'
import { sessionEnd } from '../../../functions/session/lifetime.ts'
import { sessionPatterns } from '../../../functions/session/patterns.ts'
import { refreshHash, refreshSecret } from '../../../functions/session/secrets.ts'
import { epochSeconds } from '../../../shared/kernel/dates.ts'
import { randomId } from '../../../shared/kernel/ids.ts'
import type { Me } from '../../../shared/session/contract.ts'
import { openItems } from '../../support/items.ts'
import { writeValmont } from '../../support/valmont.ts'
import { uaiOf, writeFeed } from '../import/feed.ts'

/** A collège of 1,600 people: 31 classes of 26, a guardian for nearly each pupil, a hundred adults. */
const size = { people: 1_600, pupils: 800, staff: 100, classSize: 26 }

/** The school whose people read. */
export const uai = uaiOf(1)

type Target = { readonly client: DynamoDBClient; readonly table: string }

/** Imports the school, and Valmont, where somebody has two schools, by the directory's real import. */
export const importSchools = async ({ client, table }: Target, now: () => Date): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'preau-bench-school-'))
  try {
    const platform = { table: openTable(table, importAccess, now, client), now }
    const [school, valmont] = [join(folder, 'school'), join(folder, 'valmont')]
    await writeFeed(school, size.people, size)
    await writeValmont(valmont)
    await importFeed(platform, { path: school })
    await importFeed(platform, { path: valmont })
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Everybody whom the directory has, in a fixed order. */
export const readPeople = async ({ client, table }: Target): Promise<readonly PersonItem[]> => {
  const people: PersonItem[] = []
  let ExclusiveStartKey: ScanInput['ExclusiveStartKey']
  do {
    const reply: ScanOutput = await client.send(new ScanCommand({ TableName: table, ExclusiveStartKey }))
    for (const stored of reply.Items ?? []) {
      const item = unmarshall(stored)
      if (item.sk === 'PERSON') people.push(z.parse(directoryPatterns.person.item, item))
    }
    ExclusiveStartKey = reply.LastEvaluatedKey
  } while (ExclusiveStartKey)
  return people.sort((a, b) => (a.id < b.id ? -1 : 1))
}
type ScanInput = ConstructorParameters<typeof ScanCommand>[0]
type ScanOutput = {
  readonly Items?: Parameters<typeof unmarshall>[0][]
  LastEvaluatedKey?: ScanInput['ExclusiveStartKey']
}

/** What a device holds of a session: cookies by name, with their paths, and the profile that came with them. */
export type Signed = { readonly cookies: readonly string[]; readonly me: Me }

/**
 * Signs people in without a password, whose hashing would take minutes: writes account and session as a sign-in does, and
 * gives the cookies that it would have set at `at`.
 */
export const openSignIn = (target: Target, keys: KeysItem) => {
  const items = openItems(target)
  return async (person: PersonItem, at: Date): Promise<Signed> => {
    const session = randomId(20)
    const seconds = epochSeconds(at)
    const account = { person: person.id, login: `${person.id}.bench`, password: '-', activatedAt: at.toISOString() }
    const fields = {
      session,
      device: 'Firefox',
      since: at.toISOString(),
      lastSeen: at.toISOString(),
      refreshHash: refreshHash(refreshSecret(keys, session, 0)),
      rotation: 0,
      personalDevice: true,
      expiresAt: sessionEnd(seconds, seconds, true),
    }
    await items.put(accountPatterns.account, { person: person.id }, account)
    await items.put(sessionPatterns.session, { person: person.id, session }, fields)
    const log = { info: () => {}, error: () => {}, count: () => {}, flush: () => {} }
    const { cookies, value } = grant(person, account, fields, { keys, now: at, log, frozen: undefined })
    return { cookies, me: value }
  }
}

/** The territory's keys. */
export const readKeys = async (target: Target): Promise<KeysItem> => {
  const keys = await openItems(target).get(platformPatterns.keys, {})
  if (!keys) throw new Error('the territory has no keys')
  return keys
}
