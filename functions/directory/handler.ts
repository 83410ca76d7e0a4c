import * as z from 'zod/mini'
import { directoryContract } from '../../shared/directory/contract.ts'
import { openPlatform, readConfig, readEnvironment } from '../platform/platform.ts'
import { queueClient } from '../platform/queue.ts'
import { serve } from '../platform/serve.ts'
import { directoryAccess } from './access.ts'
import { accounts } from './accounts-by-class.ts'
import { closedGroups } from './closed.ts'
import { issueCodes } from './codes/issue-codes.ts'
import { decide, undecide } from './decide.ts'
import { erase } from './erase.ts'
import { ImportsQueueEnvironment, openImportsQueue } from './import/queue.ts'
import { confirmImport, refuseImport, undoImport } from './imports/answering.ts'
import { importPage, importPeople } from './imports/page.ts'
import { imports } from './imports/rows.ts'
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
    erase: erase(platform),
    groups: groups(platform),
    closedGroups: closedGroups(platform),
    members: members(platform),
    imports: imports(platform),
    import: importPage(platform),
    importPeople: importPeople(platform),
    confirmImport: confirmImport(platform),
    refuseImport: refuseImport(platform),
    undoImport: undoImport(platform),
    issueCodes: issueCodes(platform),
  })

const { IMPORTS_QUEUE_URL: url } = readEnvironment(z.partial(ImportsQueueEnvironment))

const wake = url === undefined ? undefined : () => openImportsQueue(queueClient(), url).wake(0)

export const handler = directoryHandler({ ...openPlatform(readConfig(), directoryAccess), ...(wake && { wake }) })
