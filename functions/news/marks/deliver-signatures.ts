import { editionOf } from '../../../shared/news/rules.ts'
import { directoryPatterns, type PersonItem } from '../../directory/audiences.ts'
import type { Change } from '../../platform/delivery.ts'
import type { Background } from '../../platform/platform.ts'
import type { deliveryAccess } from '../access.ts'
import { type FactItem, newsPatterns } from '../patterns.ts'
import { entryOf } from './entry.ts'
import { additions, addMarks, removeSignature } from './items.ts'

type NewsBackground = Background<typeof deliveryAccess>
type Signatures = Change<typeof newsPatterns.signature>
type TakenBack = Change<typeof newsPatterns.takenBack>

/** A signature that was given or taken back: whom it is of, and the guardian who gave it. */
type Given = { readonly person: string; readonly by?: string | undefined }

/** Who is told of a signature, but for the guardian who wrote their own marks with it: the pupil and the pupil's guardians. */
const toldOf = ({ person, by }: Given, signer: PersonItem | undefined): string[] =>
  by === person ? [person] : [person, ...(signer?.guardians ?? [])].filter(id => id !== by)

/** Those of some people who are told of signatures, with the audiences of these that they hold today. */
const readTold = async <Fact extends Given & { readonly through?: readonly string[] | undefined }>(
  table: NewsBackground['table'],
  facts: readonly Fact[],
) => {
  const signers = await table.getMany(
    directoryPatterns.person,
    facts.map(({ person }) => ({ person })),
  )
  const told = facts.flatMap((fact, at) => toldOf(fact, signers[at]).map(person => ({ person, fact })))
  const people = await table.getMany(
    directoryPatterns.person,
    told.map(({ person }) => ({ person })),
  )
  return told.map((one, at) => {
    const held = people[at]?.audiences.map(({ id }) => id) ?? []
    return { ...one, through: (one.fact.through ?? []).filter(audience => held.includes(audience)) }
  })
}

const isChange =
  <Of extends Signatures | TakenBack>(of: Of['pattern']) =>
  (change: Signatures | TakenBack): change is Of =>
    change.pattern === of

/**
 * Tells a pupil and the pupil's guardians that a notice was signed for the pupil, and not by whom: two guardians see the same
 * thing and not each other. Who signed has written their own marks in the same transaction; a guardian whose signature came on
 * paper has not. Where a paper was taken back, the same people are told that nothing is signed, unless it was signed again.
 */
export const deliverSignatures = async (
  { table, now }: NewsBackground,
  changes: readonly (Signatures | TakenBack)[],
): Promise<void> => {
  const isThere = async (args: { readonly news: string; readonly signer: string }, edition: number) => {
    const fact = await table.get(newsPatterns.signature, args, { consistent: true })
    return fact !== undefined && editionOf(fact) >= edition
  }
  const given: (FactItem & { readonly news: string })[] = []
  for (const { args, after } of changes.filter(isChange<Signatures>(newsPatterns.signature))) {
    // A guardian's own signature concerns nobody else.
    if (!after || (after.by === after.person && after.enteredBy === undefined)) continue
    // Of a paper that was taken back since, the change may come again.
    if (after.enteredBy !== undefined && !(await isThere(args, editionOf(after)))) continue
    given.push({ ...after, news: args.news })
  }
  for (const { person, through, fact } of await readTold(table, given)) {
    const acts = fact.by === fact.person ? { signedAt: fact.at } : { signedFor: [fact.person] }
    const { edition: signedEdition } = fact
    const entry = entryOf(fact.news, fact.keep, { ...acts, ...(signedEdition !== undefined && { signedEdition }) })
    await addMarks(table, person, additions(through, entry), now())
  }
  const gone = []
  for (const change of changes.filter(isChange<TakenBack>(newsPatterns.takenBack))) {
    const { args, after } = change
    if (!after?.signature) continue
    const { news, signer } = args
    if (await isThere({ news, signer }, editionOf(after))) continue
    gone.push({ person: signer, ...after.signature, news, edition: editionOf(after) })
  }
  for (const { person, through, fact } of await readTold(table, gone)) {
    const { news, edition, by, person: of } = fact
    await removeSignature(table, person, through, { news, edition, ...(by !== of && { pupil: of }) }, now())
  }
}
