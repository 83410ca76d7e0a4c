import { createHash, randomBytes } from 'node:crypto'
import { openTable } from '../../functions/platform/open-table.ts'
import { put } from '../../functions/platform/operation.ts'
import { handInPatterns } from '../../functions/work/hand-ins/patterns.ts'
import { documentsContract } from '../../shared/documents/contract.ts'
import type { KeptFile } from '../../shared/kernel/attachment.ts'
import { timeId } from '../../shared/kernel/ids.ts'
import { momentOf } from '../../shared/kernel/territory-day.ts'
import { workContract } from '../../shared/work/contract.ts'
import type { CollectedHandIn } from '../../shared/work/hand-in.ts'
import { dayAfter } from '../../shared/work/rules.ts'
import { accepted } from './accepted.ts'
import type { Visitor } from './http.ts'
import type { Valmont } from './populate.ts'
import type { Territory } from './territory.ts'
import { classes, college, writeFullClass } from './valmont.ts'
import { sendDocument } from './valmont-documents.ts'
import { shownMonday } from './valmont-work.ts'

/** As many pupils as a class has. */
export const classSize = 35

const { collected, set } = workContract.routes

/** An assignment of a class of 35, all of whom have handed in: a text, and the files of each pupil in the order of lists. */
export const fullClass = async (
  { territory, valmont }: { readonly territory: Pick<Territory, 'table' | 'client'>; readonly valmont: Valmont },
  filesOf: (teacher: Visitor, at: number) => Promise<readonly KeptFile[]> = async () => [],
) => {
  const teacher = await valmont.as('helene')
  const day = dayAfter(shownMonday(), 4)
  const assignment = { dueAt: momentOf(day, '18:00').toISOString(), late: true }
  const to = [{ group: classes.sixA, day, assignment }]
  const body = { uai: college.uai, kind: 'task', subject: 'Français', title: 'Dictée', to }
  const piece: string = (await accepted(teacher.ask(set, { body }))).body.items[0].id
  const pupils = async (): Promise<CollectedHandIn[]> =>
    (await accepted(teacher.ask(collected, { params: { piece } }))).body.items
  const there = await pupils()
  await valmont.importFolder(folder => writeFullClass(folder, classSize - there.length))
  const access = { batch: [handInPatterns.handIn, handInPatterns.version] }
  const table = openTable(territory.table, access, () => new Date(), territory.client)
  for (const [at, { id: person, givenName }] of (await pupils()).entries()) {
    const files = [...(await filesOf(teacher, at))]
    const [version, now] = [timeId(new Date()), new Date().toISOString()]
    const by = { id: person, name: givenName, as: 'pupil' as const }
    const counted = files.length > 0 && { fileCount: files.length }
    const current = { id: version, at: now, receivedAt: now, by, size: 4, sha256: '00', ...counted }
    const hung = files.length > 0 && { files }
    await table.writeMany([
      put(
        'hand-in',
        handInPatterns.handIn,
        { piece, person },
        { person, state: 'handed-in', versions: 1, version, current },
      ),
      put(
        'version',
        handInPatterns.version,
        { piece, person, version },
        { ...current, pupil: person, text: 'Oui.', ...hung },
      ),
    ])
  }
  return { piece, pupils }
}

/** Sends a photo of that many bytes, no two of which are alike; its bytes are kept by the SHA-256. */
export const sendPhoto = async (teacher: Visitor, name: string, bytes: number): Promise<KeptFile> => {
  // The first bytes of a JPEG; what follows packs no smaller, as that of a photo.
  const photo = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), randomBytes(bytes - 4)])
  const entry = await sendDocument(teacher, 'mine', { name, type: 'image/jpeg', bytes: photo })
  const { body } = await accepted(teacher.ask(documentsContract.routes.entry, { params: { space: 'mine', entry } }))
  const sha256 = createHash('sha256').update(photo).digest('hex')
  return { file: body.file.id, name, length: bytes, type: 'image/jpeg', sha256 }
}
