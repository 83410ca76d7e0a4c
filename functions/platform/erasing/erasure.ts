import { erasureAccess } from '../access.ts'
import { lossPatterns } from '../loss-patterns.ts'
import { platformPatterns } from '../patterns.ts'
import { redeliveryPatterns } from '../redelivery-patterns.ts'
import { type Erasure, nameless, openErasers } from './eraser.ts'
import { erasingPatterns } from './patterns.ts'

const { removed, erased } = openErasers(erasureAccess)
const { answer, board, boardsRebuild, clock, due, factorsKey, freeze, itemGeneration } = platformPatterns
const { formerFactorsKey, keys, migration } = platformPatterns
const { loss, published } = lossPatterns

/** Words that may be ids. */
const words = (value: unknown): string[] => (JSON.stringify(value) ?? '').split(/[^0-9a-z]+/)

/** What the platform's own items name of people. */
export const platformErasure: Erasure = {
  access: erasureAccess,
  erasers: [
    removed('first answers of writes', answer, ({ person }, { reply }) => [person, ...words(reply)]),
    erased('freezes of accounts', freeze, ({ args, item, gone }) => {
      if (gone.has(args.person)) return 'remove'
      return item.actor !== undefined && gone.has(item.actor) ? { set: { by: nameless }, remove: ['actor'] } : undefined
    }),
    removed('what is due', due, (_, { subject }) => words(subject)),
    erased('ends of migrations', migration, ({ item }) =>
      item.doneAt !== undefined && item.cursor !== undefined ? { remove: ['cursor'] } : 'kept',
    ),
    // Whom a sweep erases, and how far it is: both go when it ends.
    erased('orders', erasingPatterns.order, () => 'kept'),
    erased('how far erasures are', erasingPatterns.lane, () => 'kept'),
  ],
  nobody: [
    ...[board, boardsRebuild, clock, factorsKey, formerFactorsKey, itemGeneration, keys, published],
    redeliveryPatterns.redelivery,
    // A loss of access names people by a hash, for as long as tokens last.
    ...[loss, lossPatterns.schoolLosses, lossPatterns.schoolMark],
    erasingPatterns.erased,
  ],
}
