import { Entry, type LinkedEntry, StoredFile } from '../../shared/documents/shapes.ts'
import { audienceMedia, ownMedia } from '../platform/media.ts'
import { pick } from '../platform/pick.ts'
import { dispositionOf } from './disposition.ts'
import { objectNameOf } from './object-name.ts'
import type { EntryItem, HungFile } from './patterns.ts'
import type { SpaceRef } from './spaces.ts'

/** An entry as a list shows it, without the address of its file. */
export const shownEntry = ({ former = [], file, ...item }: EntryItem): Entry =>
  pick(Entry, {
    ...item,
    ...(file && { file: pick(StoredFile, file) }),
    ...(former.length > 0 && { versions: former.length + 1 }),
  })

/** Makes addresses for the members of a space: those of a class's do not change, one's own are good for some minutes. */
export type LinkTo = (file: HungFile, name: string) => string | undefined

/** @param secret that of media addresses (functions/platform/media.ts). */
export const linksIn =
  (secret: string, space: SpaceRef, now: Date): LinkTo =>
  (file, name) => {
    if (file.scan !== 'clean') return undefined
    const offered = { file: objectNameOf(file), disposition: dispositionOf(name, file.type) }
    return space.kind === 'own'
      ? ownMedia(secret, space.person, now, offered)
      : audienceMedia(secret, space.audience, offered)
  }

/** An entry with the address of its current version. */
export const linkedEntry = (item: EntryItem, linkTo: LinkTo): LinkedEntry => {
  const link = item.file && linkTo(item.file, item.name)
  return { ...shownEntry(item), ...(link !== undefined && { link }) }
}
