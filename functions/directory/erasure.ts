import { type Erasure, type Gone, nameless, nobody, openErasers, withoutGone } from '../platform/erasing/eraser.ts'
import { erasureAccess } from './access.ts'
import { directoryPatterns, type RosterItem } from './audiences.ts'
import { closedPatterns } from './closed-groups.ts'
import { expirePerson } from './erasing/expire.ts'
import { meantGone, recordWithout, sourceWithout } from './erasing/records.ts'
import { grantPatterns } from './grant-patterns.ts'
import { personId } from './identity.ts'
import { changePatterns } from './import/change-patterns.ts'
import { type RunFinding, runPatterns } from './import/runs.ts'
import { statePatterns } from './import/unattended/state.ts'
import { importPatterns, searchPatterns } from './patterns.ts'

const { removed, erased } = openErasers(erasureAccess)
const { administrator, decision, territoryRole } = grantPatterns
const {
  alias,
  awaited,
  changingOn,
  contact,
  furtherSource,
  groupMember,
  handedKey,
  joined,
  kept,
  member,
  part,
  source,
} = importPatterns

const same = (id: string) => id

/** A guardian's row, without children who are erased. */
const rowWithout = ({ pupils }: Pick<RosterItem, 'pupils'>, gone: Gone) => {
  const left = withoutGone(pupils, gone, same)
  return left && { set: { pupils: left } }
}

/** What was done by somebody who is erased, as done by nobody. */
const doneBy = ({ actor }: { readonly actor: string }, gone: Gone) =>
  gone.has(actor) ? { set: { by: nameless, actor: nobody } } : undefined

/** What an import found, without what it found of records whose keys meant those who are erased. */
const findingsWithout = (findings: readonly RunFinding[], sources: readonly string[], gone: Gone) => {
  const left = findings.filter(({ id }) => id === undefined || !meantGone(sources, id, gone))
  return left.length < findings.length ? { set: { findings: left } } : undefined
}

const opaque = { opaque: true }

/** What the directory names of people. */
export const directoryErasure: Erasure = {
  access: erasureAccess,
  erasers: [
    removed('people', directoryPatterns.person, ({ person }) => [person]),
    erased('what feeds said', source, ({ args, item, gone }) =>
      gone.has(args.person) ? 'remove' : { set: sourceWithout(item, gone) },
    ),
    erased('what further feeds said', furtherSource, ({ args, item, gone }) =>
      gone.has(args.person) ? 'remove' : { set: sourceWithout(item, gone) },
    ),
    removed('people by one feed', part, ({ person }) => [person]),
    removed('joins of feeds', joined, ({ person }) => [person]),
    removed('names of guardians who are awaited', awaited, ({ guardian, pupil }) => [guardian, pupil]),
    removed('names by which feeds recognize people', contact, ({ person }) => [person]),
    erased('classes of past years', closedPatterns.closedAt, ({ args, item, gone }) => {
      if (gone.has(args.person)) return 'remove'
      const guardians = withoutGone(item.guardians, gone, same)
      return guardians && { set: { guardians } }
    }),
    erased('what people were before an import', changePatterns.former, ({ args, item, gone }) => {
      if (gone.has(args.person)) return 'remove'
      const record = recordWithout(item.record, gone)
      return record && { set: { record } }
    }),
    erased('rows of schools', member, ({ args, item, gone }) =>
      gone.has(args.person) ? 'remove' : rowWithout(item, gone),
    ),
    erased('rows of classes and groups', groupMember, ({ args, item, gone }) =>
      gone.has(args.person) ? 'remove' : rowWithout(item, gone),
    ),
    erased('former rows of the search', searchPatterns.searchRow, ({ args, item, gone }) =>
      gone.has(args.person) ? 'remove' : rowWithout(item, gone),
    ),
    removed('days on which roles change', changingOn, ({ person }) => [person]),
    removed('administrators', administrator, ({ person }) => [person]),
    removed('roles in the territory', territoryRole, ({ person }) => [person]),
    erased('decisions on access', decision, ({ args, item, gone }) =>
      gone.has(args.adult) || gone.has(args.child) ? 'remove' : doneBy(item, gone),
    ),
    erased('lists of who changed', changePatterns.change, ({ item, gone }) => {
      const people = withoutGone(item.people, gone, one => one.person)
      return people && { set: { people } }
    }),
    erased('answers to imports', changePatterns.answer, ({ item, gone }) => doneBy(item, gone)),
    erased(
      'findings of imports',
      runPatterns.run,
      ({ item, gone }) =>
        findingsWithout(
          item.findings,
          item.deliveries.map(one => one.source),
          gone,
        ),
      opaque,
    ),
    erased(
      'findings of imports in schools',
      runPatterns.schoolRun,
      ({ item, gone }) => findingsWithout(item.findings, [item.source], gone),
      opaque,
    ),
    // Gone when the import ends.
    erased('how far imports are', statePatterns.work, () => 'kept'),
    removed('people kept without access', kept, ({ person }) => [person]),
    // A key that is somebody else's now keeps its item, which tells whose: it is that person's.
    erased('keys given to others', handedKey, ({ item, gone }) => (gone.has(item.person) ? 'remove' : 'kept')),
    erased(
      'further keys of feeds',
      alias,
      async ({ args, item, gone, table }) => {
        if (!meantGone([args.source], item.key, gone)) return undefined
        const first = personId(args.source, item.key)
        const handed = await table.get(handedKey, { source: args.source, first }, { consistent: true })
        return gone.has(handed?.person ?? first) ? 'remove' : undefined
      },
      opaque,
    ),
  ],
  expiring: { of: directoryPatterns.person, expire: expirePerson },
  nobody: [
    directoryPatterns.audience,
    directoryPatterns.group,
    directoryPatterns.school,
    directoryPatterns.sizes,
    directoryPatterns.territorySchool,
    changePatterns.formerSchool,
    changePatterns.heldClasses,
    importPatterns.contactSecret,
    importPatterns.feedSchool,
    importPatterns.lastDelivery,
    importPatterns.school,
    importPatterns.schoolGroup,
    importPatterns.territorySource,
    runPatterns.missed,
    runPatterns.night,
    statePatterns.lease,
    statePatterns.loose,
    statePatterns.taken,
  ],
}
