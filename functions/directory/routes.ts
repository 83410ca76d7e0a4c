import { directoryContract } from '../../shared/directory/contract.ts'
import type { Platform } from '../platform/platform.ts'
import { serve } from '../platform/serve.ts'
import { issueCodes } from './codes/issue-codes.ts'
import { groups } from './groups.ts'
import { members } from './members.ts'
import { people } from './people.ts'

/** The directory function on a platform. */
export const directoryHandler = (platform: Platform) =>
  serve(directoryContract, platform, {
    people: people(platform),
    groups: groups(platform),
    members: members(platform),
    issueCodes: issueCodes(platform),
  })
