import type * as z from 'zod/mini'
import type { newsContract } from '../../../shared/news/contract.ts'
import type { NewsMark } from '../../../shared/news/shapes.ts'

/** Milliseconds between two private reads, for somebody who looks: of what they did, and of what their publications wait for. */
export const privateInterval = 180_000

/** The reply of the route `state`. */
export type NewsState = z.infer<typeof newsContract.routes.state.reply>

/** What the reader did on this device and the API has not confirmed: kept on the device until it has. */
export type DoneHere = {
  /** The newest first. `isSent`: the API has taken it, and the state does not tell yet. */
  readonly seen: readonly { readonly news: string; readonly isSent: boolean }[]
  /** The API's answers to signatures. */
  readonly acts: readonly NewsMark[]
}

export const nothingDone: DoneHere = { seen: [], acts: [] }

/** What is known of what the reader did. */
export type Marks = {
  readonly seen: ReadonlySet<string>
  /** What was signed or reminded of, or asked for by itself. */
  readonly acts: ReadonlyMap<string, NewsMark>
  /** By audience: of its news with an id before this one nothing is known, unless it is in `seen` or `acts`. */
  readonly since: ReadonlyMap<string, string>
}

/** Both marks of one item: what either says was done was done. */
const combined = (a: NewsMark | undefined, b: NewsMark): NewsMark => {
  const signedFor = [...new Set([...(a?.signedFor ?? []), ...(b.signedFor ?? [])])]
  return { ...a, ...b, ...(signedFor.length > 0 && { signedFor }) }
}

/**
 * Combines what the API says of the newest news (`state`) and of older ones that were asked for (`marked`) with what was
 * done on this device. Undefined while the API has said nothing.
 */
export const marksOf = (
  state: NewsState | undefined,
  here: DoneHere = nothingDone,
  marked: readonly NewsMark[] = [],
): Marks | undefined => {
  if (!state) return undefined
  const acts = new Map<string, NewsMark>()
  for (const mark of [...marked, ...state.audiences.flatMap(one => one.acts), ...here.acts])
    acts.set(mark.news, combined(acts.get(mark.news), mark))
  return {
    seen: new Set([
      ...state.audiences.flatMap(({ seen }) => seen),
      ...here.seen.map(({ news }) => news),
      ...[...acts.values()].flatMap(({ news, seenAt }) => (seenAt === undefined ? [] : [news])),
    ]),
    acts,
    since: new Map(state.audiences.flatMap(({ audience, since }) => (since === undefined ? [] : [[audience, since]]))),
  }
}

/** A news item, and the reader's audiences that it is addressed to. */
type Addressed = { readonly id: string; readonly audiences: readonly string[] }

/** True if the reader has opened the item, as far as is known. */
export const isSeen = (news: string, marks: Marks): boolean => marks.seen.has(news)

/** True if it is known whether the reader has opened the item. */
export const isKnown = ({ id, audiences }: Addressed, { seen, acts, since }: Marks): boolean =>
  seen.has(id) || acts.has(id) || audiences.some(audience => id >= (since.get(audience) ?? ''))

/** True if it is known that the reader has not opened the item. */
export const isUnread = (news: Addressed, marks: Marks): boolean => !isSeen(news.id, marks) && isKnown(news, marks)

/** How much is kept of what a device has done: more than a state ever tells. */
const most = 500

/** Notes that an item was opened. */
export const withSeen = (here: DoneHere, news: string): DoneHere =>
  here.seen.some(one => one.news === news)
    ? here
    : { ...here, seen: [{ news, isSent: false }, ...here.seen].slice(0, most) }

/** Notes that the API has taken these. */
export const withSent = (here: DoneHere, sent: readonly string[]): DoneHere => ({
  ...here,
  seen: here.seen.map(one => (sent.includes(one.news) ? { ...one, isSent: true } : one)),
})

/** Notes the API's answer to a signature. */
export const withAct = (here: DoneHere, act: NewsMark): DoneHere => ({
  ...here,
  acts: [act, ...here.acts.filter(({ news }) => news !== act.news)].slice(0, most),
})

/** True if everything that `act` tells is in `known`. */
const tells = (known: NewsMark | undefined, act: NewsMark): boolean =>
  (act.signedAt === undefined || known?.signedAt !== undefined) &&
  (act.signedFor ?? []).every(pupil => known?.signedFor?.includes(pupil))

/** What remains unconfirmed once the API has told `state`. */
export const unconfirmed = (here: DoneHere, state: NewsState): DoneHere => {
  const told = new Set(state.audiences.flatMap(({ seen }) => seen))
  const acts = new Map(state.audiences.flatMap(one => one.acts).map(act => [act.news, act]))
  return {
    seen: here.seen.filter(({ news }) => !told.has(news)),
    acts: here.acts.filter(act => !tells(acts.get(act.news), act)),
  }
}
