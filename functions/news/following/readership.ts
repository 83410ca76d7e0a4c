import { type Question, saidIn } from '../../../shared/news/question.ts'
import type { Reader, readerStates } from '../../../shared/news/shapes.ts'
import type { Addressed, Addressee } from '../../directory/addressees.ts'
import { countAnswers, differ } from '../answering/answers.ts'
import type { AnswerItem, NewsItem } from '../patterns.ts'

/** When somebody did something, and with the text that is asked about, or with a former one. */
export type Done = { readonly at: string; readonly isFormer: boolean; readonly enteredBy?: string | undefined }

/** When each person has seen a news item, and when each signer (guardian or pupil, after its notice) has signed. */
export type Facts = {
  readonly seen: ReadonlyMap<string, Done>
  readonly signed: ReadonlyMap<string, Done>
  /** By signer: the answers to the present text. */
  readonly answers?: ReadonlyMap<string, readonly AnswerItem[]>
}

export type ReaderState = (typeof readerStates)[number]

/** What came on paper: when it was entered, and by whom, by their id. */
type Entered = { readonly at: string; readonly by: string }

/** A reader, what came from them on paper, for whose sake they are addressed, and where they stand in the list's order. */
export type OrderedReader = Omit<Reader, 'paper'> & {
  readonly entered?: Entered
  readonly pupils: readonly string[]
  readonly order: string
}

const enteredOf = (signed: Done | undefined, answers: readonly AnswerItem[] = []): Entered | undefined => {
  const { at, enteredBy: by } = answers.find(one => one.enteredBy !== undefined) ?? signed ?? {}
  return at === undefined || by === undefined ? undefined : { at, by }
}

/**
 * The people a news item addresses and the signers it awaits, joined with what they did. `unguarded`: pupils whose guardians
 * are addressed, and of whom none is named; known where the pupils were read.
 */
export type Readership = {
  readonly people: readonly OrderedReader[]
  readonly signers: readonly OrderedReader[]
  readonly unguarded: readonly OrderedReader[]
}

/** True if somebody is in a class or group, or if none is asked for. */
export const isIn = (one: Addressee, group: string | undefined): boolean =>
  group === undefined || one.classes.some(of => of.id === group)

/** Joins the addressed with the facts, keeping one class or group if asked. */
export const readership = (
  notice: NewsItem['notice'],
  addressed: Addressed,
  facts: Facts,
  group?: string | undefined,
): Readership => {
  const isChosen = (one: Addressee) => isIn(one, group)
  const pupils = new Set(addressed.pupils.map(pupil => pupil.id))
  const guarded = new Set(addressed.people.flatMap(one => one.pupils))
  const names = new Map(addressed.people.map(({ id, givenName, familyName }) => [id, { id, givenName, familyName }]))
  const answered = ({ by, at, enteredBy, ...answer }: AnswerItem) => {
    const name = by === undefined ? undefined : names.get(by)
    return { ...saidIn(answer), ...(name && { by: name }), at, ...(enteredBy !== undefined && { onPaper: true }) }
  }
  const signs = (one: Addressee) =>
    notice === 'pupil' ? pupils.has(one.id) : notice === 'guardian' ? one.guardian : false
  const joined = (one: Addressee): OrderedReader => {
    const signer = signs(one)
    const signed = signer ? facts.signed.get(one.id) : undefined
    const seen = facts.seen.get(one.id)
    const answers = signer ? facts.answers?.get(one.id) : undefined
    const entered = enteredOf(signed?.isFormer ? undefined : signed, answers)
    return {
      id: one.id,
      givenName: one.givenName,
      familyName: one.familyName,
      role: one.role,
      classes: one.classes.map(({ id, name }) => ({ id, name })),
      ...(seen && { [seen.isFormer ? 'formerSeenAt' : 'seenAt']: seen.at }),
      ...(signed && { [signed.isFormer ? 'formerSignedAt' : 'signedAt']: signed.at }),
      ...(signed && !signed.isFormer && signed.enteredBy !== undefined && { signedOnPaper: true }),
      ...(entered && { entered }),
      ...(answers && { answers: answers.map(answered) }),
      signs: signer,
      ...(pupils.has(one.id) && !guarded.has(one.id) && { withoutGuardian: true }),
      pupils: one.pupils,
      order: one.order,
    }
  }
  const people = addressed.people.filter(isChosen).map(joined)
  const signers = notice === 'pupil' ? addressed.pupils.filter(isChosen).map(joined) : people.filter(one => one.signs)
  const unguarded = addressed.pupils.filter(one => isChosen(one) && !guarded.has(one.id)).map(joined)
  return { people, signers, unguarded }
}

/** The readers in a state. Signing concerns the signers: the pupils, for a notice once per pupil. */
export const inState = ({ people, signers }: Readership, state: ReaderState): readonly OrderedReader[] => {
  switch (state) {
    case 'all':
      return people
    case 'seen':
      return people.filter(one => one.seenAt !== undefined)
    case 'unseen':
      return people.filter(one => one.seenAt === undefined)
    case 'signed':
      return signers.filter(one => one.signedAt !== undefined)
    case 'unsigned':
      return signers.filter(one => one.signedAt === undefined)
  }
}

/** Those with an answer, by its place, or with answers that differ. */
export const withAnswer = (readers: readonly OrderedReader[], answer: string | undefined): readonly OrderedReader[] =>
  answer === undefined
    ? readers
    : readers.filter(({ answers = [] }) =>
        answer === 'differing' ? differ(answers) : answers.some(({ choice }) => choice === Number(answer)),
      )

/** How many of the readership did what, and answered what to a question. */
export const countsOf = (of: Readership, question?: Question | undefined) => ({
  people: of.people.length,
  seen: inState(of, 'seen').length,
  signers: of.signers.length,
  signed: inState(of, 'signed').length,
  ...(question &&
    countAnswers(
      question,
      of.signers.map(({ answers = [] }) => answers),
    )),
})

/** The classes, then the groups, of all who are addressed: what the list can be filtered by. */
export const groupsOf = ({ people, pupils }: Addressed): { id: string; name: string }[] => {
  const groups = new Map([...people, ...pupils].flatMap(one => one.classes).map(of => [of.id, of]))
  return [...groups.values()]
    .sort((a, b) => a.kind.localeCompare(b.kind) || a.name.localeCompare(b.name, 'fr', { numeric: true }))
    .map(({ id, name }) => ({ id, name }))
}

/**
 * The people a reminder goes to: those who have not seen; or the guardians who have not signed, which for a notice
 * once per pupil means every addressed guardian of a pupil nobody signed for.
 */
export const toRemind = (
  notice: NewsItem['notice'],
  addressed: Addressed,
  facts: Facts,
  state: 'unseen' | 'unsigned',
  group?: string | undefined,
): string[] => {
  const waiting = inState(readership(notice, addressed, facts, group), state).map(one => one.id)
  if (state === 'unseen' || notice !== 'pupil') return waiting
  const pupils = new Set(waiting)
  return addressed.people.filter(one => one.pupils.some(pupil => pupils.has(pupil))).map(one => one.id)
}
