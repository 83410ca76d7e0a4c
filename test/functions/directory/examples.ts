import { directoryAccess } from '../../../functions/directory/access.ts'
import { directoryHandler } from '../../../functions/directory/handler.ts'
import { requestAccess } from '../../../functions/platform/access.ts'
import { directoryContract } from '../../../shared/directory/contract.ts'
import { tested } from '../../support/examples.ts'
import { college, groups, type School } from '../../support/school.ts'

const ofCollege = { params: { uai: college } }

const bondOf = ({ people }: School) => ({ person: String(people.ines?.id), child: String(people.lea?.id) })

export const directoryFunction = tested({
  contract: directoryContract,
  open: directoryHandler,
  access: [requestAccess, directoryAccess],
  examples: {
    people: () => ofCollege,
    person: ({ school }) => ({ params: { person: String(school.people.lea?.id) }, related: ['marc', 'nadia'] }),
    decide: ({ school }) => ({
      params: bondOf(school),
      body: { kind: 'granted', reason: 'Famille d’accueil' },
      related: ['marc', 'nadia'],
    }),
    undecide: ({ school }) => ({ params: bondOf(school), related: ['marc', 'nadia'] }),
    accounts: () => ofCollege,
    groups: () => ofCollege,
    closedGroups: () => ({}),
    members: () => ({
      params: { group: groups.sixA.id },
      query: { role: 'pupil' },
      related: ['anne', 'claire', 'marc', 'nadia'],
    }),
    issueCodes: ({ school }) => ({
      ...ofCollege,
      body: { people: [school.people.lea?.id] },
      related: ['anne', 'marc', 'nadia'],
    }),
  },
})
