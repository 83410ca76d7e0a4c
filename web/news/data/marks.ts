import type { NewsOfHome } from '../../../shared/news/home.ts'
import { editionOf } from '../../../shared/news/rules.ts'
import type { NewsMark } from '../../../shared/news/shapes.ts'

/**
 * Milliseconds between two private reads, for somebody who looks: of what they did, and of what their publications wait
 * for.
 */
export const privateInterval = 180_000

/** What the reader did on this device and the API has not confirmed: kept on the device until it has. */
export type DoneHere = {
  /** The newest first. `edition` absent: the first. `isSent`: the API has taken it, and the state does not tell yet. */
  readonly seen: readonly { readonly news: string; readonly edition?: number; readonly isSent: boolean }[]
  /** The API's answers to signatures. */
  readonly acts: readonly NewsMark[]
}

export const nothingDone: DoneHere = { seen: [], acts: [] }

/** What is known of what the reader did. */
export type Marks = {
  readonly seen: ReadonlySet<string>
  /** Of what is in `seen`: the newest edition, where it is not the first. */
  readonly editions: ReadonlyMap<string, number>
  /** What was signed or reminded of, or asked for by itself. */
  readonly acts: ReadonlyMap<string, NewsMark>
  /** By audience: of its news with an id before this one nothing is known, unless it is in `seen` or `acts`. */
  readonly since: ReadonlyMap<string, string>
}

const hasSigned = ({ signedAt, signedFor }: NewsMark): boolean => signedAt !== undefined || signedFor !== undefined

/** The signatures of one of two marks: of both where they are of one text, else of the later text. */
const signaturesOf = (a: NewsMark, b: NewsMark): Pick<NewsMark, 'signedAt' | 'signedFor' | 'signedEdition'> => {
  const [ofA, ofB] = [a, b].map(mark => (hasSigned(mark) ? (mark.signedEdition ?? 1) : 0)) as [number, number]
  const of = ofA === ofB ? [a, b] : [ofA > ofB ? a : b]
  const signedAt = of.reduce<string | undefined>((known, mark) => mark.signedAt ?? known, undefined)
  const signedFor = [...new Set(of.flatMap(mark => mark.signedFor ?? []))]
  const edition = Math.max(ofA, ofB)
  return {
    ...(signedAt !== undefined && { signedAt }),
    ...(signedFor.length > 0 && { signedFor }),
    ...(edition > 1 && { signedEdition: edition }),
  }
}

/** Both marks of one item: what either says was done was done. */
const combined = (a: NewsMark | undefined, b: NewsMark): NewsMark => {
  if (!a) return b
  const { signedAt: _, signedFor: __, signedEdition: ___, ...rest } = { ...a, ...b }
  const seenEdition = Math.max(a.seenEdition ?? 1, b.seenEdition ?? 1)
  return { ...rest, ...(seenEdition > 1 && { seenEdition }), ...signaturesOf(a, b) }
}

/**
 * Combines what the API says of the newest news (`state`) and of older ones that were asked for (`marked`) with what was
 * done on this device. Undefined while the API has said nothing.
 */
export const marksOf = (
  state: NewsOfHome | undefined,
  here: DoneHere = nothingDone,
  marked: readonly NewsMark[] = [],
): Marks | undefined => {
  if (!state) return undefined
  const acts = new Map<string, NewsMark>()
  for (const mark of [...marked, ...state.audiences.flatMap(one => one.acts), ...here.acts])
    acts.set(mark.news, combined(acts.get(mark.news), mark))
  const editions = new Map<string, number>()
  const note = (news: string, edition = 1) => {
    if (edition > (editions.get(news) ?? 1)) editions.set(news, edition)
  }
  for (const { news, seenEdition } of acts.values()) note(news, seenEdition)
  for (const { news, edition } of here.seen) note(news, edition)
  return {
    seen: new Set([
      ...state.audiences.flatMap(({ seen }) => seen),
      ...here.seen.map(({ news }) => news),
      ...[...acts.values()].flatMap(({ news, seenAt }) => (seenAt === undefined ? [] : [news])),
    ]),
    acts,
    editions,
    since: new Map(state.audiences.flatMap(({ audience, since }) => (since === undefined ? [] : [[audience, since]]))),
  }
}

/** A news item, in the edition that is the present one. */
type Edited = { readonly id: string; readonly edition?: number | undefined }

/** A news item, and the reader's audiences that it is addressed to. */
type Addressed = Edited & { readonly audiences: readonly string[] }

/** The newest edition of an item that the reader has opened, as far as is known. */
export const seenEditionOf = (news: string, { seen, editions }: Marks): number | undefined =>
  seen.has(news) ? (editions.get(news) ?? 1) : undefined

/** True if the reader has opened the item with its present text, as far as is known. */
export const isSeen = (news: Edited, marks: Marks): boolean => (seenEditionOf(news.id, marks) ?? 0) >= editionOf(news)

/** True if the reader has opened the item, and its text is another since. */
export const isChanged = (news: Edited, marks: Marks): boolean => marks.seen.has(news.id) && !isSeen(news, marks)

/** True if it is known whether the reader has opened the item. */
export const isKnown = ({ id, audiences }: Addressed, { seen, acts, since }: Marks): boolean =>
  seen.has(id) || acts.has(id) || audiences.some(audience => id >= (since.get(audience) ?? ''))

/** True if it is known that the reader has not opened the item, or not with its present text. */
export const isUnread = (news: Addressed, marks: Marks): boolean => !isSeen(news, marks) && isKnown(news, marks)

/** How much is kept of what a device has done: more than a state ever tells. */
const most = 500

/** Notes that an item was opened, with the text of an edition. */
export const withSeen = (here: DoneHere, news: string, edition = 1): DoneHere => {
  const known = here.seen.find(one => one.news === news)
  if (known && editionOf(known) >= edition) return here
  const one = { news, ...(edition > 1 && { edition }), isSent: false }
  return { ...here, seen: [one, ...here.seen.filter(other => other !== known)].slice(0, most) }
}

/** Names an item and the edition that was opened. */
export const seenKey = ({ news, edition }: DoneHere['seen'][number]): string => `${news} ${edition ?? 1}`

/** The most items of one request (shared/news/contract.ts). */
export const mostSeen = 50

/** What is sent of what was opened. */
export type SeenBody = { news: string[]; editions?: number[] }

/** The {@link seenKey}s of what is sent. */
export const keysOfBody = ({ news, editions }: SeenBody): readonly string[] =>
  news.map((one, at) => seenKey({ news: one, edition: editions?.[at] ?? 1, isSent: false }))

/** Of several {@link seenKey}s of one item the last one, where the first stood. */
export const withoutFormer = (keys: readonly string[]): readonly string[] => [
  ...new Map(keys.map(key => [key.split(' ')[0], key])).values(),
]

/** What is sent of what was opened, by their {@link seenKey}. */
export const seenBody = (keys: readonly string[]): SeenBody => {
  const [news, editions] = [0, 1].map(at => keys.map(key => key.split(' ')[at] ?? '')) as [string[], string[]]
  return { news, ...(editions.some(edition => edition !== '1') && { editions: editions.map(Number) }) }
}

/** Notes that the API has taken these, by their {@link seenKey}. */
export const withSent = (here: DoneHere, sent: readonly string[]): DoneHere => ({
  ...here,
  seen: here.seen.map(one => (sent.includes(seenKey(one)) ? { ...one, isSent: true } : one)),
})

/** Notes the API's answer to a signature. */
export const withAct = (here: DoneHere, act: NewsMark): DoneHere => ({
  ...here,
  acts: [act, ...here.acts.filter(({ news }) => news !== act.news)].slice(0, most),
})

/** True if everything that `act` tells is in `known`. */
const tells = (known: NewsMark | undefined, act: NewsMark): boolean =>
  (known?.signedEdition ?? 1) > (act.signedEdition ?? 1) ||
  ((known?.signedEdition ?? 1) === (act.signedEdition ?? 1) && tellsSignatures(known, act))

const tellsSignatures = (known: NewsMark | undefined, act: NewsMark): boolean =>
  (act.signedAt === undefined || known?.signedAt !== undefined) &&
  (act.signedFor ?? []).every(pupil => known?.signedFor?.includes(pupil))

/** What remains unconfirmed once the API has told `state`. */
export const unconfirmed = (here: DoneHere, state: NewsOfHome): DoneHere => {
  const told = new Set(state.audiences.flatMap(({ seen }) => seen))
  const acts = new Map(state.audiences.flatMap(one => one.acts).map(act => [act.news, act]))
  return {
    seen: here.seen.filter(one => !told.has(one.news) || (acts.get(one.news)?.seenEdition ?? 1) < editionOf(one)),
    acts: here.acts.filter(act => !tells(acts.get(act.news), act)),
  }
}
