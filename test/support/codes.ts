import type { schoolCodesAccess } from '../../functions/directory/access.ts'
import { issueSchoolCodes, waitingIn } from '../../functions/directory/codes/of-school.ts'
import type { Table } from '../../functions/platform/table.ts'
import type { IssuedCode } from '../../shared/directory/contract.ts'

/** Gives a school's people codes as the command does, without its files. */
export const schoolCodes = async (
  table: Table<typeof schoolCodesAccess>,
  school: string,
  now: Date,
  renew = false,
): Promise<IssuedCode[]> => {
  const waiting = await waitingIn(table, school, [], now)
  return issueSchoolCodes(table, waiting, { school, now, renew, note: async () => {} })
}
