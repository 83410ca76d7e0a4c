import { isPost } from '../../shared/kernel/charge.ts'
import { type Change, deliveries, subscription } from '../platform/delivery.ts'
import { recordSchoolLoss } from '../platform/loss.ts'
import { update } from '../platform/operation.ts'
import type { Background } from '../platform/platform.ts'
import { accountPatterns } from '../session/accounts.ts'
import { deliveryAccess } from './access.ts'
import { directoryPatterns, type PersonItem, sourcesOf } from './audiences.ts'
import { grantPatterns } from './grant-patterns.ts'
import { rebuild } from './import/rebuild.ts'

type PersonChange = Change<typeof directoryPatterns.person>

const schoolsOf = (person: PersonItem): string[] => [...person.roles, ...person.audiences].map(one => one.uai)

/** What is among `before` and not among `after`, by a text that identifies it. */
const missing = <Value>(
  before: readonly Value[],
  after: readonly Value[],
  textOf: (value: Value) => string,
): Value[] => {
  const left = new Set(after.map(textOf))
  return before.filter(value => !left.has(textOf(value)))
}

/**
 * The schools in which a person lost access: an audience, a role, or a child of theirs. All of them if they are suspended
 * or deleted, or if they lost a role of the territory. Undefined if nothing was lost: what was gained needs no list.
 */
export const lostIn = (before: PersonItem, after: PersonItem | undefined): string[] | undefined => {
  const isOver = !after || (before.status === 'active' && after.status !== 'active')
  const territory = missing(before.territoryRoles ?? [], after?.territoryRoles ?? [], role => role)
  if (isOver || territory.length > 0) return [...new Set(schoolsOf(before))]
  const lost = [
    ...missing(before.audiences, after.audiences, one => one.id),
    ...missing(before.roles, after.roles, ({ uai, role }) => `${uai} ${role}`),
    ...missing(before.children, after.children, one => one.id),
  ]
  return lost.length > 0 ? [...new Set(lost.map(one => one.uai))] : undefined
}

/** Records the loss of a person whose item changed: one for all changes of a batch, at the time of the last one. */
const deliverLosses = async (
  background: Background<typeof deliveryAccess>,
  changes: readonly PersonChange[],
): Promise<void> => {
  const losing = changes.flatMap(({ args, at, before, after }) => {
    const schools = before && lostIn(before, after)
    return schools ? [{ person: args.person, at, schools }] : []
  })
  const [first] = losing
  if (!first) return
  await recordSchoolLoss(background, {
    person: first.person,
    at: Math.max(...losing.map(one => one.at)),
    schools: [...new Set(losing.flatMap(one => one.schools))],
  })
}

const hasPost = (person: PersonItem): boolean => person.roles.some(isPost)

/**
 * Ends the unused code of a pupil or guardian who is given a post: a teacher may have given it, and it would open what
 * the post may see. A code given since stays.
 */
const deliverPosts = async (
  { table }: Background<typeof deliveryAccess>,
  changes: readonly PersonChange[],
): Promise<void> => {
  for (const { args, at, before, after } of changes) {
    if (!before || !after || hasPost(before) || !hasPost(after)) continue
    const change = new Date(at * 1000 + 999).toISOString()
    await table.applyIf(
      update(
        'code',
        accountPatterns.account,
        { person: args.person },
        { set: { codeExpiresAt: change } },
        {
          above: { codeExpiresAt: change },
          any: [{ lacks: ['codeGivenAt'] }, { notAbove: { codeGivenAt: change } }],
        },
      ),
    )
  }
}

/** Makes the adult's and the child's items anew once something was decided of the two, or no longer holds. */
const deliverDecisions = async (
  { table, now, config: { timeZone } }: Background<typeof deliveryAccess>,
  changes: readonly Change<typeof grantPatterns.decision>[],
): Promise<void> => {
  const parties = new Map(changes.map(({ args, key }) => [key.sk, args]))
  for (const { adult, child } of parties.values()) {
    const person = await table.get(directoryPatterns.person, { person: child }, { consistent: true })
    for (const source of person ? sourcesOf(person) : [])
      await rebuild({ table, now, timeZone }, source, [adult, child])
  }
}

/** What follows from a change of the directory. */
export const directoryDeliveries = deliveries(
  deliveryAccess,
  subscription({
    name: 'directory losses',
    of: [directoryPatterns.person],
    on: ['MODIFY', 'REMOVE'],
    deliver: deliverLosses,
  }),
  subscription({
    name: 'directory decisions',
    of: [grantPatterns.decision],
    on: ['INSERT', 'MODIFY', 'REMOVE'],
    deliver: deliverDecisions,
  }),
  subscription({ name: 'directory posts', of: [directoryPatterns.person], on: ['MODIFY'], deliver: deliverPosts }),
)
