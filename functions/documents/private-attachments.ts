import type { KeptFile, ScanState } from '../../shared/kernel/attachment.ts'
import type { Result } from '../../shared/kernel/result.ts'
import { uses } from '../platform/access.ts'
import type { OperationOf, Table } from '../platform/table.ts'
import { attachmentsOf, holderOf, hung } from './attachments.ts'
import { choose, type choosing } from './choosing.ts'
import { dispositionOf } from './disposition.ts'
import { documentsPatterns } from './patterns.ts'
import { released, type releasing } from './releasing.ts'
import type { SignGet } from './signed-get.ts'

/**
 * The door by which other features hang files on items of one person alone: what a pupil handed in, what was given back to
 * them. Such an item keeps what never changes of a file, and is written once; what the scan found, and which object is
 * served, is read from the files at each reading. Addresses are good for one reader, and some minutes.
 * Decision: docs/decisions/0072-files-of-hand-ins.md
 */

const { file, place } = documentsPatterns

const reading = uses({ getMany: [file] })
const finding = uses({ get: [file] })
const hanging = uses({ put: [place], update: [file] })

/** Whose items of a feature they are. */
export type Owned = { readonly feature: string; readonly person: string }

/** As the holder of places: a person who is erased is found by the end of it. */
const ownedBy = ({ feature, person }: Owned): string => `${feature}:${person}`

/**
 * The files that somebody wants to hang: documents of their own space, and those that hang there already. What no scanner
 * can look into may be among them, and is offered to adults alone.
 */
export const chosenFiles = (
  table: Table<typeof choosing>,
  person: string,
  ids: readonly string[],
  there: readonly KeptFile[] = [],
): Promise<Result<KeptFile[]>> =>
  choose(table, person, ids, {
    there,
    of: (name, { id, length, type, sha256, scan }) =>
      scan === 'infected'
        ? undefined
        : { file: id, name, length, type, sha256: Buffer.from(sha256, 'base64').toString('hex') },
  })

/** The operations that hang files on an item. */
export const filesHung = (owned: Owned, item: string, files: readonly KeptFile[]): OperationOf<typeof hanging>[] =>
  hung(ownedBy(owned), [item], files)

/** The operations that take files from an item. */
export const filesTaken = async (
  table: Table<typeof releasing>,
  owned: Owned,
  item: string,
  files: readonly string[],
): Promise<OperationOf<typeof releasing>[]> =>
  (await Promise.all(files.map(id => released(table, id, holderOf(ownedBy(owned)), item)))).flat()

/** A file as a reader gets it: with what its scan found, and its address if it is clean. */
export type ShownFile = KeptFile & { readonly scan: ScanState; readonly link?: string | undefined }

/** Who reads, and when. `secret`: that of functions/platform/media.ts. */
export type Reader = { readonly secret: string; readonly person: string; readonly now: Date }

/** Reads what is to be known of some files now; gives what shows those of a list to the reader. */
export const showingFiles = async (
  table: Table<typeof reading>,
  { secret, person, now }: Reader,
  all: readonly KeptFile[],
): Promise<(files: readonly KeptFile[]) => ShownFile[]> => {
  const ids = [...new Set(all.map(one => one.file))]
  const found = await table.getMany(
    file,
    ids.map(id => ({ file: id })),
    { consistent: true },
  )
  const stored = new Map(ids.map((id, at) => [id, found[at]]))
  return files =>
    files.flatMap(one => {
      const { scan = 'waiting', copy } = stored.get(one.file) ?? {}
      const { sha256, ...kept } = one
      return attachmentsOf(secret, person, now, [{ ...kept, scan, ...(copy && { copy }) }]).map(shown => ({
        ...shown,
        sha256,
      }))
    })
}

/** The address at which a file is saved that no scanner can look into; undefined if it is another one. */
export const unscannedAddress = async (
  table: Table<typeof finding>,
  sign: SignGet,
  { file: id, name }: KeptFile,
): Promise<string | undefined> => {
  const found = await table.get(file, { file: id }, { consistent: true })
  return found?.scan === 'unscannable' ? sign(found, dispositionOf(name, undefined)) : undefined
}
