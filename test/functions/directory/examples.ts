import { directoryAccess } from '../../../functions/directory/access.ts'
import { directoryHandler } from '../../../functions/directory/handler.ts'
import { requestAccess } from '../../../functions/platform/access.ts'
import { directoryContract } from '../../../shared/directory/contract.ts'
import { tested } from '../../support/examples.ts'
import { college, groups } from '../../support/school.ts'

const ofCollege = { params: { uai: college } }

export const directoryFunction = tested({
  contract: directoryContract,
  open: directoryHandler,
  access: [requestAccess, directoryAccess],
  examples: {
    people: () => ofCollege,
    person: ({ school }) => ({ params: { person: String(school.people.lea?.id) }, related: ['marc', 'nadia'] }),
    accounts: () => ofCollege,
    groups: () => ofCollege,
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
