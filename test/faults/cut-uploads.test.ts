import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { timeId } from '../../shared/kernel/ids.ts'
import type { UploadGrant } from '../../shared/kernel/upload.ts'
import type { HandIn } from '../../shared/work/hand-in.ts'
import { accepted } from '../support/accepted.ts'
import { slices } from '../support/announcement.ts'
import type { Called } from '../support/call.ts'
import { audience, college, groups } from '../support/school.ts'
import { timeoutMs } from '../support/timeout.ts'
import { cutPut } from './day/device.ts'
import { type Day, openDay } from './day/territory.ts'

let day: Day
beforeAll(async () => {
  day = await openDay(() => 1)
})
afterAll(() => day.close())

const sixA = audience('class', groups.sixA.id)
const type = 'application/octet-stream'
const megabyte = 1024 * 1024

type Sent = { readonly name: string; readonly bytes: Buffer; readonly file: string; readonly upload: UploadGrant }

/** Announces a file, and sends 60 % of it, or of its third part after two whole ones. */
const cut = async (who: string, space: string, name: string, size = 100_000, more = {}): Promise<Sent> => {
  const bytes = Buffer.alloc(size, name)
  const { file, upload } = (await accepted(day.announce(who, space, { bytes, name, type }, more))).body
  const parts = slices(bytes)
  if (parts.length > 0) await day.put({ ...upload, puts: upload.puts.slice(0, 2) }, bytes)
  const [broken, of] = parts.length > 0 ? [upload.puts[2], parts[2]] : [upload.puts[0], bytes]
  await cutPut(broken, of ?? bytes, 0.6)
  await day.deliver()
  return { name, bytes, file, upload }
}

/** Sends a file once more, all of it. */
const retry = async (who: string, { bytes, file, upload }: Sent): Promise<void> => {
  expect(new Set(await day.put(upload, bytes))).toEqual(new Set([200]))
  if (upload.puts.length > 1) await accepted(day.ask('complete', who, { params: { file } }))
  await day.deliver()
}
const named = async (who: string, space: string, name: string) =>
  (await day.list(who, space)).filter(one => one.name === name)
const isStored = async ({ bytes }: Sent, id: string | undefined): Promise<boolean> =>
  (await day.objects.firstBytes({ id: id ?? '' }, bytes.length + 1)).equals(bytes)
const refused = ({ status, body }: Called) => [status, body.errors?.[0]?.path]
const notThere = [400, 'body.attachments.0']

describe('an upload that is cut at 60 %', () => {
  it.each([
    ['into one’s own space', 'anne', 'mine', 19, 100_000],
    ['into the space of a class', 'lea', sixA, 19, 100_000],
    ['in parts', 'anne', 'mine', 1, 26 * megabyte],
  ] as const)(
    '%s: leaves nothing listed, and is a document, byte for byte, after a retry',
    async (how, who, space, count, size) => {
      const sent: Sent[] = []
      for (let at = 0; at < count; at++) sent.push(await cut(who, space, `${how} ${at}.bin`, size + at))
      for (const { name } of sent) expect(await named(who, space, name)).toEqual([])
      if (size > 25 * megabyte) {
        const { body } = await day.ask('complete', who, { params: { file: sent[0]?.file ?? '' } })
        expect(body.type).toBe('/api/problems/upload-not-complete')
      }
      for (const one of sent) await retry(who, one)
      for (const one of sent) {
        const found = await named(who, space, one.name)
        expect(found).toHaveLength(1)
        expect(await isStored(one, found[0]?.file?.id), one.name).toBe(true)
      }
    },
    timeoutMs(20),
  )

  it('in place of a document: leaves its version before, until a retry', async () => {
    const entry = await day.send('anne', 'mine', { bytes: Buffer.from('avant'), name: 'Plan.bin', type })
    const sent = await cut('anne', 'mine', 'Plan.bin', 100_000, { replaces: entry })
    expect(await named('anne', 'mine', 'Plan.bin')).toMatchObject([{ id: entry, file: { length: 5 } }])
    await retry('anne', sent)
    const found = await named('anne', 'mine', 'Plan.bin')
    expect(found).toMatchObject([{ id: entry, file: { id: sent.file } }])
    expect(await isStored(sent, sent.file)).toBe(true)
  })

  it('of a hand-in, of what is given back, and of work: nothing of them is there before a retry', async () => {
    const { work } = day.asks
    const toClass = { group: groups.sixA.id, day: '2100-01-04' }
    const of = (attachments: readonly string[]) => ({
      ...{ uai: college, kind: 'task', subject: 'Français', title: 'Rédaction', attachments },
      to: [{ ...toClass, assignment: { dueAt: '2100-01-04T17:00:00.000Z', late: true } }],
    })
    const sheet = await cut('anne', 'mine', 'Sujet.bin')
    const notebook = async () => (await accepted(work('list', 'lea', { params: { audience: sixA } }))).body.items.length
    expect(refused(await work('set', 'anne', { body: of([sheet.file]) }))).toEqual(notThere)
    expect(await notebook()).toBe(0)
    await retry('anne', sheet)
    const piece = (await accepted(work('set', 'anne', { body: of([sheet.file]) }))).body.items[0].id
    await day.deliver()
    expect(await notebook()).toBe(1)

    const params = { piece, pupil: day.idOf('lea') }
    const handIn = async (): Promise<HandIn> => (await accepted(work('handIn', 'anne', { params }))).body
    const at = day.clock.now.toISOString()
    const photo = await cut('lea', 'mine', 'Photo.bin')
    const version = timeId(day.clock.now)
    const hand = () =>
      work('sendHandIn', 'lea', {
        params: { ...params, version },
        body: { attachments: [photo.file], at, sentAt: at },
      })
    expect(refused(await hand())).toEqual(notThere)
    expect((await handIn()).versions).toEqual([])
    await retry('lea', photo)
    await accepted(hand())
    const [handed] = (await handIn()).versions
    expect(await isStored(photo, handed?.files?.[0]?.file)).toBe(true)

    const correction = await cut('anne', 'mine', 'Corrigé.bin')
    const note = () => work('note', 'anne', { params, body: { comment: 'Bien.', attachments: [correction.file], at } })
    expect(refused(await note())).toEqual(notThere)
    expect((await handIn()).note).toBeUndefined()
    await retry('anne', correction)
    await accepted(note())
    expect(await isStored(correction, (await handIn()).note?.files?.[0]?.file)).toBe(true)
  })
})
