import { personId } from '../../../functions/directory/identity.ts'
import { documentsPatterns } from '../../../functions/documents/patterns.ts'
import { filesHung, type Owned } from '../../../functions/documents/private-attachments.ts'
import { put, update } from '../../../functions/platform/operation.ts'
import type { Table } from '../../../functions/platform/table.ts'
import { ownedBy, returnItem, versionItem } from '../../../functions/work/hand-ins/files.ts'
import { handInPatterns } from '../../../functions/work/hand-ins/patterns.ts'
import type { KeptFile } from '../../../shared/kernel/attachment.ts'
import { timeId } from '../../../shared/kernel/ids.ts'
import type { Drawn } from '../../../shared/work/drawing.ts'
import type { demoHandInFilesAccess } from './access.ts'
import { arrivedFile } from './attachments.ts'
import { known } from './county.ts'
import { demoFile, handedIn } from './documents.ts'

type DemoTable = Table<typeof demoHandInFilesAccess>
type Named = { readonly name: string }

/** A line around a place of a photo, as a hand draws it. Positions and radii in parts of drawingSide. */
const around = (x: number, y: number, wide: number, high: number): number[] =>
  Array.from({ length: 33 }, (_, at) => {
    const angle = (at / 31) * 2 * Math.PI
    return [x + wide * Math.cos(angle), y + high * Math.sin(angle) * (1 + at / 150)].map(Math.round)
  }).flat()

/** What the teacher wrote on the first photo. */
const corrected: Drawn = {
  strokes: [
    { ink: 'red', points: around(4_700, 3_760, 2_900, 380) },
    { ink: 'green', points: [2_100, 7_300, 2_350, 7_520, 2_800, 6_900] },
  ],
  remarks: [{ x: 8_300, y: 3_700, text: 'Mettez d’abord au même dénominateur.' }],
}

type Wanted = {
  readonly title: string
  readonly files: readonly Named[]
  readonly back?: Named
  readonly drawn?: Drawn
}

/** What the known pupil handed in with an assignment, and what came back with it. */
const wanted: readonly Wanted[] = [
  {
    title: 'Figures et fractions',
    files: [handedIn.first, handedIn.second],
    back: handedIn.corrected,
    drawn: corrected,
  },
  { title: 'Enquête : les tailles de la classe', files: [handedIn.survey] },
]

/** Those of some files of the demo that have arrived, as an item keeps them. */
const kept = async (table: DemoTable, files: readonly { readonly id: string; readonly name: string }[]) => {
  const found = await Promise.all(
    files.map(async ({ id, name }): Promise<KeptFile[]> => {
      const file = await arrivedFile(table, id)
      if (!file) return []
      const { length, type, sha256 } = file
      return [{ file: id, name, length, type, sha256: Buffer.from(sha256, 'base64').toString('hex') }]
    }),
  )
  return found.flat()
}

/** The operations that hang files where they do not hang yet, by a load that was interrupted. */
const hanging = async (table: DemoTable, owned: Owned, item: string, files: readonly KeptFile[]) => {
  const at = { holder: `F:${owned.feature}:${owned.person}`, entry: item }
  const places = await Promise.all(files.map(({ file }) => table.get(documentsPatterns.place, { file, ...at })))
  return filesHung(
    owned,
    item,
    files.filter((_, index) => !places[index]),
  )
}

/**
 * Hangs photos on hand-ins of the known pupil, a file on what was given back, and what the teacher wrote on a photo, as
 * functions/work/hand-ins does.
 */
export const hangDemoHandIns = async (
  table: DemoTable,
  source: string,
  pieces: readonly { readonly id: string; readonly title: string }[],
  now: Date,
): Promise<void> => {
  const person = personId(source, known.pupil)
  const owned = ownedBy(person)
  const of = (key: string, { name }: Named) => ({ id: demoFile(source, key, name, now), name })
  for (const { title, files: photos, back, drawn } of wanted) {
    const piece = pieces.find(one => one.title === title)?.id
    const [version] = piece === undefined ? [] : await table.all(handInPatterns.versionsOf, { piece, person })
    const item = piece === undefined ? undefined : await table.get(handInPatterns.handIn, { piece, person })
    if (piece === undefined || !version || !item?.current) continue
    const files = await kept(
      table,
      photos.map(one => of(known.pupil, one)),
    )
    const returned = await kept(table, back ? [of(known.teacher, back)] : [])
    const [photo] = files
    const at = item.returned?.at
    // That of a load before, which the same item names.
    const drawing = item.drawn?.find(one => one.file === photo?.file)?.drawing ?? timeId(now)
    const on = drawn && photo && at ? [{ version: version.id, file: photo.file, at, drawing }] : undefined
    await table.transact([
      ...(drawn && on ? [put('drawing', handInPatterns.drawing, { piece, person, drawing }, drawn)] : []),
      ...(await hanging(table, owned, versionItem(piece, version.id), files)),
      ...(await hanging(table, owned, returnItem(piece), returned)),
      update(
        'version',
        handInPatterns.version,
        { piece, person, version: version.id },
        { set: { files, fileCount: files.length } },
      ),
      update(
        'hand-in',
        handInPatterns.handIn,
        { piece, person },
        {
          set: {
            current: { ...item.current, fileCount: files.length },
            ...(on && { drawn: on, drawings: 1, inked: [drawing] }),
            ...(returned.length > 0 &&
              item.returned && {
                files: returned,
                hung: returned.map(({ file }) => file),
                returned: { ...item.returned, files: returned, ...(on && { drawn: on }) },
              }),
          },
        },
      ),
    ])
  }
}
