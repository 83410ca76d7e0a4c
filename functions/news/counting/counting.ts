import { createHash } from 'node:crypto'
import { editionOf } from '../../../shared/news/rules.ts'
import type { Change } from '../../platform/delivery.ts'
import { type FactItem, newsPatterns } from '../patterns.ts'
import { type CountsItem, countPatterns, type RecountItem } from './patterns.ts'

/** A change that counts follow from: a fact, a paper that was taken back, or a step of a recount. */
export type CountedChange = Change<
  | typeof newsPatterns.seen
  | typeof newsPatterns.signature
  | typeof newsPatterns.takenBack
  | typeof countPatterns.recount
>

/**
 * Names a fact of one text among those of a publication: `SEEN#`, 64 bits of the hash of whose it is, and the text. Hashed,
 * because it stands for a while in items that are nobody's.
 */
export const factId = (sk: string, fact: FactItem): string => {
  const hash = createHash('sha256').update(sk).digest('base64url').slice(0, 11)
  return `${sk.slice(0, sk.indexOf('#'))}#${hash}#${editionOf(fact)}`
}

/** Facts that the counts remember between the two steps of a recount, at most: more give it up. */
const mostRemembered = 500

/** What a change says of a fact that counts; undefined for one that does not, or whose text was counted before. */
const factOf = (change: CountedChange): { id: string; edition: number; of: 'seen' | 'signed' } | undefined => {
  if (change.pattern === countPatterns.recount || change.pattern === newsPatterns.takenBack) return undefined
  const { before, after, key } = change as Change<typeof newsPatterns.seen>
  if (!after || after.uncounted) return undefined
  // Only who gave it was changed: somebody was erased.
  if (before && before.at === after.at && editionOf(before) === editionOf(after)) return undefined
  const of = change.pattern === newsPatterns.seen ? 'seen' : 'signed'
  return { id: factId(key.sk, after), edition: editionOf(after), of }
}

const recountOf = (change: CountedChange): RecountItem | undefined =>
  change.pattern === countPatterns.recount ? (change as Change<typeof countPatterns.recount>).after : undefined

/** The text that a paper had signed which was taken back; undefined if it was no signature, or was counted off before. */
const takenBackOf = (change: CountedChange): { readonly edition: number } | undefined => {
  if (change.pattern !== newsPatterns.takenBack) return undefined
  const { before, after } = change as Change<typeof newsPatterns.takenBack>
  return after?.signature && !before ? { edition: editionOf(after) } : undefined
}

/** Without a signature that is there no more. A recount that has begun may have found it or not: it is given up. */
const countedOff = (counts: CountsItem, { edition }: { readonly edition: number }): CountsItem => {
  const { recount: _, ...others } = counts
  return edition === editionOf(counts) ? { ...others, signed: others.signed - 1 } : others
}

const added = (counts: CountsItem, fact: { id: string; edition: number; of: 'seen' | 'signed' }): CountsItem => {
  const { recount, ...others } = counts
  const since = recount && recount.since.length < mostRemembered ? [...recount.since, fact.id] : undefined
  const next = { ...others, ...(recount && since && { recount: { ...recount, since } }) }
  const known = editionOf(counts)
  if (fact.edition < known) return next
  if (fact.edition === known) return { ...next, [fact.of]: next[fact.of] + 1 }
  return { ...next, edition: fact.edition, seen: 0, signed: 0, [fact.of]: 1 }
}

const isSeen = (id: string): boolean => id.startsWith('SEEN#')

/**
 * The counts as a recount found them, with the facts that were counted since it began and are not among what it found. Not
 * applied where it began before the counts know of, or where a fact was erased meanwhile.
 */
const recounted = (counts: CountsItem, { token, found }: RecountItem): CountsItem => {
  const { recount, ...others } = counts
  if (!found) return { ...others, recount: { token, since: [] } }
  if (recount?.token !== token) return counts
  if (found.erased !== (counts.erased ?? 0)) return others
  const editionIn = (id: string) => Number(id.slice(id.lastIndexOf('#') + 1))
  const edition = Math.max(found.edition, ...recount.since.map(editionIn))
  const known = new Set(found.late)
  const since = [...new Set(recount.since)].filter(id => editionIn(id) === edition && !known.has(id))
  const isSame = edition === found.edition
  const { edition: _, ...left } = others
  return {
    ...left,
    ...(edition > 1 && { edition }),
    seen: (isSame ? found.seen : 0) + since.filter(isSeen).length,
    signed: (isSame ? found.signed : 0) + since.filter(id => !isSeen(id)).length,
    recounted: token,
  }
}

/** The counts after changes that come after those counted. The changes are in the order of their partition, each once. */
export const counted = (counts: CountsItem, changes: readonly CountedChange[]): CountsItem =>
  changes.reduce((state, change) => {
    const recount = recountOf(change)
    const fact = factOf(change)
    const back = takenBackOf(change)
    if (!recount && !fact && !back) return state
    const afterFact = fact ? added(state, fact) : back ? countedOff(state, back) : state
    const next = recount ? recounted(state, recount) : afterFact
    return { ...next, upTo: change.sequence }
  }, counts)
