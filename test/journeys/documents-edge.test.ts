import { afterAll, beforeAll, expect, it } from 'vitest'
import { audienceId } from '../../functions/directory/audiences.ts'
import { documentsContract } from '../../shared/documents/contract.ts'
import type { LinkedEntry } from '../../shared/documents/shapes.ts'
import { accepted } from '../support/accepted.ts'
import { announcementOf } from '../support/announcement.ts'
import { builtAssembly } from '../support/built.ts'
import { eventually, type Visitor, visitor } from '../support/http.ts'
import { populate } from '../support/populate.ts'
import { startTerritory, type Territory } from '../support/territory.ts'
import { timeoutMs } from '../support/timeout.ts'
import { classes } from '../support/valmont.ts'

const { routes } = documentsContract
const sixA = audienceId('class', classes.sixA)
const bytes = Buffer.from('La Grèce antique, de Périclès à Alexandre')

let territory: Territory
let helene: Visitor
let ines: Visitor
/** Seconds by which the edge's clock is ahead. */
let ahead = 0

beforeAll(async () => {
  territory = await startTerritory({ assembly: builtAssembly(), edgeNow: () => Date.now() + ahead * 1000 })
  const valmont = await populate(territory)
  helene = await valmont.as('helene')
  ines = await valmont.as('ines')
})
afterAll(() => territory?.stop())

const linkOf = (who: Visitor, space: string, name: string): Promise<string> =>
  eventually(async () => {
    const { body } = await accepted(who.ask(routes.list, { params: { space } }))
    return (body.items as LinkedEntry[]).find(one => one.name === name)?.link
  }, timeoutMs(30))

const send = async (name: string): Promise<string> => {
  const announced = { name, file: announcementOf(bytes, 'text/plain') }
  const { upload } = (await accepted(helene.ask(routes.announce, { params: { space: sixA }, body: announced }))).body
  for (const { url, headers } of upload.puts)
    expect((await fetch(url, { method: 'PUT', headers, body: new Uint8Array(bytes) })).status).toBe(200)
  return linkOf(ines, sixA, name)
}

const fetched = async (who: Visitor, link: string, headers = {}) => {
  const reply = await who.get(link, headers)
  return [reply.status, reply.headers.get('x-cache')?.split(' ')[0], reply.body]
}

it('serves a document to its class, in ranges too, and asks the bucket after 55 s whether it is there', async () => {
  const link = await send('Grèce.txt')
  const whole = bytes.toString()
  expect(await fetched(ines, link)).toEqual([200, 'Miss', whole])
  expect(await fetched(helene, link)).toEqual([200, 'Hit', whole])
  const [status, , part] = await fetched(ines, link, { range: 'bytes=0-1' })
  expect([status, part]).toEqual([206, 'La'])
  expect((await visitor(territory.url).get(link)).status).toBe(401)
  ahead += 56
  // The bucket confirms it without sending it: 304.
  expect(await fetched(ines, link)).toEqual([200, 'RefreshHit', whole])
  expect(await fetched(helene, link)).toEqual([200, 'Hit', whole])
})

it('serves it no more a minute after it was taken from the class, though it hangs elsewhere', async () => {
  const link = await send('Rome.txt')
  expect((await fetched(ines, link))[0]).toBe(200)
  const { body } = await accepted(helene.ask(routes.list, { params: { space: sixA } }))
  const entry = (body.items as LinkedEntry[]).find(one => one.name === 'Rome.txt')?.id ?? ''
  await accepted(helene.ask(routes.copy, { params: { space: 'mine' }, body: { from: sixA, entry } }))
  const own = await linkOf(helene, 'mine', 'Rome.txt')
  await accepted(helene.ask(routes.remove, { params: { space: sixA, entry } }))
  // The new name of the object is told to the other place as soon as it has it.
  const moved = await eventually(async () => {
    const now = await linkOf(helene, 'mine', 'Rome.txt')
    return now.split('-')[0] === own.split('-')[0] || /\/[0-9a-z]{22}-/.test(now) ? undefined : now
  }, timeoutMs(30))
  expect((await fetched(helene, moved)).slice(0, 1)).toEqual([200])
  ahead += 56
  // The policy of the bucket refuses what has no tag of a scan, and so what is not there.
  expect((await fetched(ines, link))[0]).toBe(403)
})
