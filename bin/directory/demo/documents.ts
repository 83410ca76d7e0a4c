import { createHash } from 'node:crypto'
import { audienceId, directoryPatterns } from '../../../functions/directory/audiences.ts'
import { groupId, personId } from '../../../functions/directory/identity.ts'
import { dueOfFile } from '../../../functions/documents/due.ts'
import { documentsPatterns, type EntryItem, type FileItem } from '../../../functions/documents/patterns.ts'
import { countSpace, putEntry, type SpaceRef } from '../../../functions/documents/spaces.ts'
import { due } from '../../../functions/platform/due.ts'
import { put } from '../../../functions/platform/operation.ts'
import type { Table } from '../../../functions/platform/table.ts'
import { base32, timeId } from '../../../shared/kernel/ids.ts'
import type { demoDocumentsAccess } from './access.ts'
import { bigCollege, demoYear, known } from './county.ts'
import { exerciseBook, pdfOf, pngOf, wavOf } from './files.ts'

type DemoTable = Table<typeof demoDocumentsAccess>

/** Puts a file's object into the documents' bucket, with its SHA-256 in base64. */
export type PutDocument = (key: string, bytes: Buffer, type: string, sha256: string) => Promise<void>

type Placed = { readonly name: string; readonly type: string; readonly bytes: Buffer; readonly folder?: string }

/** Land in a sea: three ellipses. */
const islands = (x: number, y: number): readonly [number, number, number] => {
  const isIn = (left: number, top: number, wide: number, high: number) =>
    ((x - left) / wide) ** 2 + ((y - top) / high) ** 2 < 1
  return isIn(150, 110, 90, 60) || isIn(290, 150, 30, 22) || isIn(340, 80, 20, 16) ? [203, 210, 160] : [218, 231, 243]
}

const lessons: readonly Placed[] = [
  {
    name: 'Leçon 3, la Grèce des cités.pdf',
    type: 'application/pdf',
    bytes: pdfOf('Leçon 3 : la Grèce des cités', [
      [
        'Athènes, Sparte, Corinthe : chaque cité a ses lois, sa monnaie et son armée.',
        'Toutes parlent la même langue et honorent les mêmes dieux.',
        '',
        'À savoir : cité, citoyen, démocratie, agora.',
      ],
      ['Questions', '', '1. Qui est citoyen à Athènes ?', '2. Où les citoyens se réunissent-ils ?'],
    ]),
    folder: 'Histoire-géographie',
  },
  {
    name: 'Carte à compléter.png',
    type: 'image/png',
    bytes: pngOf(400, 240, islands),
    folder: 'Histoire-géographie',
  },
  {
    name: 'Extrait 2, à écouter.wav',
    type: 'audio/wav',
    bytes: wavOf([262, 294, 330, 349, 392, 392, 440, 392]),
    folder: 'Éducation musicale',
  },
  {
    name: 'Matériel pour la semaine.txt',
    type: 'text/plain',
    bytes: Buffer.from('Compas, équerre, papier calque.\nLe cahier rouge pour mardi.\n'),
  },
]

const own: readonly Placed[] = [
  {
    name: 'Exposé sur les volcans, brouillon.txt',
    type: 'text/plain',
    bytes: Buffer.from('1. Où sont les volcans ?\n2. Pourquoi une éruption ?\n3. Vivre à côté d’un volcan\n'),
  },
]

/** Documents of those who attach them to what they write (bin/directory/demo/attachments.ts). */
export const attached = {
  sheet: {
    name: 'Fiche de révision, la Grèce.pdf',
    type: 'application/pdf',
    bytes: pdfOf('Fiche de révision : la Grèce', [
      ['À lire avant le prochain cours.', '', 'Cité, citoyen, démocratie, agora : retenez ces mots.'],
    ]),
  },
  programme: {
    name: 'Programme de la journée.pdf',
    type: 'application/pdf',
    bytes: pdfOf('Sortie au musée', [
      ['8 h 30 : départ du collège', '10 h : visite guidée', '12 h : pique-nique', '16 h : retour au collège'],
    ]),
  },
} as const satisfies Readonly<Record<string, Placed>>

const photoOf = (name: string, lines: number, seed: number): Placed => ({
  name,
  type: 'image/png',
  bytes: exerciseBook(lines, seed),
})

/** Photos of the known pupil's exercise book, and what their teacher gives back (bin/directory/demo/hand-in-files.ts). */
export const handedIn = {
  first: photoOf('Exercice 4, photo.png', 14, 1),
  second: photoOf('Exercice 5, photo.png', 9, 2),
  survey: photoOf('Résultats de l’enquête, photo.png', 11, 3),
  corrected: {
    name: 'Corrigé, figures et fractions.pdf',
    type: 'application/pdf',
    bytes: pdfOf('Figures et fractions : corrigé', [
      ['Exercice 4 : 3/4 + 5/8 = 6/8 + 5/8 = 11/8.', 'Exercice 5 : il reste 1/4 du gâteau, chacun aura 1/12.'],
    ]),
  },
} as const satisfies Readonly<Record<string, Placed>>

const idOf = (of: string, at: Date): string =>
  timeId(at).slice(0, 10) + base32(createHash('sha256').update(`demo documents|${of}`).digest(), 12)

/** The file that somebody of the demo has sent under a name. */
export const demoFile = (source: string, key: string, name: string, now: Date): string =>
  idOf(`${personId(source, key)} ${name}`, now)

/**
 * Places documents as functions/documents/announcing.ts and a browser do: each is announced, and its object is put; that it
 * is there the bucket tells. What a first load has announced already stays as it is.
 */
const place = async (
  table: DemoTable,
  putDocument: PutDocument,
  space: SpaceRef,
  by: FileItem['by'],
  placed: readonly Placed[],
  now: Date,
): Promise<void> => {
  const at = now.toISOString()
  const folders = [...new Set(placed.flatMap(({ folder }) => folder ?? []))]
  const folderOf = (name: string) => idOf(`${by.id} ${name}`, now)
  for (const name of folders) {
    const item: EntryItem = { id: folderOf(name), name, by, at, version: 1 }
    await table.transact([putEntry(space, item), countSpace(space, { bytes: 0, entries: 1 })])
  }
  for (const { name, type, bytes, folder } of placed) {
    const id = idOf(`${by.id} ${name}`, now)
    const sha256 = createHash('sha256').update(bytes).digest('base64')
    const file: FileItem = {
      ...{ id, length: bytes.length, type, sha256, scan: 'waiting', by, state: 'announced', at, places: 0 },
      target: {
        ...(space.kind === 'class' && { audience: space.audience, uai: space.uai }),
        ...{ name, reserved: bytes.length },
        ...(folder !== undefined && { folder: folderOf(folder) }),
      },
    }
    await table.transact([
      put('file', documentsPatterns.file, { file: id }, file, { absent: true }),
      countSpace(space, { bytes: bytes.length, entries: 1 }),
      ...due([], [dueOfFile(file)]),
    ])
    await putDocument(`documents/${id}`, bytes, type, sha256)
  }
}

/** Fills the space of a class of the collège, and those of a pupil and of two who attach documents. Answers how many documents were sent. */
export const placeDemoDocuments = async (
  table: DemoTable,
  putDocument: PutDocument,
  source: string,
  now: Date,
): Promise<number> => {
  const placer = async (key: string): Promise<FileItem['by']> => {
    const person = personId(source, key)
    const found = await table.get(directoryPatterns.person, { person })
    if (!found) throw new Error(`nobody has the key ${key} in the demo county`)
    return { id: person, name: `${found.givenName} ${found.familyName}` }
  }
  const sixA = groupId(source, { uai: bigCollege.uai, kind: 'class', key: '6e A' }, demoYear)
  const space: SpaceRef = { kind: 'class', audience: audienceId('class', sixA), uai: bigCollege.uai }
  const pupil = await placer(known.pupil)
  await place(table, putDocument, space, await placer(known.teacher), lessons, now)
  const { first, second, survey, corrected } = handedIn
  const ofPupil = [...own, first, second, survey]
  await place(table, putDocument, { kind: 'own', person: pupil.id }, pupil, ofPupil, now)
  const [teacher, pupilLife] = [await placer(known.teacher), await placer(known.pupilLife)]
  await place(table, putDocument, { kind: 'own', person: teacher.id }, teacher, [attached.sheet, corrected], now)
  await place(table, putDocument, { kind: 'own', person: pupilLife.id }, pupilLife, [attached.programme], now)
  return lessons.length + own.length + Object.keys(attached).length + Object.keys(handedIn).length
}
