import { directoryAccess } from '../../../functions/directory/access.ts'
import { directoryPatterns, type PersonItem } from '../../../functions/directory/audiences.ts'
import { directoryHandler } from '../../../functions/directory/handler.ts'
import { personId } from '../../../functions/directory/identity.ts'
import { changePatterns } from '../../../functions/directory/import/change-patterns.ts'
import { runPatterns } from '../../../functions/directory/import/runs.ts'
import { idOf } from '../../../functions/directory/imports/ids.ts'
import { requestAccess } from '../../../functions/platform/access.ts'
import { put } from '../../../functions/platform/operation.ts'
import { directoryContract } from '../../../shared/directory/contract.ts'
import { epochSeconds } from '../../../shared/kernel/dates.ts'
import { tested } from '../../support/examples.ts'
import { college, groups, type School } from '../../support/school.ts'

const ofCollege = { params: { uai: college } }

const bondOf = ({ people }: School) => ({ person: String(people.ines?.id), child: String(people.lea?.id) })

const inCharge = ['marc', 'nadia']

/** A pupil of the collège who left. */
const departed = personId('test', 'departed')

export const directoryFunction = tested({
  contract: directoryContract,
  open: directoryHandler,
  access: [requestAccess, directoryAccess],
  arrange: async ({ table, now }): Promise<{ held: string; undoable: string }> => {
    const at = now().toISOString()
    const left: PersonItem = {
      ...{ id: departed, givenName: 'Abel', familyName: 'Parti', status: 'suspended', suspendedAt: at, source: 'test' },
      ...{
        roles: [{ uai: college, role: 'pupil' }],
        schools: [],
        audiences: [],
        children: [],
        guardians: [],
        groups: [],
      },
      access: 'left',
    }
    const [held, undoable] = [`${at} aaaaaaaa`, `${at} bbbbbbbb`]
    const expiresAt = epochSeconds(now()) + 3_600
    const common = {
      at,
      delivery: 'deliveries/1.zip',
      mode: 'complete' as const,
      people: { added: 0, changed: 0, left: 0 },
      findingCounts: {},
      findings: [],
      expiresAt,
    }
    const back = { uai: college, name: '', reason: 'loses-access', losses: [], alsoElsewhere: 0 }
    await table.writeMany([
      put(
        'run',
        runPatterns.schoolRun,
        { uai: college, run: held },
        { ...common, run: held, source: 'test', held: back },
      ),
      put('run', runPatterns.schoolRun, { uai: college, run: undoable }, { ...common, run: undoable, source: 'other' }),
      put(
        'former',
        changePatterns.formerSchool,
        { uai: college, run: undoable },
        { run: undoable, at, source: 'other', groups: [], expiresAt },
      ),
      put('left', directoryPatterns.person, { person: departed }, left),
    ])
    return { held: idOf(held), undoable: idOf(undoable) }
  },
  examples: {
    people: () => ofCollege,
    person: ({ school }) => ({ params: { person: String(school.people.lea?.id) }, related: ['marc', 'nadia'] }),
    decide: ({ school }) => ({
      params: bondOf(school),
      body: { kind: 'granted', reason: 'Famille d’accueil' },
      related: ['marc', 'nadia'],
    }),
    undecide: ({ school }) => ({ params: bondOf(school), related: ['marc', 'nadia'] }),
    erase: () => ({ params: { person: departed }, body: { name: 'Abel Parti' }, related: inCharge }),
    accounts: () => ofCollege,
    groups: () => ofCollege,
    closedGroups: () => ({}),
    members: () => ({
      params: { group: groups.sixA.id },
      query: { role: 'pupil' },
      related: ['anne', 'claire', 'marc', 'nadia'],
    }),
    imports: () => ofCollege,
    import: ({ ids }) => ({ params: { uai: college, import: ids.held }, related: inCharge }),
    importPeople: ({ ids }) => ({
      params: { uai: college, import: ids.held },
      query: { kind: 'losing' },
      related: inCharge,
    }),
    confirmImport: ({ ids }) => ({ params: { uai: college, import: ids.held }, related: inCharge }),
    refuseImport: ({ ids }) => ({ params: { uai: college, import: ids.held }, related: inCharge }),
    undoImport: ({ ids }) => ({ params: { uai: college, import: ids.undoable }, related: inCharge }),
    issueCodes: ({ school }) => ({
      ...ofCollege,
      body: { people: [school.people.lea?.id] },
      related: ['anne', 'marc', 'nadia'],
    }),
  },
  // Who asks first has answered for the school.
  mayAnswer: { confirmImport: [204, 409], refuseImport: [204, 409], undoImport: [204, 409] },
})
