import * as z from 'zod/mini'
import { Attachment } from '../kernel/attachment.ts'
import { audienceKinds } from '../kernel/audience.ts'
import { Count, Version } from '../kernel/count.ts'
import { Instant } from '../kernel/dates.ts'
import { AudienceId, GroupId, PersonId, TimeId, Uai } from '../kernel/ids.ts'
import { PersonName } from '../kernel/person-name.ts'
import { roles } from '../kernel/role.ts'
import { Answer, Question } from './question.ts'

/** Whether guardians must sign: not at all, each one, or one of them for each pupil. */
export const notices = ['none', 'guardian', 'pupil'] as const

/** Who published. */
export const Author = z.object({ id: PersonId, name: z.string(), role: z.enum(roles) })
/** An audience that a news item is addressed to. */
export const AddressedTo = z.object({ id: AudienceId, kind: z.enum(audienceKinds), label: z.string() })

/** A number of {@link NewsSummary}'s `edition`. */
export const Edition = z.int().check(z.minimum(1), z.maximum(65_535))

/**
 * What an author decides and a list shows as it is. A field added here is in the draft, the stored item, its rows and
 * all replies.
 */
export const Headline = z.object({
  title: z.string(),
  pinned: z.boolean(),
  urgent: z.boolean(),
  notice: z.enum(notices),
  /** What a notice asks. Absent: a signature alone. */
  question: z.optional(Question),
  /** Until when a notice is signed and answered, and answers are changed. Absent: as long as it can be read. */
  deadline: z.optional(Instant),
})

/** What a list shows: the text's beginning, without its formatting. */
export const NewsSummary = z.extend(Headline, {
  id: TimeId,
  uai: Uai,
  schoolName: z.string(),
  excerpt: z.string(),
  author: Author,
  publishedAt: Instant,
  editedAt: z.optional(Instant),
  until: z.optional(Instant),
  /**
   * Which text this is: one more with each edit that changed the title, the text, the question or the files after they
   * were published. Absent: the first. What was seen or signed is of an edition.
   */
  edition: z.optional(Edition),
})
export type NewsSummary = z.infer<typeof NewsSummary>

/**
 * A news item as its readers see it. `body` is Markdown, of the subset the web app renders. `audiences`: a guardian
 * of two children is told of both, whichever audience it was read through.
 */
export const News = z.extend(NewsSummary, {
  body: z.string(),
  audiences: z.array(AddressedTo),
  /** Files that hang on it. */
  attachments: z.optional(z.array(Attachment)),
})
export type News = z.infer<typeof News>

/**
 * A text that was replaced by a later one. `until`: when. `files`: the names of those that hung on it; absent: none, or it
 * was replaced under an earlier release.
 */
export const FormerText = z.object({
  edition: Edition,
  title: z.string(),
  body: z.string(),
  question: z.optional(Question),
  files: z.optional(z.array(z.string())),
  until: Instant,
})
export type FormerText = z.infer<typeof FormerText>

/** The path of a news item. */
export const NewsPath = z.object({ news: TimeId })

/** Where a news item is in its life. */
export const newsStates = ['scheduled', 'published', 'ended', 'withdrawn'] as const
export type NewsState = (typeof newsStates)[number]

/** A news item as its author sees it. `people`: how many it reached when published; the counts follow within seconds. */
export const PublishedNews = z.extend(NewsSummary, {
  audiences: z.array(AddressedTo),
  state: z.enum(newsStates),
  /** Of what is scheduled: it is published at the end of its hold, and can be undone until then. */
  held: z.optional(z.boolean()),
  /** Classes and groups it was scheduled for and did not go to, because they were closed before. */
  notSentTo: z.optional(z.array(AddressedTo)),
  /** Audiences it was scheduled for and did not go to, because whoever had scheduled it could not publish to them any more. */
  noLongerAllowed: z.optional(z.array(AddressedTo)),
  /** It was scheduled and did not go out, because the account of whoever had scheduled it was frozen at its time. */
  accountFrozen: z.optional(z.boolean()),
  people: Count,
  /** Signatures expected: guardians, or pupils, after `notice`. */
  signers: Count,
  seen: Count,
  signed: Count,
  version: Version,
})
export type PublishedNews = z.infer<typeof PublishedNews>

/**
 * What the caller did with a news item. `signedFor` lists pupils for a notice signed once per pupil. `seenEdition`,
 * `signedEdition`: the newest edition that was seen, and that the signatures are of; absent: the first.
 */
export const NewsMark = z.object({
  news: TimeId,
  seenAt: z.optional(Instant),
  seenEdition: z.optional(Edition),
  signedAt: z.optional(Instant),
  signedFor: z.optional(z.array(PersonId)),
  signedEdition: z.optional(Edition),
  remindedAt: z.optional(Instant),
})
export type NewsMark = z.infer<typeof NewsMark>

/** An answer of the caller's. `signer`: themselves, or the child it was given for. */
export const OwnAnswer = z.extend(Answer, { signer: PersonId, at: Instant, edition: z.optional(Edition) })
export type OwnAnswer = z.infer<typeof OwnAnswer>

/** What the caller did with the news of one of their audiences. */
export const AudienceState = z.object({
  audience: AudienceId,
  /** Ids of what they have seen, newest first: the newest 40, and notices and pinned items that have not ended. */
  seen: z.array(TimeId),
  /** Of ids before this one that are named neither here nor in `acts`, nothing is known: ask the route `marked`. */
  since: z.optional(TimeId),
  /**
   * What they signed, were reminded of or saw in a later edition than the first, kept as long as `seen`. Without
   * `seenAt`: `seen` tells that.
   */
  acts: z.array(NewsMark),
})
export type AudienceState = z.infer<typeof AudienceState>

/** An audience one may publish to. `groupKind`: whether `group` is a class or a teaching group. */
export const AudienceChoice = z.object({
  id: AudienceId,
  kind: z.enum(audienceKinds),
  uai: Uai,
  label: z.string(),
  group: z.optional(GroupId),
  groupKind: z.optional(z.enum(['class', 'group'])),
})
export type AudienceChoice = z.infer<typeof AudienceChoice>

/** `unseen` and `unsigned` are those a reminder goes to. */
export const readerStates = ['all', 'seen', 'unseen', 'signed', 'unsigned'] as const

/** Seconds before the same people can be reminded of a publication again. */
export const reminderPause = 4 * 3_600

/** How many people a reminder would go to, when the last one went, and from when on the next one may. */
export const ReminderState = z.object({ people: Count, last: z.optional(Instant), from: z.optional(Instant) })
export type ReminderState = z.infer<typeof ReminderState>

/** An answer as the school sees it. `by`: who gave it, where they are addressed still; absent: it came on paper, or they are not. */
export const GivenAnswer = z.extend(Answer, {
  by: z.optional(PersonName),
  at: Instant,
  /** It came on paper, and somebody of the school entered it. */
  onPaper: z.optional(z.boolean()),
})

/** One who should read, or the pupil a notice is signed for. */
export const Reader = z.object({
  id: PersonId,
  givenName: z.string(),
  familyName: z.string(),
  role: z.enum(roles),
  classes: z.array(z.object({ id: GroupId, name: z.string() })),
  /** The children for whose sake a guardian is addressed: of several, or where another reader has the same names. */
  children: z.optional(z.array(PersonName)),
  seenAt: z.optional(Instant),
  signedAt: z.optional(Instant),
  /** The signature came on paper. */
  signedOnPaper: z.optional(z.boolean()),
  /** When a signature or an answer that came on paper was entered last, and by whom; absent: they are no longer here. */
  paper: z.optional(z.object({ at: Instant, by: z.optional(PersonName) })),
  /** When a paper that had been entered was taken back last, and by whom; absent while one is entered. */
  paperTakenBack: z.optional(z.object({ at: Instant, by: z.optional(PersonName) })),
  /** When they saw or signed a former text, and not the present one. */
  formerSeenAt: z.optional(Instant),
  formerSignedAt: z.optional(Instant),
  /** The answers to the present text: of this reader, or of this pupil's guardians, which may differ. */
  answers: z.optional(z.array(GivenAnswer)),
  /** True if a signature is expected of this reader, or for this pupil. */
  signs: z.boolean(),
  /** A pupil whose guardians are addressed, and of whom the directory names none: they answer on paper. */
  withoutGuardian: z.optional(z.boolean()),
})
export type Reader = z.infer<typeof Reader>

/** One whom a publication would reach. `children`: of a guardian, those for whose sake they are addressed. */
export const Reached = z.extend(
  z.pick(Reader, { id: true, givenName: true, familyName: true, role: true, classes: true }),
  {
    children: z.array(PersonName),
  },
)
export type Reached = z.infer<typeof Reached>

/** One who is listed on paper. `children`: of a guardian, those for whose sake they are addressed. */
export const SheetRow = z.extend(Reader, { children: z.array(PersonName) })
export type SheetRow = z.infer<typeof SheetRow>
