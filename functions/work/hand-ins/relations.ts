import type { KeptFile } from '../../../shared/kernel/attachment.ts'
import { type Problem, problem } from '../../../shared/kernel/problem.ts'
import { fail, ok, type Result } from '../../../shared/kernel/result.ts'
import { hasPages, isDrawable } from '../../../shared/work/drawing.ts'
import type { Assignment } from '../../../shared/work/hand-in.ts'
import type { Outage } from '../../../shared/work/hand-in-rules.ts'
import { mayTeach, stateOf } from '../../../shared/work/rules.ts'
import { directoryPatterns, type PersonItem } from '../../directory/audiences.ts'
import { chosenFiles } from '../../documents/private-attachments.ts'
import type { ItemOf } from '../../platform/pattern.ts'
import type { Platform } from '../../platform/platform.ts'
import type { Caller } from '../../platform/token.ts'
import type { workAccess } from '../access.ts'
import { type PieceItem, workPatterns } from '../patterns.ts'
import { filesOfReturn, readableBy, returnFilesFor } from './files.ts'
import { type HandInItem, handInPatterns, type VersionItem } from './patterns.ts'

type Of = { readonly params: { readonly piece: string }; readonly caller: Caller }
type OfPupil = {
  readonly params: { readonly piece: string; readonly pupil: string }
  readonly caller: Caller
  readonly now: Date
}

/** An assignment that the caller may hand in, and who they are. */
export type HandingIn = {
  readonly piece: PieceItem
  readonly assignment: Assignment
  readonly by: PersonItem
}

/** What was handed in of an assignment that the caller collects, read side by side with the proof. */
export type CollectedAll = {
  readonly piece: PieceItem
  readonly handIns: readonly HandInItem[]
  readonly outages: readonly Outage[]
  readonly reminder: ItemOf<typeof handInPatterns.reminder> | undefined
}

/** A hand-in that the caller may know of, as whom, with all its versions, read side by side with the proof. */
export type KnownHandIn = {
  readonly piece: PieceItem
  readonly item: HandInItem | undefined
  readonly pupil: PersonItem
  readonly as: 'pupil' | 'guardian' | 'teacher'
  readonly versions: readonly VersionItem[]
  readonly outages: readonly Outage[]
}

const isGuardianOf = (person: PersonItem, pupil: string): boolean => person.children.some(({ id }) => id === pupil)

const isIn = (pupil: PersonItem | undefined, { group, uai }: PieceItem): boolean =>
  pupil?.status === 'active' && pupil.groups.some(one => one.id === group.id && one.uai === uai)

/** True if somebody set a piece and teaches its class today. */
const isTeacherOf = (person: PersonItem, { author, group, uai }: PieceItem): boolean =>
  author.id === person.id && person.status === 'active' && mayTeach(person, { id: group.id, uai })

/** What proves the relations that hand-ins are bounded by. */
export const handInRelations = ({ table }: Pick<Platform<typeof workAccess>, 'table'>) => {
  const read = async ({ params: { piece, pupil }, caller }: Omit<OfPupil, 'now'>) => {
    const [found, item, person, by] = await Promise.all([
      table.get(workPatterns.piece, { piece }, { consistent: true }),
      table.get(handInPatterns.handIn, { piece, person: pupil }, { consistent: true }),
      table.get(directoryPatterns.person, { person: pupil }),
      pupil === caller.person ? undefined : table.get(directoryPatterns.person, { person: caller.person }),
    ])
    return { piece: found, item, pupil: person, by: pupil === caller.person ? person : by }
  }
  /** An assignment that the caller set for a class that they teach today, also one that was taken back. */
  const collected = async ({ params: { piece }, caller }: Of): Promise<Result<PieceItem>> => {
    const [item, person] = await Promise.all([
      table.get(workPatterns.piece, { piece }, { consistent: true }),
      table.get(directoryPatterns.person, { person: caller.person }),
    ])
    return item && person && isTeacherOf(person, item) ? ok(item) : fail(problem('not-found'))
  }
  return {
    collected,

    /** The same, with all that was handed in. */
    collectedAll: async (request: Of): Promise<Result<CollectedAll>> => {
      const { piece } = request.params
      const [proved, handIns, outages, reminder] = await Promise.all([
        collected(request),
        table.all(handInPatterns.handInsOf, { piece }, { consistent: true }),
        table.all(handInPatterns.outages, {}),
        table.get(handInPatterns.reminder, { piece }, { consistent: true }),
      ])
      return proved.ok ? ok({ piece: proved.value, handIns, outages, reminder }) : proved
    },

    /** A pupil of the assignment's class, or one who handed in while they were. */
    inClass: async (
      { params: { piece, pupil } }: Pick<OfPupil, 'params'>,
      before: { readonly collected: PieceItem },
    ): Promise<Result<undefined>> => {
      const [person, item] = await Promise.all([
        table.get(directoryPatterns.person, { person: pupil }),
        table.get(handInPatterns.handIn, { piece, person: pupil }),
      ])
      return isIn(person, before.collected) || item ? ok(undefined) : fail(problem('not-found'))
    },

    /**
     * An assignment that is published to the pupil's class, where the pupil is the caller or their child. Who has left the
     * class since they began it may still hand it in.
     */
    handingIn: async ({ params, caller, now }: OfPupil): Promise<Result<HandingIn, Problem>> => {
      const { piece, item, pupil, by } = await read({ params, caller })
      if (!piece?.assignment || !by || by.status !== 'active') return fail(problem('not-found'))
      const isTheirs = params.pupil === caller.person || isGuardianOf(by, params.pupil)
      const isOpen = stateOf(piece, now) === 'published' && (isIn(pupil, piece) || item !== undefined)
      return isTheirs && isOpen ? ok({ piece, assignment: piece.assignment, by }) : fail(problem('not-found'))
    },

    /**
     * The files that the body names: documents of the caller's own space, and files that they handed in with an earlier
     * version. None where the version is kept already: it is answered as it is.
     */
    handedFiles: async ({
      params: { piece, pupil: person, version },
      body: { attachments = [] },
      caller,
    }: {
      readonly params: { readonly piece: string; readonly pupil: string; readonly version: string }
      readonly body: { readonly attachments?: readonly string[] | undefined }
      readonly caller: Caller
    }): Promise<Result<readonly KeptFile[]>> => {
      if (attachments.length === 0) return ok([])
      const versions = await table.all(handInPatterns.versionsOf, { piece, person }, { consistent: true })
      if (versions.some(({ id }) => id === version)) return ok([])
      const own = versions.filter(({ by }) => by.id === caller.person)
      return chosenFiles(
        table,
        caller.person,
        attachments,
        own.flatMap(({ files = [] }) => files),
      )
    },

    /** A photo of a version of the pupil's, or a page of a PDF, which can be written on. */
    drawable: async ({
      params: { piece, pupil: person, version, file },
      body: { page },
    }: {
      readonly params: {
        readonly piece: string
        readonly pupil: string
        readonly version: string
        readonly file: string
      }
      readonly body: { readonly page?: number | undefined }
    }): Promise<Result<undefined>> => {
      const item = await table.get(handInPatterns.version, { piece, person, version }, { consistent: true })
      const { type = '' } = item?.files?.find(one => one.file === file) ?? {}
      if (!isDrawable(type)) return fail(problem('not-found'))
      if (hasPages(type) === (page !== undefined)) return ok(undefined)
      const message = hasPages(type) ? 'must name a page of the PDF' : 'is for a PDF alone'
      return fail(problem('invalid-request', { errors: [{ path: 'body.page', message }] }))
    },

    /** The same of a return: documents of the teacher's own space, and files that hang there already. */
    returnFiles: async ({
      params: { piece, pupil: person },
      body: { attachments },
      caller,
    }: {
      readonly params: { readonly piece: string; readonly pupil: string }
      readonly body: { readonly attachments?: readonly string[] | undefined }
      readonly caller: Caller
    }): Promise<Result<readonly KeptFile[] | undefined>> => {
      if (attachments === undefined) return ok(undefined)
      const item = await table.get(handInPatterns.handIn, { piece, person }, { consistent: true })
      return chosenFiles(table, caller.person, attachments, item && filesOfReturn(item))
    },

    /** A hand-in for its pupil, their guardians, and the teacher who set the assignment. It outlives the assignment. */
    knownHandIn: async ({ params, caller, now }: OfPupil): Promise<Result<KnownHandIn>> => {
      const { piece: id, pupil: of } = params
      const [{ piece, item, pupil, by }, versions, outages] = await Promise.all([
        read({ params, caller }),
        table.all(handInPatterns.versionsOf, { piece: id, person: of }, { consistent: true }),
        table.all(handInPatterns.outages, {}),
      ])
      const isKnown = piece && (item !== undefined || (stateOf(piece, now) === 'published' && isIn(pupil, piece)))
      if (!isKnown || !pupil || by?.status !== 'active') return fail(problem('not-found'))
      const known = { piece, item, pupil, versions, outages }
      if (of === caller.person) return ok({ ...known, as: 'pupil' })
      if (isGuardianOf(by, of)) return ok({ ...known, as: 'guardian' })
      return isTeacherOf(by, piece) ? ok({ ...known, as: 'teacher' }) : fail(problem('not-found'))
    },

    /** A file of a version that the caller reads, or of a return that they read. */
    readFile: async (
      { params: { file }, caller }: { readonly params: { readonly file: string }; readonly caller: Caller },
      { knownHandIn }: { readonly knownHandIn: KnownHandIn },
    ): Promise<Result<KeptFile>> => {
      const read = readableBy(caller.person, knownHandIn, knownHandIn.versions).flatMap(({ files = [] }) => files)
      const found = [...read, ...returnFilesFor(knownHandIn)].find(one => one.file === file)
      return found ? ok(found) : fail(problem('not-found'))
    },
  }
}
