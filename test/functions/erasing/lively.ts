import { mkdtempSync, rmSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ScanCommand } from '@aws-sdk/client-dynamodb'
import { unmarshall } from '@aws-sdk/util-dynamodb'
import { grantAccess, importAccess } from '../../../functions/directory/access.ts'
import { audienceId, directoryPatterns, type PersonItem } from '../../../functions/directory/audiences.ts'
import { directoryHandler } from '../../../functions/directory/handler.ts'
import { personId } from '../../../functions/directory/identity.ts'
import { grantAdministrator, grantTerritoryRole } from '../../../functions/directory/import/grants.ts'
import { importFeed } from '../../../functions/directory/import/import.ts'
import { erasures } from '../../../functions/features.ts'
import { newsHandler } from '../../../functions/news/handler.ts'
import { unpack } from '../../../functions/news/marks/packed.ts'
import { platformErasure } from '../../../functions/platform/erasing/erasure.ts'
import { openTable } from '../../../functions/platform/open-table.ts'
import { openScan } from '../../../functions/platform/scan.ts'
import type { Caller } from '../../../functions/platform/token.ts'
import { sessionPatterns } from '../../../functions/session/patterns.ts'
import { directoryContract } from '../../../shared/directory/contract.ts'
import { newsContract } from '../../../shared/news/contract.ts'
import { accepted } from '../../support/accepted.ts'
import { call } from '../../support/call.ts'
import { openItems } from '../../support/items.ts'
import { openBoards } from '../boards/fixture.ts'
import type { Values } from '../directory/import/aaf-feed.ts'
import { college, oneD, twoD } from '../directory/import/two-feeds.ts'

/** Everything that a territory's items can be erased from. */
export const allErasures = [platformErasure, ...Object.values(erasures).flatMap(one => one ?? [])]

/** Those who will be erased: a guardian of two feeds, a pupil, a teacher who published. */
export const leaving = {
  noe: { source: 'aaf:one', key: '500', names: ['Noé', 'Quatrepin'] },
  zoe: { source: 'aaf:two', key: '200', names: ['Zoélie', 'Valdemort'] },
  berthe: { source: 'aaf:two', key: '910', names: ['Berthe', 'Tulipière'] },
} as const
/** Those who stay. */
const staying = {
  ida: { source: 'aaf:two', key: '510' },
  tim: { source: 'aaf:two', key: '201' },
  marc: { source: 'aaf:two', key: '911' },
  nadia: { source: 'aaf:two', key: '912' },
} as const
export type Name = keyof typeof leaving | keyof typeof staying

const everybody: Record<Name, { readonly source: string; readonly key: string }> = { ...leaving, ...staying }
export const idOf = (name: Name): string => personId(everybody[name].source, everybody[name].key)

/** What a feed tells of Noé, also to be recognized by. */
const contacts = { mail: 'noe.quatrepin@example.org', mobile: '0612345699' }
const named = ([givenName, sn]: readonly [string, string]): Values => ({ givenName, sn })
const noe: Values = { ...named(leaving.noe.names), ...contacts }
const direction = { ENTPersonFonctions: '1$DIR$DIRECTION$D0010$DIRECTION', ENTAuxEnsClassesMatieres: '' }
const office = { ENTPersonFonctions: '1$ADF$PERSONNELS ADMINISTRATIFS$A0030$SECRETARIAT', ENTAuxEnsClassesMatieres: '' }

const always = {
  510: named(['Ida', 'Restante']),
  520: named(['Ugo', 'Restant']),
} as const
const staff = {
  911: { ...named(['Marc', 'Directeur']), ...direction },
  912: { ...named(['Nadia', 'Bureau']), ...office },
}

const before = {
  one: { pupils: { 100: ['500'] }, guardians: { 500: noe } },
  two: {
    pupils: { 200: ['500', '510'], 201: ['510', '520'] },
    more: { 200: named(leaving.zoe.names), 201: named(['Tim', 'Restant']) },
    guardians: { 500: noe, ...always },
    staff: { 910: named(leaving.berthe.names), ...staff },
  },
}
const after = {
  one: { pupils: { 100: ['530'] }, guardians: { 530: named(['Eve', 'Nouvelle']) }, day: 2 },
  two: {
    pupils: { 201: ['510', '520'] },
    more: { 201: named(['Tim', 'Restant']) },
    guardians: always,
    staff,
    day: 2,
  },
}

/**
 * A territory in which people do all that leaves traces of them: two feeds that describe the same guardian, codes, roles,
 * decisions, sessions, news with signatures and answers. Then some of them leave.
 */
export const openLively = async () => {
  const boards = await openBoards()
  const { database, platform, clock, stream } = boards
  const items = openItems(database)
  const folder = mkdtempSync(join(tmpdir(), 'preau-erasing-'))
  let feeds = 0
  const now = () => clock.now

  const deliver = async (files: Record<string, string>) => {
    const path = join(folder, `feed${++feeds}`)
    await mkdir(path)
    for (const [name, content] of Object.entries(files)) await writeFile(join(path, name), content)
    const table = openTable(database.table, importAccess, now, database.client)
    const report = await importFeed({ table, now }, { path, confirm: ['0990002B', college] })
    if (report.held.length > 0) throw new Error(`held: ${JSON.stringify(report.held)}`)
    await stream.deliverToTheEnd()
    return report
  }

  const personOf = async (name: Name): Promise<PersonItem> => {
    const found = await items.get(directoryPatterns.person, { person: idOf(name) })
    if (!found) throw new Error(`there is no ${name}`)
    return found
  }
  /** Somebody who is signed in. */
  const as = async (name: Name): Promise<Caller> => {
    const { id: person, roles, audiences, access } = await personOf(name)
    const session = `session-of-${name}`
    await items.put(
      sessionPatterns.session,
      { person, session },
      {
        session,
        device: 'Firefox, Linux',
        since: clock.now.toISOString(),
        lastSeen: clock.now.toISOString(),
        refreshHash: '-',
        rotation: 0,
        personalDevice: true,
        expiresAt: Math.floor(clock.now.getTime() / 1000) + 400 * 86_400,
      },
    )
    return { person, session, roles, audiences: audiences.map(({ id }) => id), access } as Caller
  }
  const handlers = { news: newsHandler(platform), directory: directoryHandler(platform) }
  const news = async (name: keyof typeof newsContract.routes, who: Name, options: object) => {
    const reply = await accepted(
      call(handlers.news, platform, newsContract.routes[name], { ...options, as: await as(who) }),
    )
    await stream.deliverToTheEnd()
    return reply
  }
  const directory = async (name: keyof typeof directoryContract.routes, who: Name, options: object) => {
    const routes = directoryContract.routes
    const reply = await accepted(call(handlers.directory, platform, routes[name], { ...options, as: await as(who) }))
    await stream.deliverToTheEnd()
    return reply
  }

  await deliver(oneD(before.one))
  await deliver(twoD(before.two))
  const granting = { table: openTable(database.table, grantAccess, now, database.client), now }
  for (const key of ['912', '910']) await grantAdministrator(granting, { school: college, person: key })
  await grantTerritoryRole(granting, { person: idOf('berthe'), role: 'authority' })
  await stream.deliverToTheEnd()

  /** All items of the table, also what is packed in bytes. */
  const everything = async (): Promise<{ readonly key: string; readonly item: object }[]> => {
    const found: { key: string; item: object }[] = []
    let from: Record<string, never> | undefined
    do {
      const page = await database.client.send(new ScanCommand({ TableName: database.table, ExclusiveStartKey: from }))
      for (const stored of page.Items ?? []) {
        const item = unmarshall(stored)
        const packed = item.news instanceof Uint8Array ? unpack(item.news) : undefined
        found.push({ key: `${item.pk} ${item.sk}`, item: { ...item, ...(packed && { news: packed }) } })
      }
      from = page.LastEvaluatedKey as typeof from
    } while (from)
    return found
  }

  /** Where something that tells who somebody is stands in the table or in the boards' bucket. */
  const tracesOf = async (texts: readonly string[]): Promise<string[]> => {
    const has = (text: string) => texts.some(one => text.toLowerCase().includes(one.toLowerCase()))
    const inTable = (await everything()).filter(({ item }) => has(JSON.stringify(item))).map(({ key }) => key)
    const inBucket = [...(await boards.allFiles())].filter(([path, text]) => has(path + text)).map(([path]) => path)
    return [...inTable, ...inBucket]
  }

  return {
    ...boards,
    items,
    personOf,
    as,
    news,
    directory,
    deliver,
    leave: async () => {
      await deliver(oneD(after.one))
      await deliver(twoD(after.two))
    },
    comeBack: () => deliver(twoD({ ...before.two, day: 3 })),
    scan: openScan(database.table, database.client),
    everything,
    tracesOf,
    audiences: async () => {
      const { groups } = await personOf('tim')
      const group = groups[0]?.id ?? ''
      return { pupils: audienceId('class', group), families: audienceId('class-guardians', group), group }
    },
    close: async () => {
      rmSync(folder, { recursive: true, force: true })
      await boards.close()
    },
  }
}

export type Lively = Awaited<ReturnType<typeof openLively>>

/** What tells who one of those is who leave: ids, names, login, key, mail and phone. */
export const signsOf = (name: keyof typeof leaving): string[] => {
  const { names } = leaving[name]
  const ids = [idOf(name), ...(name === 'noe' ? [personId('aaf:two', '500'), ...Object.values(contacts)] : [])]
  return [...ids, names[1], names[1].normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()]
}
