import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accepted } from '../../support/accepted.ts'
import { eicar } from '../../support/malware.ts'
import { audience, groups } from '../../support/school.ts'
import { type Documents, openDocuments } from './territory.ts'

const sixA = audience('class', groups.sixA.id)

let documents: Documents
beforeAll(async () => {
  documents = await openDocuments()
})
afterAll(() => documents.close())

type Version = { readonly file: { readonly id: string; readonly length: number }; readonly link?: string }
const historyOf = async (who: string, space: string, entry: string): Promise<Version[]> =>
  (await accepted(documents.ask('entry', who, { params: { space, entry } }))).body.history
const lengthsOf = async (who: string, space: string, entry: string) =>
  (await historyOf(who, space, entry)).map(({ file }) => file.length)
const back = (who: string, space: string, entry: string, file: string) =>
  documents.ask('restoreVersion', who, { params: { space, entry, file } })

/** A document of which each version is longer than the one before; gives the ids of its files, the current one first. */
const withVersions = async (who: string, space: string, name: string, lengths: readonly number[]) => {
  const [first = 1, ...others] = lengths
  const entry = await documents.send(who, space, { bytes: Buffer.alloc(first, 'a'), name })
  for (const length of others)
    await documents.send(who, space, { bytes: Buffer.alloc(length, 'b'), name }, { replaces: entry })
  const history = await historyOf(who, space, entry)
  return { entry, files: history.map(({ file }) => file.id) }
}

describe('an earlier version', () => {
  it('is read by all members of the class, each under an address of its own', async () => {
    const { entry } = await withVersions('anne', sixA, 'Plan.txt', [10, 20, 30])
    const history = await historyOf('lea', sixA, entry)
    expect(history.map(({ file }) => file.length)).toEqual([30, 20, 10])
    expect(new Set(history.map(({ link }) => link)).size).toBe(3)
    for (const { file, link } of history) expect(link).toContain(`/media/${sixA}/${file.id}-`)
  })

  it('becomes the current one, which is kept; what is counted is the current one', async () => {
    const before = await documents.used('anne', 'mine')
    const { entry, files } = await withVersions('anne', 'mine', 'Cours.txt', [10, 20, 30])
    const restored = await accepted(back('anne', 'mine', entry, files[2] ?? ''))
    expect(restored.body).toMatchObject({ id: entry, file: { id: files[2], length: 10 }, versions: 3 })
    expect(await lengthsOf('anne', 'mine', entry)).toEqual([10, 30, 20])
    expect(await documents.used('anne', 'mine')).toBe(before + 10)
    // Asked twice, it is done once.
    await accepted(back('anne', 'mine', entry, files[2] ?? ''))
    expect(await lengthsOf('anne', 'mine', entry)).toEqual([10, 30, 20])
    const own = (await documents.list('anne', 'mine')).find(one => one.id === entry)
    expect(own?.link).toContain(`/${files[2]}-`)
  })

  it('is refused where it is another document’s, somebody else’s, or infected', async () => {
    const { entry, files } = await withVersions('anne', sixA, 'Charte.txt', [10, 20])
    const other = await withVersions('anne', sixA, 'Autre.txt', [10, 20])
    expect((await back('anne', sixA, entry, other.files[1] ?? '')).status).toBe(404)
    expect((await back('lea', sixA, entry, files[1] ?? '')).status).toBe(403)
    expect((await back('tom', sixA, entry, files[1] ?? '')).status).toBe(404)
    const infected = await documents.send('anne', sixA, { bytes: Buffer.from(eicar), name: 'Virus.txt' })
    await documents.send('anne', sixA, { bytes: Buffer.from('sain'), name: 'Virus.txt' }, { replaces: infected })
    const [, bad] = await historyOf('anne', sixA, infected)
    expect((await back('anne', sixA, infected, bad?.file.id ?? '')).body.type).toBe('/api/problems/not-served')
  })

  it('is refused with both figures where it is larger than the room that there is', async () => {
    const megabyte = 1024 * 1024
    const type = 'application/octet-stream'
    const entry = await documents.send('karim', 'mine', { bytes: Buffer.alloc(6 * megabyte), type, name: 'Film.bin' })
    await documents.send(
      'karim',
      'mine',
      { bytes: Buffer.alloc(megabyte), type, name: 'Film.bin' },
      { replaces: entry },
    )
    await documents.send('karim', 'mine', { bytes: Buffer.alloc(5 * megabyte), type, name: 'Son.bin' })
    const [, large] = await historyOf('karim', 'mine', entry)
    const { status, body } = await back('karim', 'mine', entry, large?.file.id ?? '')
    expect([status, body.type, body.room]).toEqual([
      422,
      '/api/problems/space-full',
      { needed: 6 * megabyte, left: 4 * megabyte },
    ])
    expect(await documents.used('karim', 'mine')).toBe(6 * megabyte)
  }, 60_000)
})
