import { staysOpen } from '../../../shared/news/rules.ts'
import type { NewsItem } from '../patterns.ts'

/** What a person did with one news item, as their item of one of its audiences keeps it. */
export type Entry = {
  readonly news: string
  readonly seen: boolean
  /** The newest edition that was seen, beyond the first. */
  readonly seenEdition?: number
  /** Not let go of before its end, however many newer ones there are: what stays open, or a pinned item. */
  readonly kept: boolean
  /** The hour in which it ends, in hours since 1970; absent: it is kept for good. Only of what is kept. */
  readonly endsAt?: number
  readonly signedAt?: string
  /** Sorted, each once. */
  readonly signedFor?: readonly string[]
  /** The edition that the signatures are of, beyond the first. */
  readonly signedEdition?: number
  readonly remindedAt?: string
}

const hourMs = 3_600_000

/** Whether a person's items keep a news item, and until when: what a fact tells them of it. */
export type Keep = { readonly until?: string | undefined }

/** Whether and until when a news item is kept; undefined for what newer ones replace. */
export const keepOf = (
  news: Pick<NewsItem, 'notice' | 'urgent' | 'remindedAt' | 'pinned' | 'until'>,
): Keep | undefined =>
  staysOpen(news) || news.pinned ? { ...(news.until !== undefined && { until: news.until }) } : undefined

type Acts = Partial<Pick<Entry, 'seen' | 'seenEdition' | 'signedAt' | 'signedFor' | 'signedEdition' | 'remindedAt'>>

/** An entry of what was done with a news item. */
export const entryOf = (news: string, keep: Keep | undefined, { seen = false, ...acts }: Acts): Entry => ({
  news,
  seen,
  kept: keep !== undefined,
  ...(keep?.until !== undefined && { endsAt: Math.ceil(Date.parse(keep.until) / hourMs) }),
  ...acts,
})

/** The earlier, or the later, of two values; the one that is there, if only one is. */
const least = <Value extends string | number>(a: Value | undefined, b: Value | undefined): Value | undefined =>
  a === undefined || b === undefined ? (a ?? b) : a < b ? a : b
const most = <Value extends string | number>(a: Value | undefined, b: Value | undefined): Value | undefined =>
  a === undefined || b === undefined ? (a ?? b) : a > b ? a : b

const endOf = (a: Entry, b: Entry): number | undefined => {
  if (!a.kept || !b.kept) return a.kept ? a.endsAt : b.endsAt
  // One of them never ends.
  return a.endsAt === undefined || b.endsAt === undefined ? undefined : most(a.endsAt, b.endsAt)
}

type Signatures = Pick<Entry, 'signedAt' | 'signedFor' | 'signedEdition'>

const signaturesOf = ({ signedAt, signedFor, signedEdition }: Signatures): Signatures => ({
  ...(signedAt !== undefined && { signedAt }),
  ...(signedFor !== undefined && signedFor.length > 0 && { signedFor }),
  ...(signedEdition !== undefined && { signedEdition }),
})

/** The signatures of the later text: those of an earlier one are asked for again. */
const joinedSignatures = (a: Signatures, b: Signatures): Signatures => {
  const [ofA, ofB] = [a.signedEdition ?? 1, b.signedEdition ?? 1]
  if (ofA !== ofB) return signaturesOf(ofA > ofB ? a : b)
  const signedAt = least(a.signedAt, b.signedAt)
  const signedFor = [...new Set([...(a.signedFor ?? []), ...(b.signedFor ?? [])])].sort()
  return signaturesOf({ ...a, ...(signedAt !== undefined && { signedAt }), signedFor })
}

/** What two entries of one news item say together: the same in any order, and the same again when repeated. */
const joined = (a: Entry, b: Entry): Entry => {
  const endsAt = endOf(a, b)
  const seenEdition = most(a.seenEdition, b.seenEdition)
  const remindedAt = most(a.remindedAt, b.remindedAt)
  return {
    news: a.news,
    seen: a.seen || b.seen,
    ...(seenEdition !== undefined && { seenEdition }),
    kept: a.kept || b.kept,
    ...(endsAt !== undefined && { endsAt }),
    ...joinedSignatures(a, b),
    ...(remindedAt !== undefined && { remindedAt }),
  }
}

/** A signature of a news item. `pupil`: whom it was given for; absent: it was one's own. */
export type SignatureOf = { readonly news: string; readonly pupil?: string; readonly edition: number }

/** Marks without a signature that was taken back, unless what they tell is of a later text. */
export const withoutSignature = (
  { entries, cut }: AudienceMarks,
  { news, pupil, edition }: SignatureOf,
): AudienceMarks => ({
  cut,
  entries: entries.map(entry => {
    const { signedAt, signedFor = [], signedEdition, ...rest } = entry
    if (entry.news !== news || (signedEdition ?? 1) > edition) return entry
    const left = signedFor.filter(id => id !== pupil)
    const own = pupil === undefined ? undefined : signedAt
    const isSigned = own !== undefined || left.length > 0
    return {
      ...rest,
      ...signaturesOf({
        ...(own !== undefined && { signedAt: own }),
        signedFor: left,
        ...(isSigned && signedEdition !== undefined && { signedEdition }),
      }),
    }
  }),
})

/** Ids of seen news that are kept for an audience at least: a board shows 20 rows. */
const newest = 40
/** What stays open and pinned items that are kept beyond these, the newest of them. */
const mostKept = 300

/** What one did with the news of an audience. `cut`: older entries than the {@link newest} seen ones were let go of. */
export type AudienceMarks = { readonly entries: readonly Entry[]; readonly cut: boolean }

export const noMarks: AudienceMarks = { entries: [], cut: false }

const isSeen = (entry: Entry) => entry.seen

/** The id before which an entry that is not there may have been let go of; undefined if none was. */
export const sinceOf = ({ entries, cut }: AudienceMarks): string | undefined =>
  cut ? entries.filter(isSeen)[newest - 1]?.news : undefined

/**
 * Adds entries to an audience's. Keeps the newest 40 that were seen and what is newer than those, and of the others the
 * what stays open, and pinned items, that have not ended. The same entries give the same result in any order and any grouping.
 */
export const withEntries = ({ entries, cut }: AudienceMarks, more: readonly Entry[], now: Date): AudienceMarks => {
  const byNews = new Map<string, Entry>()
  for (const entry of [...entries, ...more]) {
    const known = byNews.get(entry.news)
    byNews.set(entry.news, known ? joined(known, entry) : entry)
  }
  const all = [...byNews.values()].sort((a, b) => (a.news > b.news ? -1 : 1))
  const seen = all.filter(isSeen)
  const oldest = cut || seen.length > newest ? seen[newest - 1]?.news : undefined
  if (oldest === undefined) return { entries: all, cut: false }
  const hasEnded = ({ endsAt }: Entry) => endsAt !== undefined && endsAt * hourMs <= now.getTime()
  const older = all.filter(entry => entry.news < oldest && entry.kept && !hasEnded(entry))
  return { entries: [...all.filter(entry => entry.news >= oldest), ...older.slice(0, mostKept)], cut: true }
}
