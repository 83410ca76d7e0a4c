import type { AudienceKind } from '../../../shared/kernel/audience.ts'
import { editionOf, holdsGuardians } from '../../../shared/news/rules.ts'
import type { NewsMark, NewsSummary } from '../../../shared/news/shapes.ts'
import type { FeedEntry } from './feed.ts'
import { isChanged, isSeen, isUnread, type Marks } from './marks.ts'

/** An audience of the reader. `children`: of a guardian, the children because of whom they are a member. */
export type HeldAudience = {
  readonly id: string
  readonly kind: AudienceKind
  readonly children?: readonly string[] | undefined
}

/** The children a news item concerns, among a guardian's own; in the order of `audiences`. */
export const concerns = (through: readonly string[], audiences: readonly HeldAudience[]): string[] => [
  ...new Set(
    audiences.flatMap(({ id, kind, children = [] }) => (through.includes(id) && holdsGuardians(kind) ? children : [])),
  ),
]

/** What a guardian is asked to sign in a notice, and what was signed: of the present text. */
export type Signing =
  | { readonly by: 'nobody' }
  | { readonly by: 'guardian'; readonly signedAt?: string | undefined }
  | { readonly by: 'pupil'; readonly children: readonly { readonly id: string; readonly signed: boolean }[] }

/**
 * Who signs a notice's text of that `edition` for this reader. `children`: those it concerns; a reader with none signs
 * nothing.
 */
export const signingOf = (
  notice: NewsSummary['notice'],
  children: readonly string[],
  mark: NewsMark | undefined,
  edition = 1,
): Signing => {
  const isPresent = (mark?.signedEdition ?? 1) >= edition
  if (notice === 'none' || children.length === 0) return { by: 'nobody' }
  if (notice === 'guardian') return { by: 'guardian', ...(isPresent && { signedAt: mark?.signedAt }) }
  return {
    by: 'pupil',
    children: children.map(id => ({ id, signed: isPresent && (mark?.signedFor?.includes(id) ?? false) })),
  }
}

/** True while a signature of the reader is awaited. */
export const awaitsSignature = (signing: Signing): boolean => {
  if (signing.by === 'guardian') return signing.signedAt === undefined
  return signing.by === 'pupil' && signing.children.some(child => !child.signed)
}

/** True if the author reminded this reader, who has not yet read (`isSeen`) or signed as asked. */
export const isReminded = (mark: NewsMark | undefined, isSeen: boolean, signing: Signing): boolean =>
  mark?.remindedAt !== undefined && (!isSeen || awaitsSignature(signing))

/** True if a row names its school: to a reader with several, unless the marks of children who go to one each tell it. */
export const tellsSchool = (
  { children }: Pick<ReaderNews, 'children'>,
  reader: {
    readonly schools: readonly unknown[]
    readonly children: readonly { readonly id: string; readonly uai: string }[]
  },
  marked: { readonly has: (child: string) => boolean },
): boolean => {
  if (reader.schools.length < 2) return false
  const goesToOne = (id: string) => new Set(reader.children.flatMap(one => (one.id === id ? one.uai : []))).size === 1
  return children.length === 0 || !children.every(id => marked.has(id) && goesToOne(id))
}

/** The person who reads. */
export type NewsReader = { readonly person: { readonly id: string }; readonly audiences: readonly HeldAudience[] }

/** A news item with its state for one reader. */
export type ReaderNews = {
  readonly news: FeedEntry
  /** A guardian's own children that it concerns. */
  readonly children: readonly string[]
  readonly signing: Signing
  readonly unread: boolean
  /** They have read it, and its text is another since. */
  readonly changed: boolean
  readonly reminded: boolean
}

/**
 * Adds the reader's state to news items. Their own are never unread. While `marks` is undefined, nothing is unread or
 * to be signed.
 */
export const readerNews = (
  items: readonly FeedEntry[],
  { person, audiences }: NewsReader,
  marks: Marks | undefined,
): ReaderNews[] =>
  items.map(news => {
    const children = concerns(news.audiences, audiences)
    const mark = marks?.acts.get(news.id)
    const signing: Signing = marks ? signingOf(news.notice, children, mark, editionOf(news)) : { by: 'nobody' }
    return {
      news,
      children,
      signing,
      unread: marks !== undefined && news.author.id !== person.id && isUnread(news, marks),
      changed: marks !== undefined && news.author.id !== person.id && isChanged(news, marks),
      reminded: isReminded(mark, marks !== undefined && isSeen(news, marks), signing),
    }
  })
