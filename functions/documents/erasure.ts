import type * as z from 'zod/mini'
import type { Placer } from '../../shared/documents/shapes.ts'
import { type Erasure, type Gone, nameless, nobody, openErasers } from '../platform/erasing/eraser.ts'
import { erasureAccess } from './access.ts'
import { documentsPatterns } from './patterns.ts'
import { released } from './releasing.ts'

/**
 * What documents name of people. One's own space goes, with the files that hang nowhere else. What somebody placed in a
 * class's or group's space stays there, as of nobody: names of files and what is in them may still name people, and those
 * who may remove it are the class's teachers. A file that hangs on an item of one person alone is taken from it with them.
 */

const { removed, erased } = openErasers(erasureAccess)
const { classEntry, classSpace, file, gone: goneFiles, ownEntry, ownSpace, place, withdrawal } = documentsPatterns

const unnamed: z.infer<typeof Placer> = { id: nobody, name: nameless }
const by = <Named extends { readonly by: z.infer<typeof Placer> }>(named: Named, gone: Gone): Named =>
  gone.has(named.by.id) ? { ...named, by: unnamed } : named

export const documentsErasure: Erasure = {
  access: erasureAccess,
  erasers: [
    removed('documents of their own', ownEntry, ({ person }) => [person]),
    removed('how full their spaces are', ownSpace, ({ person }) => [person]),
    erased('places of files', place, async ({ args, gone, table }) =>
      gone.has(args.holder.replace(/^.*:/, '')) ? released(table, args.file, args.holder, args.entry) : undefined,
    ),
    erased('documents of classes', classEntry, ({ item, gone }) => {
      const isNamed = [item, ...(item.former ?? [])].some(one => gone.has(one.by.id))
      if (!isNamed) return undefined
      const former = item.former?.map(one => by(one, gone))
      return { set: { by: by(item, gone).by, version: item.version + 1, ...(former && { former }) } }
    }),
    erased('files', file, ({ item, gone }) => {
      if (!gone.has(item.by.id)) return undefined
      // What was only announced is forgotten: what it becomes would be theirs.
      return item.state === 'stored' ? { set: { by: unnamed } } : 'remove'
    }),
  ],
  nobody: [classSpace, goneFiles, withdrawal],
}
