import { randomId } from '../../shared/kernel/ids.ts'
import { editionOf } from '../../shared/news/rules.ts'
import { type Erasure, type Gone, nobody, openErasers } from '../platform/erasing/eraser.ts'
import { put, remove, update } from '../platform/operation.ts'
import type { Table } from '../platform/table.ts'
import { erasureAccess } from './access.ts'
import { countPatterns } from './counting/patterns.ts'
import { pack, unpack } from './marks/packed.ts'
import { type AnswerItem, type FactItem, newsPatterns } from './patterns.ts'

/**
 * What the news name of people. What was published stays, under the name of its school. What somebody read, signed and
 * answered for themselves goes, and is counted no more; what a guardian signed and answered for a pupil who is still there
 * stays, as of nobody.
 */

type ErasureTable = Table<typeof erasureAccess>

const { removed, erased } = openErasers(erasureAccess)
const { answer, draft, feedRow, lists, marks, news, openRow, ofAuthorRow } = newsPatterns
const { reminder, seen, signature, takenBack, template, templateRow } = newsPatterns
const { counts, recount, tally } = countPatterns

/** Whose a template is, if it is not a school's. */
const ownerOf = (owner: string): string[] => (owner.startsWith('P#') ? [owner.slice(2)] : [])

/**
 * Counts a fact off, whether or not the stream has counted it yet: if not, it is below nothing until the record comes. The
 * fact of a text that the counts do not know of begins its counts, as its record would. Noted, so that a recount which read
 * the fact is not applied; what the counts are measured by is made anew when it is asked for.
 */
const countedOff = async (table: ErasureTable, id: string, fact: FactItem, of: 'seen' | 'signed') => {
  const stored = await table.get(counts, { news: id }, { consistent: true })
  const [edition, known] = [editionOf(fact), editionOf(stored)]
  const begun = { edition, seen: 0, signed: 0, [of]: -1, erased: (stored?.erased ?? 0) + 1 }
  const off = edition === known && !fact.uncounted ? -1 : 0
  const when = stored ? { is: { seen: stored.seen, signed: stored.signed } } : ({ absent: true } as const)
  return [
    edition > known && !fact.uncounted
      ? update('counts', counts, { news: id }, { set: begun }, when)
      : update('counts', counts, { news: id }, { add: { seen: 0, signed: 0, [of]: off, erased: 1 } }, when),
    remove('tally', tally, { news: id }),
  ]
}

/** A pupil's signature stays where the guardian who gave it is erased: it tells that it was given. */
const withoutSigners = ({ by, enteredBy, former }: FactItem, gone: Gone) => {
  const isGone = (id: string | undefined) => id !== undefined && gone.has(id)
  const before = former?.map(({ by: who, ...one }) => ({ ...one, ...(!isGone(who) && who && { by: who }) }))
  return {
    set: {
      ...(isGone(enteredBy) && { enteredBy: nobody }),
      ...(former?.some(one => isGone(one.by)) && { former: before }),
    },
    ...(isGone(by) && { remove: ['by' as const] }),
  }
}

/** A guardian's answer for a pupil stays beside those of others, under an id that is nobody's. */
const withoutAnswerer = ({ by: _, ...item }: AnswerItem, gone: Gone): AnswerItem =>
  item.enteredBy !== undefined && gone.has(item.enteredBy) ? { ...item, enteredBy: nobody } : item

const withoutEnterer = <Entry extends { readonly enteredBy?: string | undefined }>(entry: Entry, gone: Gone): Entry =>
  entry.enteredBy !== undefined && gone.has(entry.enteredBy) ? { ...entry, enteredBy: nobody } : entry

const author = <Row extends { readonly author: { readonly id: string; readonly name: string } }>(
  row: Row & { readonly schoolName: string },
): Row['author'] => ({ ...row.author, id: nobody, name: row.schoolName })

export const newsErasure: Erasure = {
  access: erasureAccess,
  erasers: [
    erased('publications', news, ({ item, gone }) => {
      const isAuthor = gone.has(item.author.id)
      const isAddresser = item.addressedBy !== undefined && gone.has(item.addressedBy)
      if (!isAuthor && !isAddresser) return undefined
      return {
        // Of another version, so that an edit that read the item before is refused.
        set: { version: item.version + 1, ...(isAuthor && { author: author(item) }) },
        ...(isAddresser && { remove: ['addressedBy'] }),
      }
    }),
    // The stream writes them again after the publication.
    erased('rows of publications', feedRow, ({ item, gone }) =>
      gone.has(item.author.id) ? { set: { author: author(item) } } : undefined,
    ),
    erased('rows of notices', openRow, ({ item, gone }) =>
      gone.has(item.author.id) ? { set: { author: author(item) } } : undefined,
    ),
    removed('lists of publications', ofAuthorRow, args => [args.author]),
    removed('saved lists of recipients', lists, ({ person }) => [person]),
    removed('drafts', draft, ({ person }) => [person]),
    removed('names of templates', templateRow, ({ owner }) => ownerOf(owner)),
    removed('templates', template, ({ owner }) => ownerOf(owner)),
    erased('readings', seen, async ({ args, item, gone, table }) => {
      if (!gone.has(args.person)) return undefined
      return [
        remove('seen', seen, args, { is: { at: item.at } }),
        ...(await countedOff(table, args.news, item, 'seen')),
      ]
    }),
    erased('signatures', signature, async ({ args, item, gone, table }) => {
      if (!gone.has(args.signer)) return withoutSigners(item, gone)
      const off = await countedOff(table, args.news, item, 'signed')
      return [remove('signed', signature, args, { is: { at: item.at } }), ...off]
    }),
    erased('answers', answer, ({ args, item, gone }) => {
      if (gone.has(args.signer)) return 'remove'
      const { by } = args
      if (!gone.has(by)) return { set: { ...(item.enteredBy && gone.has(item.enteredBy) && { enteredBy: nobody }) } }
      return [
        remove('answer', answer, args, { is: { at: item.at } }),
        put('answer of nobody', answer, { ...args, by: randomId(16) }, withoutAnswerer(item, gone), { absent: true }),
      ]
    }),
    erased('papers taken back', takenBack, ({ args, item, gone }) => {
      if (gone.has(args.signer)) return 'remove'
      const { signature: taken, former } = item
      const isFormer = former?.some(one => one.enteredBy !== undefined && gone.has(one.enteredBy))
      return {
        set: {
          ...(gone.has(item.by) && { by: nobody }),
          ...(gone.has(item.enteredBy) && { enteredBy: nobody }),
          ...(isFormer && { former: former?.map(one => withoutEnterer(one, gone)) }),
          ...(taken?.by !== undefined && gone.has(taken.by) && { signature: { through: taken.through } }),
        },
      }
    }),
    erased(
      'marks',
      marks,
      ({ args, item, gone }) => {
        if (gone.has(args.person)) return 'remove'
        const read = unpack(item.news)
        if (!read.entries.some(entry => entry.signedFor?.some(id => gone.has(id)))) return undefined
        const entries = read.entries.map(({ signedFor, ...entry }) => {
          const left = signedFor?.filter(id => !gone.has(id)) ?? []
          return { ...entry, ...(left.length > 0 && { signedFor: left }) }
        })
        return { set: { news: pack({ ...read, entries }), version: item.version + 1 } }
      },
      { opaque: true },
    ),
    erased('reminders', reminder, ({ item, gone }) =>
      item.doneAt !== undefined && item.cursor !== undefined && gone.has(item.cursor)
        ? { remove: ['cursor'] }
        : undefined,
    ),
  ],
  // Texts may name people in their sentences: whoever published them takes that back or edits it.
  nobody: [newsPatterns.ofSchoolRow, newsPatterns.formerText, recount, counts, tally],
}
