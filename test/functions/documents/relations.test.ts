import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { directoryPatterns } from '../../../functions/directory/audiences.ts'
import type { documentsContract } from '../../../shared/documents/contract.ts'
import { accepted } from '../../support/accepted.ts'
import { announcementOf } from '../../support/announcement.ts'
import { openItems } from '../../support/items.ts'
import { audience, groups } from '../../support/school.ts'
import { type Documents, openDocuments } from './territory.ts'

type Name = keyof typeof documentsContract.routes

const sixA = audience('class', groups.sixA.id)
const sixB = audience('class', groups.sixB.id)
const file = announcementOf(Buffer.from('Autre'), 'text/plain')

let documents: Documents
/** Documents by whose they are: Anne's and Léa's in the space of 6e A, one of each in their own, and one of 6e B. */
const ids: Record<'annes' | 'leas' | 'annesOwn' | 'leasOwn' | 'sixBs' | 'version' | 'trashed' | 'folder', string> = {
  ...{ annes: '', leas: '', annesOwn: '', leasOwn: '', sixBs: '', version: '', trashed: '', folder: '' },
}
/** A file that Anne has announced and not sent. */
let upload = ''

const send = (who: string, space: string, name: string, more = {}) =>
  documents.send(who, space, { bytes: Buffer.from(`${name} de ${who}`), name }, more)

beforeAll(async () => {
  documents = await openDocuments()
  ids.annes = await send('anne', sixA, 'Leçon.txt')
  const { file: before } = (await documents.list('anne', sixA))[0] ?? {}
  ids.version = before?.id ?? ''
  await send('anne', sixA, 'Leçon.txt', { replaces: ids.annes })
  ids.trashed = await send('anne', sixA, 'Ancien.txt')
  await accepted(documents.ask('remove', 'anne', { params: { space: sixA, entry: ids.trashed } }))
  ids.leas = await send('lea', sixA, 'Exposé.txt')
  ids.annesOwn = await send('anne', 'mine', 'Brouillon.txt')
  ids.leasOwn = await send('lea', 'mine', 'Journal.txt')
  ids.sixBs = await send('paul', sixB, 'Contrôle.txt')
  const folder = await documents.ask('addFolder', 'paul', { params: { space: sixB }, body: { name: 'Dossier' } })
  ids.folder = (await accepted(folder)).body.id
  const announced = await documents.announce('anne', 'mine', { bytes: Buffer.from('Autre') })
  upload = (await accepted(announced)).body.file
})
afterAll(() => documents.close())

/** What is there, as the members of each space read it. */
const everything = async () => ({
  sixA: await documents.list('anne', sixA),
  trash: await documents.trash('anne', sixA),
  sixB: await documents.list('paul', sixB),
  annes: await documents.list('anne', 'mine'),
  leas: await documents.list('lea', 'mine'),
  used: await Promise.all(['anne', 'lea'].map(who => documents.used(who, 'mine'))),
})

type Asked = readonly [name: Name, who: string, params: object, body?: object]

const refusals: readonly (readonly [what: string, () => Asked])[] = [
  // Anybody of the class reads it; only adults and its author change it.
  [
    'a pupil renames what the teacher placed',
    () => ['change', 'lea', { space: sixA, entry: ids.annes }, { name: 'A.txt' }],
  ],
  ['a pupil removes it', () => ['remove', 'lea', { space: sixA, entry: ids.annes }]],
  ['a pupil restores what the teacher removed', () => ['restore', 'lea', { space: sixA, entry: ids.trashed }]],
  [
    'a pupil restores a version of it',
    () => ['restoreVersion', 'lea', { space: sixA, entry: ids.annes, file: ids.version }],
  ],
  [
    'a pupil announces a version of it',
    () => ['announce', 'lea', { space: sixA }, { name: 'A.txt', file, replaces: ids.annes }],
  ],
  // The id of another's thing, in a space that one is a member of.
  [
    'the teacher opens a pupil’s own document by their own space',
    () => ['entry', 'anne', { space: 'mine', entry: ids.leasOwn }],
  ],
  ['the teacher opens it by the space of the class', () => ['entry', 'anne', { space: sixA, entry: ids.leasOwn }]],
  ['the teacher removes it', () => ['remove', 'anne', { space: 'mine', entry: ids.leasOwn }]],
  ['a pupil opens what is of another class', () => ['entry', 'lea', { space: sixA, entry: ids.sixBs }]],
  [
    'a pupil copies what is of another class',
    () => ['copy', 'lea', { space: 'mine' }, { from: sixB, entry: ids.sixBs }],
  ],
  ['a pupil copies it by the id alone', () => ['copy', 'lea', { space: 'mine' }, { from: sixA, entry: ids.sixBs }]],
  [
    'a pupil copies a teacher’s own document',
    () => ['copy', 'lea', { space: 'mine' }, { from: 'mine', entry: ids.annesOwn }],
  ],
  ['a pupil copies what is in the trash', () => ['copy', 'lea', { space: 'mine' }, { from: sixA, entry: ids.trashed }]],
  ['a pupil copies into another class', () => ['copy', 'lea', { space: sixB }, { from: sixA, entry: ids.leas }]],
  [
    'a pupil moves a document to a folder of another class',
    () => ['change', 'lea', { space: sixA, entry: ids.leas }, { folder: ids.folder }],
  ],
  ['a pupil announces for it', () => ['announce', 'lea', { space: sixA }, { name: 'A.txt', file, folder: ids.folder }]],
  [
    'a pupil announces a version of what is of another class',
    () => ['announce', 'lea', { space: sixA }, { name: 'A.txt', file, replaces: ids.sixBs }],
  ],
  [
    'a pupil makes a version of another file that current',
    () => ['restoreVersion', 'lea', { space: sixA, entry: ids.leas, file: ids.version }],
  ],
  // An upload of another.
  ['a pupil looks at a teacher’s upload', () => ['upload', 'lea', { file: upload }]],
  ['a pupil completes it', () => ['complete', 'lea', { file: upload }]],
  ['a pupil cancels it', () => ['cancel', 'lea', { file: upload }]],
  // A guardian of the class, a sibling at another school, a head: no members.
  ['a guardian lists the space of the class', () => ['list', 'sophie', { space: sixA }]],
  ['a brother at another school lists it', () => ['list', 'jules', { space: sixA }]],
  ['another class’s teacher lists it', () => ['list', 'paul', { space: sixA }]],
  ['the head lists it', () => ['list', 'marc', { space: sixA }]],
]

describe('is refused, and changes nothing:', () => {
  it.each(refusals)('%s', async (_, asked) => {
    const [name, who, params, body] = asked()
    const before = await everything()
    const reply = await documents.ask(name, who, { params: { ...params }, ...(body && { body }) })
    expect([403, 404, 422], `${reply.status} ${reply.raw}`).toContain(reply.status)
    expect(reply.raw).not.toMatch(/Journal|Brouillon|Contrôle|Leçon/)
    await documents.deliver()
    expect(await everything()).toEqual(before)
  })
})

describe('a pupil whom an import moves to another class at noon', () => {
  /** What the import says from then on, and the token after a renewal. */
  const moved = async (isRenewed: boolean, work: () => Promise<void>) => {
    const { lea } = documents.callers
    const known = documents.people.lea
    if (!lea || !known) throw new Error('nobody is called lea here')
    const items = openItems(documents.database)
    const key = { person: known.id }
    const audiences = known.audiences.map(one =>
      one.id === sixA ? { ...one, id: sixB, label: groups.sixB.name, group: groups.sixB.id } : one,
    )
    await items.put(directoryPatterns.person, key, { ...known, audiences, access: 'moved-at-noon' })
    if (isRenewed)
      Object.assign(documents.callers, {
        lea: { ...lea, audiences: audiences.map(({ id }) => id), access: 'moved-at-noon' },
      })
    await work().finally(async () => {
      Object.assign(documents.callers, { lea })
      await items.put(directoryPatterns.person, key, known)
    })
  }

  it('places nothing anywhere by a token of before', async () => {
    await moved(false, async () => {
      for (const space of [sixA, 'mine']) {
        const { status, body } = await documents.announce('lea', space, { bytes: Buffer.from('Trop tard') })
        expect([status, body.type]).toEqual([401, '/api/problems/session-stale'])
      }
    })
  })

  it('reads and copies of the new class after a renewal, and nothing of the one before', async () => {
    await moved(true, async () => {
      expect((await documents.list('lea', sixB)).map(({ id }) => id)).toContain(ids.sixBs)
      const list = await documents.ask('list', 'lea', { params: { space: sixA } })
      const copy = await documents.ask('copy', 'lea', {
        params: { space: 'mine' },
        body: { from: sixA, entry: ids.annes },
      })
      const change = await documents.ask('change', 'lea', {
        params: { space: sixA, entry: ids.leas },
        body: { name: 'A.txt' },
      })
      expect([list.status, copy.status, change.status]).toEqual([404, 404, 404])
    })
  })
})
