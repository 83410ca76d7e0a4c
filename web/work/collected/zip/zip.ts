import { strToU8, Zip, ZipPassThrough } from 'fflate'
import { workContract } from '../../../../shared/work/contract.ts'
import type { CollectedHandIn, HandIn } from '../../../../shared/work/hand-in.ts'
import { call } from '../../../platform/api.ts'
import { fileNames, folderNames } from './names.ts'

/** Words that stand in the archive. */
export type ZipWords = {
  /** Names the file of a text that was handed in. */
  readonly text: string
  /** Names the file that lists what is not in the archive. */
  readonly missing: string
  /** Stands where nothing is left of a name. */
  readonly nameless: string
  /** Why a file is not in it, by what its scan found. */
  readonly why: Readonly<Record<'waiting' | 'infected' | 'unscannable', string>>
}

type Entry = { readonly name: string; readonly input: Response | string; readonly lastModified: Date }
type Zipping = {
  readonly piece: string
  readonly items: readonly CollectedHandIn[]
  readonly words: ZipWords
  readonly onDone: (files: number) => void
  readonly signal: AbortSignal
}

const readHandIn = async (piece: string, pupil: string, signal: AbortSignal): Promise<HandIn> => {
  const reply = await call(workContract.routes.handIn, { params: { piece, pupil } }, { signal })
  if (!reply.ok) throw new Error(`a hand-in could not be read: ${reply.problem.type}`)
  return reply.value
}

const readFile = async (link: string, signal: AbortSignal): Promise<Response> => {
  const reply = await fetch(link, { signal })
  if (!reply.ok) throw new Error(`a file of a hand-in was answered with ${reply.status}`)
  return reply
}

/**
 * What goes into the archive, one after the other: nothing of it is held longer than it takes to be written. The addresses
 * of a pupil's files are asked for when their turn comes, since they are good for some minutes.
 */
async function* entriesOf({ piece, items, words, onDone, signal }: Zipping): AsyncGenerator<Entry> {
  const folders = folderNames(items, words.nameless)
  const missing: string[] = []
  let done = 0
  for (const [at, { id, current }] of items.entries()) {
    if (!current) continue
    const folder = folders[at] ?? words.nameless
    const version = (await readHandIn(piece, id, signal)).versions.find(one => one.id === current.id)
    const { text = '', files = [] } = version ?? {}
    const lastModified = new Date(current.at)
    const [ownText, ...names] = fileNames([`${words.text}.txt`, ...files.map(({ name }) => name)], words.nameless)
    if (text !== '') yield { name: `${folder}/${ownText}`, input: text, lastModified }
    for (const [index, { link, scan }] of files.entries()) {
      const name = `${folder}/${names[index]}`
      if (link === undefined) missing.push(`${name} : ${words.why[scan === 'clean' ? 'waiting' : scan]}`)
      else yield { name, input: await readFile(link, signal), lastModified }
      done++
      onDone(done)
    }
  }
  if (missing.length > 0)
    yield {
      name: `${words.missing}.txt`,
      input: missing.join('\r\n'),
      lastModified: new Date(items[0]?.current?.at ?? 0),
    }
}

/** Gives each piece of an entry as it comes. */
const eachPiece = async ({ input }: Entry, take: (piece: Uint8Array) => void): Promise<void> => {
  if (typeof input === 'string') return take(strToU8(input))
  const reader = input.body?.getReader()
  for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) take(read.value)
}

/**
 * What a class handed in as one archive, in a folder for each pupil: of each the version that counts. Photos and PDF are
 * packed already: nothing is packed again. Rejects where a part could not be read: there is no archive of which something is
 * missing unsaid.
 */
export const zipOf = async (zipping: Zipping): Promise<Blob> => {
  const pieces: BlobPart[] = []
  let failed: Error | null = null
  const zip = new Zip((error, piece) => {
    failed ??= error
    pieces.push(piece as BlobPart)
  })
  for await (const entry of entriesOf(zipping)) {
    const file = new ZipPassThrough(entry.name)
    file.mtime = entry.lastModified
    zip.add(file)
    await eachPiece(entry, piece => file.push(piece))
    file.push(new Uint8Array(0), true)
  }
  zip.end()
  if (failed) throw failed
  return new Blob(pieces, { type: 'application/zip' })
}
