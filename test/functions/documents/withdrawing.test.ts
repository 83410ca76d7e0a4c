import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accepted } from '../../support/accepted.ts'
import { audience, groups } from '../../support/school.ts'
import { type Documents, openDocuments } from './territory.ts'

const sixA = audience('class', groups.sixA.id)

let documents: Documents
beforeAll(async () => {
  documents = await openDocuments()
})
afterAll(() => documents.close())

const bytes = Buffer.from('Le cycle de l’eau')
const inSpace = (space: string, entry: string) => ({ params: { space, entry } })
const linkOf = async (who: string, space: string, name: string) =>
  (await documents.list(who, space)).find(one => one.name === name)?.link ?? ''
/** The objects that an address asks the bucket for. */
const objectOf = (link: string) => {
  const [, id = '', copy = '0'] = /\/([0-9a-z]{22})(?:\.(\d+))?-/.exec(link) ?? []
  return { id, copy: Number(copy) }
}
const isServed = async (link: string) => (await documents.objects.head(objectOf(link))) !== undefined

/** A document of the class that a teacher has also in her own space. */
const placedTwice = async (name: string) => {
  const entry = await documents.send('anne', sixA, { bytes, name })
  const body = { from: sixA, entry }
  const copy = (await accepted(documents.ask('copy', 'anne', { params: { space: 'mine' }, body }))).body.id
  return { entry, copy, link: await linkOf('lea', sixA, name) }
}

describe('a document of a class that is removed', () => {
  it('is served no more under the address that members have, and goes on being served where it hangs else', async () => {
    const { entry, link } = await placedTwice('Eau.txt')
    expect(await isServed(link)).toBe(true)
    await accepted(documents.ask('remove', 'anne', inSpace(sixA, entry)))
    await documents.deliver()
    expect(await isServed(link)).toBe(false)
    const own = await linkOf('anne', 'mine', 'Eau.txt')
    expect(objectOf(own).id).toBe(objectOf(link).id)
    expect(await isServed(own)).toBe(true)
    expect((await documents.objects.firstBytes(objectOf(own), 99)).equals(bytes)).toBe(true)
  })

  it('is served again under a new address when it is taken back', async () => {
    const { entry, link } = await placedTwice('Retour.txt')
    await accepted(documents.ask('remove', 'anne', inSpace(sixA, entry)))
    await documents.deliver()
    await accepted(documents.ask('restore', 'anne', inSpace(sixA, entry)))
    await documents.deliver()
    const again = await linkOf('lea', sixA, 'Retour.txt')
    expect([again === link, await isServed(again), await isServed(link)]).toEqual([false, true, false])
  })

  it('is not brought back by whoever has still leave to put it', async () => {
    const { file, upload } = (await documents.announce('lea', sixA, { bytes, name: 'Encore.txt' })).body
    await documents.put(upload, bytes)
    await documents.deliver()
    const link = await linkOf('lea', sixA, 'Encore.txt')
    await accepted(documents.ask('remove', 'anne', inSpace(sixA, file)))
    await documents.deliver()
    expect(await documents.put(upload, bytes)).toEqual([200])
    await documents.deliver()
    expect(await isServed(link)).toBe(false)
  })

  it('is so also where the message is lost: by the sweep', async () => {
    const { entry, link } = await placedTwice('Perdu.txt')
    await accepted(documents.ask('remove', 'anne', inSpace(sixA, entry)))
    expect(await isServed(link)).toBe(true)
    await documents.sweep()
    expect(await isServed(link)).toBe(false)
    // The message, should it come late after all, finds nothing to do.
    const own = await linkOf('anne', 'mine', 'Perdu.txt')
    await documents.deliver()
    expect(objectOf(await linkOf('anne', 'mine', 'Perdu.txt'))).toEqual(objectOf(own))
  })

  it('is withdrawn once more by a run that follows one that broke off between the copy and the deletion', async () => {
    const { entry, link } = await placedTwice('Rupture.txt')
    await accepted(documents.ask('remove', 'anne', inSpace(sixA, entry)))
    // The copy is made, and then the first deletion fails.
    const { remove } = documents.objects
    let failing = 1
    const failingOnce = async (stored: Parameters<typeof remove>[0]) => {
      if (failing-- > 0) throw new Error('the bucket does not answer')
      await remove(stored)
    }
    Object.assign(documents.objects, { remove: failingOnce })
    await expect(documents.deliver()).rejects.toThrow()
    Object.assign(documents.objects, { remove })
    await documents.sweep()
    const own = await linkOf('anne', 'mine', 'Rupture.txt')
    expect([await isServed(link), await isServed(own), objectOf(own).copy]).toEqual([false, true, 2])
    expect(await documents.objects.head({ ...objectOf(own), copy: 1 })).toBeUndefined()
  })

  it('keeps nothing from a copy that is made meanwhile: it is told of the new name, or refused', async () => {
    const { entry, copy } = await placedTwice('Course.txt')
    await accepted(documents.ask('remove', 'anne', inSpace(sixA, entry)))
    const body = { from: 'mine', entry: copy }
    const [placed] = await Promise.all([
      documents.ask('copy', 'anne', { params: { space: sixA }, body }),
      documents.deliver(),
    ])
    expect([201, 409]).toContain(placed.status)
    await documents.deliver()
    const links = [await linkOf('anne', 'mine', 'Course.txt'), await linkOf('lea', sixA, 'Course.txt')].filter(Boolean)
    expect(links).toHaveLength(placed.status === 201 ? 2 : 1)
    for (const link of links) expect(await isServed(link)).toBe(true)
  })
})
