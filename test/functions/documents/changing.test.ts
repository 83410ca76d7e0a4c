import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accepted } from '../../support/accepted.ts'
import { audience, groups } from '../../support/school.ts'
import { type Documents, openDocuments } from './territory.ts'

const sixA = audience('class', groups.sixA.id)
const day = 86_400_000

let documents: Documents
beforeAll(async () => {
  documents = await openDocuments()
})
afterAll(() => documents.close())

const folder = async (who: string, space: string, name: string, within?: string): Promise<string> => {
  const body = { name, ...(within !== undefined && { folder: within }) }
  return (await accepted(documents.ask('addFolder', who, { params: { space }, body }))).body.id
}
const send = (who: string, space: string, name: string, within?: string) =>
  documents.send(who, space, { bytes: Buffer.from(name), name }, within === undefined ? {} : { folder: within })
const change = (who: string, space: string, entry: string, body: object) =>
  documents.ask('change', who, { params: { space, entry }, body })
const remove = (who: string, space: string, entry: string) => documents.ask('remove', who, { params: { space, entry } })
const restore = (who: string, space: string, entry: string) =>
  documents.ask('restore', who, { params: { space, entry } })
const idsOf = (entries: readonly { readonly id: string }[]) => entries.map(({ id }) => id)

describe('a folder', () => {
  it('is moved neither into itself, nor into what is within it, nor into a document or another space’s folder', async () => {
    const outer = await folder('anne', sixA, 'Géographie')
    const inner = await folder('anne', sixA, 'Cartes', outer)
    const innermost = await folder('anne', sixA, 'Fleuves', inner)
    const [file, foreign] = [await send('anne', sixA, 'Carte.txt'), await folder('anne', 'mine', 'Brouillons')]
    for (const to of [outer, inner, innermost, file, foreign]) {
      const { status, body } = await change('anne', sixA, outer, { folder: to })
      expect([status, body.type], to).toEqual([422, '/api/problems/not-a-folder'])
    }
    expect((await accepted(change('anne', sixA, innermost, { folder: outer }))).body.folder).toBe(outer)
    const moved = (await accepted(change('anne', sixA, inner, { folder: null }))).body
    expect(moved).not.toHaveProperty('folder')
  })

  it('is removed only once nothing is in it: what is in the trash does not count', async () => {
    const full = await folder('anne', sixA, 'Histoire')
    const file = await send('anne', sixA, 'Grèce.txt', full)
    expect((await remove('anne', sixA, full)).body.type).toBe('/api/problems/folder-not-empty')
    await accepted(remove('anne', sixA, file))
    await accepted(remove('anne', sixA, full))
    expect(idsOf(await documents.trash('anne', sixA))).toEqual(expect.arrayContaining([full, file]))
  })
})

describe('the trash', () => {
  it('gives a document back where it was, or into the space itself where its folder is there no more', async () => {
    const [kept, lost] = [await folder('lea', 'mine', 'Gardé'), await folder('lea', 'mine', 'Perdu')]
    const [there, away] = [await send('lea', 'mine', 'A.txt', kept), await send('lea', 'mine', 'B.txt', lost)]
    for (const entry of [there, away, lost]) await accepted(remove('lea', 'mine', entry))
    expect((await accepted(restore('lea', 'mine', there))).body.folder).toBe(kept)
    expect((await accepted(restore('lea', 'mine', away))).body).not.toHaveProperty('folder')
    expect(idsOf(await documents.list('lea', 'mine'))).toContain(away)
  })

  it('counts no room, and gives nothing back for which there is none any more', async () => {
    const megabyte = 1024 * 1024
    const large = (name: string, size: number) =>
      documents.send('karim', 'mine', { bytes: Buffer.alloc(size), type: 'application/octet-stream', name })
    const first = await large('Film.bin', 6 * megabyte)
    await accepted(remove('karim', 'mine', first))
    expect(await documents.used('karim', 'mine')).toBe(0)
    await large('Son.bin', 5 * megabyte)
    const { body } = await restore('karim', 'mine', first)
    expect([body.type, body.room?.needed]).toEqual(['/api/problems/space-full', 6 * megabyte])
    expect(idsOf(await documents.trash('karim', 'mine'))).toEqual([first])
  })

  it('is emptied after 30 days, and not of what was given back or removed again since', async () => {
    const began = documents.clock.now
    const [gone, back, again] = [
      await send('sophie', 'mine', 'Parti.txt'),
      await send('sophie', 'mine', 'Rendu.txt'),
      await send('sophie', 'mine', 'Encore.txt'),
    ]
    for (const entry of [gone, back, again]) await accepted(remove('sophie', 'mine', entry))
    await accepted(restore('sophie', 'mine', back))
    documents.clock.now = new Date(began.getTime() + day)
    await accepted(restore('sophie', 'mine', again))
    await accepted(remove('sophie', 'mine', again))
    await documents.tick(new Date(began.getTime() + 30 * day - 60_000))
    expect(idsOf(await documents.trash('sophie', 'mine')).sort()).toEqual([gone, again].sort())
    await documents.tick(new Date(began.getTime() + 30 * day + 60_000))
    expect(idsOf(await documents.trash('sophie', 'mine'))).toEqual([again])
    expect((await restore('sophie', 'mine', gone)).status).toBe(404)
    expect(idsOf(await documents.list('sophie', 'mine'))).toEqual([back])
    // After a day in which it did not run, the clock reads some hours of it a run.
    for (let run = 0; run < 5; run++) await documents.tick(new Date(began.getTime() + 31 * day + 60_000))
    expect(await documents.trash('sophie', 'mine')).toEqual([])
  })
})
