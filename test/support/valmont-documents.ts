import { createHash } from 'node:crypto'
import { audienceId } from '../../functions/directory/audiences.ts'
import { documentsContract } from '../../shared/documents/contract.ts'
import type { SpaceId, UploadState } from '../../shared/documents/shapes.ts'
import type { UploadGrant } from '../../shared/kernel/upload.ts'
import { accepted } from './accepted.ts'
import { eventually, type Visitor } from './http.ts'
import { eicar, encryptedZip } from './malware.ts'
import type { Valmont } from './populate.ts'
import { classes, type Name } from './valmont.ts'

const { addFolder, announce, entry, upload } = documentsContract.routes

/** The space of 6e A. */
export const sixASpace = audienceId('class', classes.sixA)

export type SentDocument = {
  readonly name: string
  readonly type: string
  readonly bytes: Buffer
  readonly folder?: string
  readonly replaces?: string
}

/** Sends a document as a browser does, and waits until it stands in its space and has been scanned. Answers its id. */
export const sendDocument = async (visitor: Visitor, space: SpaceId, sent: SentDocument): Promise<string> => {
  const { name, type, bytes, folder, replaces } = sent
  const sha256 = createHash('sha256').update(bytes).digest('base64')
  const body = {
    name,
    ...(folder && { folder }),
    ...(replaces && { replaces }),
    file: { length: bytes.length, type, sha256 },
  }
  const announced: { readonly file: string; readonly upload: UploadGrant } = (
    await accepted(visitor.ask(announce, { params: { space }, body }))
  ).body
  for (const { url, headers } of announced.upload.puts) {
    const put = await fetch(url, {
      method: 'PUT',
      headers: { ...headers } as Record<string, string>,
      body: new Uint8Array(bytes),
    })
    if (!put.ok) throw new Error(`the bucket refused ${name}: ${put.status}`)
  }
  return eventually(async () => {
    const { body: state }: { body: UploadState } = await accepted(
      visitor.ask(upload, { params: { file: announced.file } }),
    )
    if (state.state === 'refused') throw new Error(`${name} was refused: ${state.reason}`)
    if (state.entry === undefined) return undefined
    const { body: found } = await accepted(visitor.ask(entry, { params: { space, entry: state.entry } }))
    return found.file.scan === 'waiting' ? undefined : state.entry
  })
}

export const documentNames = {
  folder: 'Histoire-géographie',
  lesson: 'Leçon 3, la Grèce.txt',
  picture: 'Carte d’Athènes.png',
  infected: 'Devoir facile.txt',
  unscanned: 'Maquette du port.zip',
  own: 'Brouillon.txt',
} as const

/** A picture of one pixel (PNG). */
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

/** A folder and documents of every state in the space of 6e A, and one of a pupil's own. Answers their ids by name. */
export const placeDocuments = async (valmont: Valmont): Promise<ReadonlyMap<string, string>> => {
  const ids = new Map<string, string>()
  const visitors = new Map<Name, Visitor>()
  const as = async (name: Name) => {
    const visitor = visitors.get(name) ?? (await valmont.as(name))
    visitors.set(name, visitor)
    return visitor
  }
  const send = async (by: Name, space: SpaceId, sent: SentDocument) =>
    ids.set(sent.name, await sendDocument(await as(by), space, sent))
  const helene = await as('helene')
  const { body: folder } = await accepted(
    helene.ask(addFolder, { params: { space: sixASpace }, body: { name: documentNames.folder } }),
  )
  ids.set(documentNames.folder, folder.id)
  const text = (words: string) => ({ type: 'text/plain', bytes: Buffer.from(words) })
  await send('helene', sixASpace, {
    name: documentNames.lesson,
    ...text('Athènes, Sparte, Corinthe.'),
    folder: folder.id,
  })
  await send('helene', sixASpace, { name: documentNames.picture, type: 'image/png', bytes: pixel })
  await send('ines', sixASpace, { name: documentNames.infected, ...text(eicar) })
  await send('helene', sixASpace, { name: documentNames.unscanned, type: 'application/zip', bytes: encryptedZip })
  await send('ines', 'mine', { name: documentNames.own, ...text('À reprendre demain.') })
  return ids
}
