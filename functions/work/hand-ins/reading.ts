import { byName } from '../../../shared/kernel/names.ts'
import { fail, ok } from '../../../shared/kernel/result.ts'
import { workProblem } from '../../../shared/work/contract.ts'
import { type CollectedHandIn, HandInReminder, HandInVersion } from '../../../shared/work/hand-in.ts'
import { judgementOf, type Outage } from '../../../shared/work/hand-in-rules.ts'
import { PieceSummary } from '../../../shared/work/shapes.ts'
import { directoryPatterns } from '../../directory/audiences.ts'
import { attachmentsOf } from '../../documents/attachments.ts'
import { showingFiles, unscannedAddress } from '../../documents/private-attachments.ts'
import type { SignGet } from '../../documents/signed-get.ts'
import { mediaSecret } from '../../platform/media.ts'
import { pick } from '../../platform/pick.ts'
import { linked } from '../attachments.ts'
import type { PieceItem } from '../patterns.ts'
import type { WorkPlatform, WorkRequest } from '../relations.ts'
import { readDrawings } from './drawing.ts'
import { readableBy, returnFilesFor } from './files.ts'
import { untouched } from './handing-in.ts'
import { noteOf } from './noting.ts'
import type { HandInItem, VersionItem } from './patterns.ts'

/** How a version stands to the deadline; in time where the piece is no assignment any more. */
const judged = (
  { assignment }: PieceItem,
  { extendedUntil }: Pick<HandInItem, 'extendedUntil'>,
  version: HandInVersion,
  outages: readonly Outage[],
) => (assignment ? judgementOf(assignment, extendedUntil, version, outages) : 'in-time')

const optional = <Name extends string, Value>(name: Name, value: Value | undefined) =>
  value === undefined ? {} : ({ [name]: value } as { [Key in Name]: Value })

/** The correction for the class, where it is given, with addresses that are the reader's own. */
const correctionFor = ({ correction }: PieceItem, person: string, secret: string, now: Date) =>
  correction ? { correction: linked(correction, files => attachmentsOf(secret, person, now, files)) } : {}

type Named = { readonly id: string; readonly givenName: string; readonly familyName: string }

const collectedOf = (
  { id, givenName, familyName }: Named,
  item: HandInItem,
  piece: PieceItem,
  outages: readonly Outage[],
): CollectedHandIn => ({
  ...{ id, givenName, familyName, state: item.state, versions: item.versions },
  ...(item.current && {
    current: { ...pick(HandInVersion, item.current), judgement: judged(piece, item, item.current, outages) },
  }),
  ...optional('extendedUntil', item.extendedUntil),
  ...optional('note', noteOf(item)),
  ...optional('drawings', item.drawings),
  ...optional('returned', item.returned),
})

/**
 * The pupils of an assignment's class with their hand-ins, in the order of lists: what the relation read beside its proof,
 * then the class, which only the piece tells. Who handed in and has left the class since is named too.
 */
export const collected =
  ({ table, keys }: WorkPlatform) =>
  async ({ caller, now, related: { collectedAll } }: WorkRequest<'collected'>) => {
    const { piece: of, handIns: items, outages, reminder } = collectedAll
    const [members, held] = await Promise.all([
      table.all(directoryPatterns.groupMembers, { group: of.group.id, role: 'pupil' }),
      keys.current(),
    ])
    const byPerson = new Map(items.map(item => [item.person, item]))
    const inClass = members.filter(({ suspended }) => !suspended)
    const here = inClass.map(({ person: id, givenName, familyName }) =>
      collectedOf({ id, givenName, familyName }, byPerson.get(id) ?? untouched(id), of, outages),
    )
    const known = new Set(here.map(({ id }) => id))
    const gone = items.filter(({ person, versions }) => !known.has(person) && versions > 0)
    const people = await table.getMany(
      directoryPatterns.person,
      gone.map(({ person }) => ({ person })),
    )
    const left = gone.flatMap((item, at): CollectedHandIn[] => {
      const person = people[at]
      return person ? [{ ...collectedOf(person, item, of, outages), hasLeft: true }] : []
    })
    return ok({
      piece: pick(PieceSummary, of),
      items: [...here, ...left].sort(byName),
      ...(reminder && { reminder: pick(HandInReminder, reminder) }),
      ...correctionFor(of, caller.person, mediaSecret(held), now),
    })
  }

/**
 * A pupil's hand-in with the versions that the caller may read, the last one first: what the relation read beside its proof,
 * then the files and the drawings.
 */
export const handIn =
  ({ table, keys }: WorkPlatform) =>
  async ({ params: { piece, pupil }, caller, now, related: { knownHandIn } }: WorkRequest<'handIn'>) => {
    const { piece: about, item = untouched(pupil), pupil: person, as, versions, outages } = knownHandIn
    const held = await keys.current()
    const readable = readableBy(caller.person, knownHandIn, versions)
    const { returned } = item
    const note = as === 'teacher' ? noteOf(item) : undefined
    const of = { piece, person: pupil }
    const [shown, given, drawings] = await Promise.all([
      showingFiles(table, { secret: mediaSecret(held), person: caller.person, now }, [
        ...readable.flatMap(({ files = [] }) => files),
        ...returnFilesFor(knownHandIn),
      ]),
      readDrawings(table, of, returned?.drawn ?? []),
      readDrawings(table, of, (as === 'teacher' && item.drawn) || []),
    ])
    const seen = new Set(readable.map(({ id }) => id))
    const withFiles = <Of extends object>(value: Of, files: VersionItem['files']) => ({
      ...value,
      ...(files && { files: shown(files) }),
    })
    return ok({
      ...{ piece, pupil, state: item.state },
      name: { givenName: person.givenName, familyName: person.familyName },
      about: pick(PieceSummary, about),
      ...(about.removedAt === undefined && correctionFor(about, caller.person, mediaSecret(held), now)),
      ...optional('at', item.current?.at),
      ...optional('extendedUntil', item.extendedUntil),
      versions: readable
        .sort((a, b) => (`${a.at} ${a.id}` < `${b.at} ${b.id}` ? 1 : -1))
        .map(version => ({
          ...withFiles(pick(HandInVersion, version), version.files),
          text: version.text,
          judgement: judged(about, item, version, outages),
        })),
      ...optional(
        'returned',
        returned && {
          ...withFiles(returned, returned.files),
          // Strokes say nothing to who does not see what they are drawn on.
          ...(given.length > 0 && {
            drawings: given.map(one => (seen.has(one.version) ? one : { ...one, strokes: [] })),
          }),
        },
      ),
      ...optional('note', note && withFiles(note, item.files)),
      ...(drawings.length > 0 && { drawings }),
    })
  }

/** Where what no scanner can look into is saved from: the bucket itself, since the edge serves nothing that is not clean. */
export const unscannedFile =
  ({ table }: WorkPlatform, sign: SignGet) =>
  async ({ related: { readFile } }: WorkRequest<'unscannedFile'>) => {
    const url = await unscannedAddress(table, sign, readFile)
    return url === undefined ? fail(workProblem('file-not-served')) : ok({ url })
  }
