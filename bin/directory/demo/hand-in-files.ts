import { personId } from '../../../functions/directory/identity.ts'
import { documentsPatterns } from '../../../functions/documents/patterns.ts'
import { filesHung, type Owned } from '../../../functions/documents/private-attachments.ts'
import { update } from '../../../functions/platform/operation.ts'
import type { Table } from '../../../functions/platform/table.ts'
import { ownedBy, returnItem, versionItem } from '../../../functions/work/hand-ins/files.ts'
import { handInPatterns } from '../../../functions/work/hand-ins/patterns.ts'
import type { KeptFile } from '../../../shared/kernel/attachment.ts'
import type { demoHandInFilesAccess } from './access.ts'
import { arrivedFile } from './attachments.ts'
import { known } from './county.ts'
import { demoFile, handedIn } from './documents.ts'

type DemoTable = Table<typeof demoHandInFilesAccess>
type Named = { readonly name: string }

/** What the known pupil handed in with an assignment, and what came back with it. */
const wanted: readonly { readonly title: string; readonly files: readonly Named[]; readonly back?: Named }[] = [
  {
    title: 'Figures et fractions',
    files: [handedIn.first, handedIn.second],
    back: handedIn.corrected,
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

/** Hangs photos on hand-ins of the known pupil, and a file on what was given back, as functions/work/hand-ins does. */
export const hangDemoHandIns = async (
  table: DemoTable,
  source: string,
  pieces: readonly { readonly id: string; readonly title: string }[],
  now: Date,
): Promise<void> => {
  const person = personId(source, known.pupil)
  const owned = ownedBy(person)
  const of = (key: string, { name }: Named) => ({ id: demoFile(source, key, name, now), name })
  for (const { title, files: photos, back } of wanted) {
    const piece = pieces.find(one => one.title === title)?.id
    const [version] = piece === undefined ? [] : await table.all(handInPatterns.versionsOf, { piece, person })
    const item = piece === undefined ? undefined : await table.get(handInPatterns.handIn, { piece, person })
    if (piece === undefined || !version || !item?.current) continue
    const files = await kept(
      table,
      photos.map(one => of(known.pupil, one)),
    )
    const returned = await kept(table, back ? [of(known.teacher, back)] : [])
    await table.transact([
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
            ...(returned.length > 0 &&
              item.returned && {
                files: returned,
                hung: returned.map(({ file }) => file),
                returned: { ...item.returned, files: returned },
              }),
          },
        },
      ),
    ])
  }
}
