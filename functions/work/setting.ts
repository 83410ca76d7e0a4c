import { timeId } from '../../shared/kernel/ids.ts'
import { spokenName } from '../../shared/kernel/names.ts'
import { problem } from '../../shared/kernel/problem.ts'
import { fail } from '../../shared/kernel/result.ts'
import { dayIn } from '../../shared/kernel/territory-day.ts'
import { asksMore } from '../../shared/work/budget.ts'
import { workProblem } from '../../shared/work/contract.ts'
import { stateOf } from '../../shared/work/rules.ts'
import type { SentEdit, SentWork } from '../../shared/work/shapes.ts'
import { hidden, hung, rehung } from '../documents/attachments.ts'
import { put, update } from '../platform/operation.ts'
import { feature, filesOfPiece } from './attachments.ts'
import { overBudget } from './budget.ts'
import { dueTogether, workDues } from './due.ts'
import { handInPatterns } from './hand-ins/patterns.ts'
import { changedRow, doneOf, ownRow } from './own-row.ts'
import { type PieceItem, workPatterns } from './patterns.ts'
import type { WorkPlatform, WorkRequest } from './relations.ts'
import { setPiece } from './set-piece.ts'

type Dated = Pick<SentEdit, 'day' | 'assignment'>

/** What is written of a piece, and when its class sees it: a time that has passed means now. */
const writtenOf = (
  { subject, title, text, minutes, publishAt }: Pick<SentEdit, 'subject' | 'title' | 'text' | 'minutes' | 'publishAt'>,
  now: Date,
) => {
  const at = now.toISOString()
  return {
    subject,
    title,
    hasText: text !== undefined,
    ...(text !== undefined && { text }),
    ...(minutes !== undefined && { minutes }),
    publishedAt: publishAt !== undefined && publishAt > at ? publishAt : at,
  }
}

/** True if what is handed in is a task, and due on the territory's day for which it is set. */
const isRight = (kind: PieceItem['kind'], { day, assignment }: Dated, zone: string | undefined): boolean =>
  assignment === undefined || (kind === 'task' && dayIn(new Date(assignment.dueAt), zone) === day)

/** The classes and days of a request, none twice. */
const distinct = (to: SentWork['to']) => [...new Map(to.map(one => [`${one.group} ${one.day}`, one])).values()]

/**
 * Sets work for several classes at once: a piece each, with a row in the teacher's list, in one transaction. The stream puts
 * what is published into the classes' notebooks; what is not yet, the clock finds at its time.
 */
export const set =
  ({ config, table }: WorkPlatform) =>
  async ({ body, now, commit, related: { taught, attached } }: WorkRequest<'set'>) => {
    const { person, groups } = taught
    const author = { id: person.id, name: spokenName(person) }
    const { uai, kind, to, ...sent } = body
    const wrong = to.flatMap((one, at) =>
      isRight(kind, one, config.timeZone)
        ? []
        : [{ path: `body.to.${at}.assignment`, message: 'must be due on its day' }],
    )
    if (wrong.length > 0) return fail(workProblem('assignment-wrong', { errors: wrong }))
    const places = to.map((one, at) => ({ ...one, path: `body.to.${at}` }))
    const over = kind === 'task' ? await overBudget(table, uai, sent, places) : undefined
    if (over) return fail(over)
    const pieces = distinct(to).map(({ group, day, assignment }): PieceItem => {
      const { id, name } = groups.find(one => one.id === group) ?? { id: group, name: '' }
      return {
        ...writtenOf(sent, now),
        id: timeId(now),
        uai,
        kind,
        group: { id, name },
        day,
        ...(assignment && { assignment }),
        author,
        decidedAt: now.toISOString(),
        version: 1,
        ...(attached?.length && { attachments: [...attached] }),
      }
    })
    return commit(
      [
        ...pieces.flatMap(piece => [
          put('piece', workPatterns.piece, { piece: piece.id }, piece, { absent: true }),
          ownRow(piece),
        ]),
        ...dueTogether(pieces, now),
        ...hung(
          feature,
          pieces.map(({ id }) => id),
          attached ?? [],
        ),
      ],
      { items: pieces.map(piece => setPiece(piece, 0, now)) },
    )
  }

/** How many handed a piece in. */
const handedIn = async ({ table }: WorkPlatform, { id: piece, assignment }: PieceItem): Promise<number> => {
  const items = assignment ? await table.all(handInPatterns.handInsOf, { piece }) : []
  return items.filter(({ versions }) => versions > 0).length
}

/**
 * Changes a piece that was not taken back, on condition of the version that was read. What was published before keeps its
 * time and says that it was edited.
 */
export const edit =
  (platform: WorkPlatform) =>
  async ({ body, now, commit, related: { piece: before, attached } }: WorkRequest<'edit'>) => {
    const { day, version, assignment, ...sent } = body
    if (!isRight(before.kind, body, platform.config.timeZone)) return fail(workProblem('assignment-wrong'))
    if (version !== before.version || before.removedAt !== undefined) return fail(problem('conflict'))
    const over =
      before.kind === 'task' && asksMore(before, body)
        ? await overBudget(
            platform.table,
            before.uai,
            sent,
            [{ group: before.group.id, day, path: 'body.day' }],
            before.id,
          )
        : undefined
    if (over) return fail(over)
    const { text: _, minutes: __, editedAt: ___, attachments: had, assignment: ____, ...kept } = before
    const attachments = attached ?? had
    const isSeen = stateOf(before, now) === 'published'
    const at = now.toISOString()
    const next: PieceItem = {
      ...kept,
      ...writtenOf(sent, now),
      day,
      ...(assignment && { assignment }),
      ...(isSeen && { publishedAt: before.publishedAt, editedAt: at }),
      decidedAt: at,
      version: version + 1,
      ...(attachments?.length && { attachments: [...attachments] }),
    }
    const [done, files] = await Promise.all([
      doneOf(platform.table, before),
      rehung(platform.table, feature, next.id, { had: filesOfPiece(before), has: filesOfPiece(next), now }),
    ])
    return commit(
      [
        ...files,
        put('piece', workPatterns.piece, { piece: next.id }, next, { is: { version }, lacks: ['removedAt'] }),
        ...changedRow(before, next, done),
        ...workDues(before, next, now),
      ],
      setPiece(next, done, now),
    )
  }

/** Takes a piece back, once. What was ticked and handed in stays, and so does the piece in the list of whoever set it. */
export const removePiece =
  (platform: WorkPlatform) =>
  async ({ now, commit, related: { piece } }: WorkRequest<'remove'>) => {
    const [done, handed] = await Promise.all([doneOf(platform.table, piece), handedIn(platform, piece)])
    if (piece.removedAt !== undefined) return commit([], { done, handedIn: handed })
    const at = now.toISOString()
    return commit(
      [
        update(
          'piece',
          workPatterns.piece,
          { piece: piece.id },
          { set: { removedAt: at, decidedAt: at, version: piece.version + 1 } },
          { is: { version: piece.version } },
        ),
        ...changedRow(piece, { ...piece, removedAt: at }, done),
        ...hidden(filesOfPiece(piece), now),
        ...workDues(piece, undefined, now),
      ],
      { done, handedIn: handed },
    )
  }

/** Undoes that a piece was taken back. What was to be published meanwhile is published now. */
export const restore =
  (platform: WorkPlatform) =>
  async ({ now, commit, related: { piece } }: WorkRequest<'restore'>) => {
    const { removedAt, noLongerAllowed: _, accountFrozen: __, ...kept } = piece
    if (removedAt === undefined) return fail(problem('conflict'))
    const at = now.toISOString()
    const isNew = removedAt <= piece.publishedAt && piece.publishedAt < at
    const next: PieceItem = { ...kept, ...(isNew && { publishedAt: at }), decidedAt: at, version: piece.version + 1 }
    const done = await doneOf(platform.table, piece)
    return commit(
      [
        put('piece', workPatterns.piece, { piece: piece.id }, next, { is: { version: piece.version } }),
        ...changedRow(piece, next, done),
        ...workDues(undefined, next, now),
      ],
      setPiece(next, done, now),
    )
  }
