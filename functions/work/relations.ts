import { type Problem, problem } from '../../shared/kernel/problem.ts'
import { fail, ok, type Result } from '../../shared/kernel/result.ts'
import { type workContract, workProblem } from '../../shared/work/contract.ts'
import { mayFollow, mayManage, mayTeach, stateOf } from '../../shared/work/rules.ts'
import type { PupilWork, SentWork, Tick } from '../../shared/work/shapes.ts'
import {
  audienceId,
  directoryPatterns,
  type PersonItem,
  type RosterItem,
  readHeldAudiences,
} from '../directory/audiences.ts'
import { closedRelation } from '../directory/closed-groups.ts'
import { chosen, type HungAttachment } from '../documents/attachments.ts'
import { readOwnItems } from '../platform/own-items.ts'
import type { ItemOf } from '../platform/pattern.ts'
import type { Platform } from '../platform/platform.ts'
import type { RequestOf } from '../platform/request.ts'
import type { Caller } from '../platform/token.ts'
import type { workAccess } from './access.ts'
import { filesOfPiece } from './attachments.ts'
import { handInRelations } from './hand-ins/relations.ts'
import { workOfHome } from './home.ts'
import { type PieceItem, workPatterns } from './patterns.ts'

export type WorkPlatform = Platform<typeof workAccess>

/** Who sets work, and the classes and groups it is for, in the order of the request. */
export type Taught = { readonly person: PersonItem; readonly groups: readonly PersonItem['groups'][number][] }

/** A piece that somebody may follow, with what was ticked, read side by side with the proof. */
export type FollowedPiece = {
  readonly piece: PieceItem
  readonly ticks: readonly ItemOf<typeof workPatterns.ticksOf>[]
  /** Undefined for an author who lost the class: they are told of nobody what they did. */
  readonly pupils: readonly RosterItem[] | undefined
}

/** Those of some pieces that a pupil may read, as tasks of their class. By the token, else by the directory. */
const readableOf = async (
  table: WorkPlatform['table'],
  pieces: readonly PieceItem[],
  caller: Caller,
  now: Date,
): Promise<readonly PieceItem[]> => {
  const tasks = pieces.filter(piece => piece.kind === 'task' && stateOf(piece, now) === 'published')
  const isHeld = (held: readonly string[]) => (piece: PieceItem) => held.includes(audienceId('class', piece.group.id))
  return tasks.every(isHeld(caller.audiences))
    ? tasks
    : tasks.filter(isHeld(await readHeldAudiences(table, caller.person)))
}

/** What proves the relations that the routes of work are bounded by. */
export const workRelations = ({ table }: WorkPlatform) => ({
  ...handInRelations({ table }),

  /** What the caller ticked, or the children that are named, who must be the caller's. Read side by side with the proof. */
  followed: async ({
    query: { children },
    caller,
  }: {
    readonly query: { readonly children?: string | undefined }
    readonly caller: Caller
  }): Promise<Result<readonly PupilWork[]>> => {
    const workOf = async (person: string) =>
      workOfHome(person, await readOwnItems(table, person), person === caller.person)
    if (children === undefined) return ok([await workOf(caller.person)])
    const asked = [...new Set(children.split(','))]
    const [person, ...found] = await Promise.all([
      table.get(directoryPatterns.person, { person: caller.person }),
      ...asked.map(workOf),
    ])
    const own = new Set(person?.status === 'active' ? person.children.map(({ id }) => id) : [])
    return asked.every(child => own.has(child)) ? ok(found) : fail(problem('not-found'))
  },

  /** The audience of the path, of a class or group that was closed while the caller, or their child, was in it. */
  closed: closedRelation(table),

  /** A piece that the caller may follow, change or take back. */
  piece: async ({
    params: { piece },
    caller,
  }: {
    readonly params: { readonly piece: string }
    readonly caller: Caller
  }): Promise<Result<PieceItem>> => {
    const item = await table.get(workPatterns.piece, { piece }, { consistent: true })
    return item && mayManage(item, caller) ? ok(item) : fail(problem('not-found'))
  },

  /** The classes and groups of the body, all of which the caller teaches. */
  taught: async ({ body, caller }: { readonly body: Pick<SentWork, 'uai' | 'to'>; readonly caller: Caller }) => {
    const person = await table.get(directoryPatterns.person, { person: caller.person })
    if (!person) return fail(problem('session-ended'))
    const groups = body.to.map(({ group }) => person.groups.find(({ id, uai }) => id === group && uai === body.uai))
    const errors = groups.flatMap((group, at) =>
      group && mayTeach(person, group) ? [] : [{ path: `body.to.${at}.group`, message: 'is not one you teach' }],
    )
    if (errors.length > 0) return fail(workProblem('group-not-taught', { errors }))
    return ok({ person, groups: groups.flatMap(group => group ?? []) } satisfies Taught)
  },

  /**
   * A piece that the caller may follow, with its ticks and its pupils. Only the piece tells which class it is of: the class is
   * read after it.
   */
  followedPiece: async ({
    params: { piece },
    caller,
  }: {
    readonly params: { readonly piece: string }
    readonly caller: Caller
  }): Promise<Result<FollowedPiece>> => {
    const [item, person, ticks] = await Promise.all([
      table.get(workPatterns.piece, { piece }, { consistent: true }),
      table.get(directoryPatterns.person, { person: caller.person }),
      table.all(workPatterns.ticksOf, { piece }, { consistent: true }),
    ])
    if (!item || !mayManage(item, caller)) return fail(problem('not-found'))
    const isTheirs = person?.status === 'active' && mayFollow(item, person)
    const pupils = isTheirs
      ? await table.all(directoryPatterns.groupMembers, { group: item.group.id, role: 'pupil' })
      : undefined
    return ok({ piece: item, ticks, pupils })
  },

  /** Who may manage the piece runs its school today, or teaches its class still. */
  restorable: async (
    { caller }: { readonly caller: Caller },
    { piece }: { readonly piece: PieceItem },
  ): Promise<Result<undefined, ReturnType<typeof workProblem<'group-not-taught'>> | Problem>> => {
    const person = await table.get(directoryPatterns.person, { person: caller.person })
    return person?.status === 'active' && mayFollow(piece, person)
      ? ok(undefined)
      : fail(workProblem('group-not-taught'))
  },

  /** A piece that the caller set, for a class or group that they teach still. */
  still: async (
    { caller }: { readonly caller: Caller },
    { piece }: { readonly piece: PieceItem },
  ): Promise<Result<undefined, ReturnType<typeof workProblem<'group-not-taught'>> | Problem>> => {
    if (piece.author.id !== caller.person) return fail(problem('not-allowed'))
    const person = await table.get(directoryPatterns.person, { person: caller.person })
    const isTaught = person && mayTeach(person, { id: piece.group.id, uai: piece.uai })
    return isTaught ? ok(undefined) : fail(workProblem('group-not-taught'))
  },

  /**
   * The files that the body names: the caller's own, or such as hang on the piece already, or on the one of the caller's own
   * that it is a copy of. Undefined: it names none.
   */
  attached: async (
    { body: { attachments, copiedFrom }, caller }: { readonly body: Partial<SentWork>; readonly caller: Caller },
    { piece }: { readonly piece?: PieceItem },
  ): Promise<Result<readonly HungAttachment[] | undefined>> => {
    if (attachments === undefined) return ok(undefined)
    const copied = copiedFrom === undefined ? undefined : await table.get(workPatterns.piece, { piece: copiedFrom })
    const of = piece ?? (copied?.author.id === caller.person ? copied : undefined)
    return chosen(table, caller.person, attachments, of && filesOfPiece(of))
  },

  /** Those of some pieces that are tasks of the caller's class. */
  tickable: async ({
    body,
    caller,
    now,
  }: {
    readonly body: { readonly ticks: readonly Tick[] }
    readonly caller: Caller
    readonly now: Date
  }): Promise<Result<readonly PieceItem[]>> => {
    const pieces = await table.getMany(
      workPatterns.piece,
      [...new Set(body.ticks.map(({ piece }) => piece))].map(piece => ({ piece })),
    )
    return ok(
      await readableOf(
        table,
        pieces.flatMap(piece => piece ?? []),
        caller,
        now,
      ),
    )
  },
})

type Routes = (typeof workContract)['routes']

/** The request of one of the routes of work. */
export type WorkRequest<Name extends keyof Routes> = RequestOf<
  Routes[Name],
  typeof workAccess,
  ReturnType<typeof workRelations>
>
