import { directoryContract } from '../../shared/directory/contract.ts'
import { openPlatform, readConfig } from '../platform/platform.ts'
import { serve } from '../platform/serve.ts'
import { directoryAccess } from './access.ts'
import { accounts } from './accounts-by-class.ts'
import { closedGroups } from './closed.ts'
import { issueCodes } from './codes/issue-codes.ts'
import { decide, undecide } from './decide.ts'
import { groups, members, people } from './people.ts'
import { person } from './person.ts'
import { type DirectoryPlatform, directoryRelations } from './relations.ts'

/** The directory: who is in a school, and the codes they activate their accounts with. */
export const directoryHandler = (platform: DirectoryPlatform) =>
  serve(directoryContract, platform, directoryRelations(platform), {
    people: people(platform),
    person: person(platform),
    accounts: accounts(platform),
    decide: decide(platform),
    undecide: undecide(platform),
    groups: groups(platform),
    closedGroups: closedGroups(platform),
    members: members(platform),
    issueCodes: issueCodes(platform),
  })

export const handler = directoryHandler(openPlatform(readConfig(), directoryAccess))
