import { type Erasure, nameless, nobody, openErasers } from '../platform/erasing/eraser.ts'
import { erasureAccess } from './access.ts'
import { handInPatterns } from './hand-ins/patterns.ts'
import { workPatterns } from './patterns.ts'

/** What the work names of people. What was set stays, as of nobody; what somebody ticked and set for themselves goes. */

const { removed, erased } = openErasers(erasureAccess)
const { drawing, handIn, version, ownHandIn, collecting, reminder, outage } = handInPatterns
const { budget, minutes, piece, row, ofAuthorRow, tick, ticks, tasks } = workPatterns

const author = { id: nobody, name: nameless }

/** A version of somebody's as of nobody: a guardian who handed in for a child is erased, the child is not. */
const byNobody = <Version extends { readonly by: object }>(of: Version) => ({ ...of.by, ...author })

export const workErasure: Erasure = {
  access: erasureAccess,
  erasers: [
    erased('pieces of work', piece, ({ item, gone }) =>
      // Of another version, so that an edit that read the item before is refused.
      gone.has(item.author.id) ? { set: { version: item.version + 1, author } } : undefined,
    ),
    // The stream writes them again after the piece.
    erased('rows of notebooks', row, ({ item, gone }) => (gone.has(item.author.id) ? { set: { author } } : undefined)),
    erased('budgets of minutes', budget, ({ item, gone }) =>
      item.changes.some(({ by }) => gone.has(by.id))
        ? {
            set: {
              version: item.version + 1,
              changes: item.changes.map(one => (gone.has(one.by.id) ? { ...one, by: author } : one)),
            },
          }
        : undefined,
    ),
    removed('lists of work that was set', ofAuthorRow, args => [args.author]),
    removed('ticks', tick, ({ person }) => [person]),
    removed('lists of ticks', ticks, ({ person }) => [person]),
    removed('own tasks', tasks, ({ person }) => [person]),
    erased('hand-ins', handIn, ({ args, item, gone }) => {
      if (gone.has(args.person)) return 'remove'
      const { current } = item
      return current && gone.has(current.by.id)
        ? { set: { current: { ...current, by: byNobody(current) as typeof current.by } } }
        : undefined
    }),
    erased('versions of hand-ins', version, ({ args, item, gone }) => {
      if (gone.has(args.person)) return 'remove'
      return gone.has(item.by.id) ? { set: { by: byNobody(item) as typeof item.by } } : undefined
    }),
    removed('drawings on hand-ins', drawing, ({ person }) => [person]),
    removed('lists of hand-ins', ownHandIn, ({ person }) => [person]),
    removed('lists of assignments', collecting, ({ person }) => [person]),
  ],
  nobody: [minutes, outage, reminder],
}
