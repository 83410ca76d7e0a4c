import type { KeptFile } from '../../../shared/kernel/attachment.ts'
import { problem } from '../../../shared/kernel/problem.ts'
import { fail } from '../../../shared/kernel/result.ts'
import type { Note } from '../../../shared/work/hand-in.ts'
import { filesHung, filesTaken } from '../../documents/private-attachments.ts'
import { type Condition, update } from '../../platform/operation.ts'
import type { WorkPlatform, WorkRequest } from '../relations.ts'
import { filesOfReturn, ownedBy, returnItem } from './files.ts'
import { type HandInItem, handInPatterns } from './patterns.ts'

/** Times that a note is written while the hand-in is changed at the same moment: then it is read anew. */
const tries = 5

/** What a teacher wrote of a hand-in, without its files; undefined if nothing was. */
export const noteOf = ({ comment, mark, notedAt }: HandInItem): Omit<Note, 'files'> | undefined =>
  notedAt === undefined
    ? undefined
    : { ...(comment !== undefined && { comment }), ...(mark !== undefined && { mark }), at: notedAt }

/** That a hand-in is in the state, and has the note, that were read: what was given back since keeps its files. */
const asRead = (item: HandInItem | undefined): Condition<HandInItem> => {
  if (!item) return { lacks: ['state', 'notedAt'] }
  const { state, notedAt } = item
  return notedAt === undefined ? { is: { state }, lacks: ['notedAt'] } : { is: { state, notedAt } }
}

/** The changes by which a return that had some files has others. What was given back stays until something else is. */
const refiled = async (
  { table }: WorkPlatform,
  { piece, person }: { readonly piece: string; readonly person: string },
  { hung: had = [], returned }: Pick<HandInItem, 'hung' | 'returned'>,
  files: readonly KeptFile[],
) => {
  const all = filesOfReturn({ files: [...files], returned })
  const hung = all.map(one => one.file)
  const [owned, item] = [ownedBy(person), returnItem(piece)]
  return {
    set: { files: [...files], hung },
    operations: [
      ...filesHung(
        owned,
        item,
        all.filter(one => !had.includes(one.file)),
      ),
      ...(await filesTaken(
        table,
        owned,
        item,
        had.filter(one => !hung.includes(one)),
      )),
    ],
  }
}

/**
 * Writes a comment and a mark for a pupil, and the files that go with them if they are named. Of two the one that was typed
 * later stays, whichever comes first: what is answered is the one that stands.
 */
export const note =
  (platform: WorkPlatform) =>
  async ({ params, body, now, commit, related: { returnFiles } }: WorkRequest<'note'>) => {
    const key = { piece: params.piece, person: params.pupil }
    const latest = now.toISOString()
    const { comment, mark } = body
    // A device whose clock is ahead would win for ever.
    const [notedAt = latest] = [body.at, latest].sort()
    const absent = (['comment', 'mark'] as const).filter(name => body[name] === undefined)
    const attempt = async () => {
      const item = await platform.table.get(handInPatterns.handIn, key, { consistent: true })
      const there = item && noteOf(item)
      if (there && there.at > notedAt) return commit([], there)
      const files = returnFiles && (await refiled(platform, key, item ?? {}, returnFiles))
      return commit(
        [
          update(
            'note',
            handInPatterns.handIn,
            key,
            {
              set: { person: key.person, comment, mark, notedAt, ...files?.set },
              first: { state: 'assigned', versions: 0 },
              ...(absent.length > 0 && { remove: absent }),
            },
            asRead(item),
          ),
          ...(files?.operations ?? []),
        ],
        { ...(comment !== undefined && { comment }), ...(mark !== undefined && { mark }), at: notedAt },
      )
    }
    let done = await attempt()
    for (let tried = 1; tried < tries && !done.ok && done.problem.type === 'conflict'; tried++) done = await attempt()
    return done.ok || done.problem.type !== 'conflict' ? done : fail(problem('unavailable', { retryAfter: 1 }))
  }
