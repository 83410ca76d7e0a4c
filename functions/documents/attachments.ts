import * as z from 'zod/mini'
import { Attachment } from '../../shared/kernel/attachment.ts'
import type { Result } from '../../shared/kernel/result.ts'
import { uses } from '../platform/access.ts'
import { audienceMedia, ownMedia } from '../platform/media.ts'
import { put, update } from '../platform/operation.ts'
import type { OperationOf, Table } from '../platform/table.ts'
import { choose, type choosing } from './choosing.ts'
import { dispositionOf } from './disposition.ts'
import { objectNameOf } from './object-name.ts'
import { documentsPatterns } from './patterns.ts'
import { released } from './releasing.ts'
import { withdrawn } from './withdrawals.ts'

/**
 * The door by which other features hang files on their items. A file hangs there by rows of its own, as it does in spaces: it
 * stays when whoever hung it removes their document, and what its scan finds is told. The feature keeps the list
 * ({@link HungAttachment}) in its item, and corrects it as rows of `place` change ({@link corrected}).
 * Decision: docs/decisions/0062-documents.md
 */

const { file, gone, ownEntry, place, withdrawal } = documentsPatterns

/** The items that a feature with attachments lists in its access. */
export const attachmentPatterns = { file, gone, ownEntry, place, withdrawal } as const

/** A file as an item of a feature keeps it. `copy`: as in functions/documents/patterns.ts. */
export const HungAttachment = z.extend(z.omit(Attachment, { link: true }), { copy: z.optional(z.number()) })
export type HungAttachment = z.infer<typeof HungAttachment>

const reading = uses({ get: [file] })
const hanging = uses({ put: [place], update: [file] })
const taking = uses({ get: [file], put: [gone, withdrawal], update: [file], remove: [file, place] })

/** The holder of a feature's places: their entries are ids of its items. */
export const holderOf = (feature: string): string => `F:${feature}`

/** Nobody hands on what was not found clean, but for what is not scanned yet. */
const mayHang = ({ scan }: Pick<HungAttachment, 'scan'>): boolean => scan === 'waiting' || scan === 'clean'

/** The files that somebody wants to hang: those that hang on the item already, and documents of their own space. */
export const chosen = (
  table: Table<typeof choosing>,
  person: string,
  ids: readonly string[],
  hung: readonly HungAttachment[] = [],
): Promise<Result<HungAttachment[]>> =>
  choose(table, person, ids, {
    there: hung.filter(mayHang),
    of: (name, one) => {
      const { id, length, type, scan, copy } = one
      return mayHang(one) ? { file: id, name, length, type, scan, ...(copy && { copy }) } : undefined
    },
  })

/** The operations that hang files on new places: on each of some items of a feature. */
export const hung = (
  feature: string,
  items: readonly string[],
  attachments: readonly Pick<HungAttachment, 'file'>[],
): OperationOf<typeof hanging>[] =>
  attachments.flatMap(({ file: id }) => [
    update('file', file, { file: id }, { add: { places: items.length } }, { is: { state: 'stored' } }),
    ...items.map(entry => {
      const at = { holder: holderOf(feature), entry }
      return put('place', place, { file: id, ...at }, at)
    }),
  ])

/** The operations that take files from an item of a feature. Its readers' addresses find nothing from then on. */
export const unhung = async (
  table: Table<typeof taking>,
  feature: string,
  item: string,
  attachments: readonly HungAttachment[],
  now: Date,
): Promise<OperationOf<typeof taking>[]> => {
  const ids = attachments.map(one => one.file)
  const taken = await Promise.all(ids.map(id => released(table, id, holderOf(feature), item)))
  return [...taken.flat(), ...withdrawn(ids, now)]
}

type Change = {
  readonly had: readonly HungAttachment[] | undefined
  readonly has: readonly HungAttachment[] | undefined
  readonly now: Date
}

const without = (all: readonly HungAttachment[], those: readonly HungAttachment[]) =>
  all.filter(one => !those.some(other => other.file === one.file))

/** The operations by which an item that had some files has others. */
export const rehung = async (
  table: Table<typeof taking>,
  feature: string,
  item: string,
  { had = [], has = [], now }: Change,
): Promise<(OperationOf<typeof hanging> | OperationOf<typeof taking>)[]> => [
  ...hung(feature, [item], without(has, had)),
  ...(await unhung(table, feature, item, without(had, has), now)),
]

/** The item of a feature on which a place is; undefined: it is another feature's, or no feature's. */
export const itemOfPlace = (
  feature: string,
  { holder, entry }: { readonly holder: string; readonly entry: string },
): string | undefined => (holder === holderOf(feature) ? entry : undefined)

/** An attachment without its address, and without what only the server knows of it. */
export const unlinked = ({ copy: _, ...shown }: HungAttachment): Attachment => shown

/** The operations by which readers' addresses of an item's files find nothing, while the files stay with the item. */
export const hidden = (attachments: readonly HungAttachment[] = [], now: Date) =>
  withdrawn(
    attachments.map(one => one.file),
    now,
  )

/** Attachments as their files are now; undefined if nothing of them has changed. */
export const corrected = async (
  table: Table<typeof reading>,
  attachments: readonly HungAttachment[],
): Promise<HungAttachment[] | undefined> => {
  const files = await Promise.all(attachments.map(one => table.get(file, { file: one.file }, { consistent: true })))
  const now = attachments.map((one, at): HungAttachment => {
    const { scan = one.scan, copy = one.copy } = files[at] ?? {}
    return { ...one, scan, ...(copy && { copy }) }
  })
  const isSame = now.every((one, at) => one.scan === attachments[at]?.scan && one.copy === attachments[at]?.copy)
  return isSame ? undefined : now
}

type Offer = (offered: { readonly file: string; readonly disposition: string }) => string

const shown =
  (offer: Offer) =>
  ({ copy, ...one }: HungAttachment): Attachment => {
    const disposition = dispositionOf(one.name, one.type)
    const link = one.scan === 'clean' ? offer({ file: objectNameOf({ id: one.file, copy }), disposition }) : undefined
    return { ...one, ...(link !== undefined && { link }) }
  }

/** Attachments with the addresses for the members of an audience. `secret`: that of functions/platform/media.ts. */
export const attachmentsFor = (
  secret: string,
  audience: string,
  attachments: readonly HungAttachment[],
): Attachment[] => attachments.map(shown(offered => audienceMedia(secret, audience, offered)))

/** Attachments with addresses that are good for one person, for some minutes. */
export const attachmentsOf = (
  secret: string,
  person: string,
  now: Date,
  attachments: readonly HungAttachment[],
): Attachment[] => attachments.map(shown(offered => ownMedia(secret, person, now, offered)))
