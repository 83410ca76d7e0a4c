import { afterAll, beforeAll, beforeEach } from 'vitest'
import { schoolCodesAccess } from '../../../functions/directory/access.ts'
import { openTable } from '../../../functions/platform/open-table.ts'
import type { IssuedCode } from '../../../shared/directory/contract.ts'
import { delivery, uai } from '../../functions/directory/import/aaf-feed.ts'
import { type Fixture, openFixture } from '../../functions/directory/import/fixture.ts'
import { schoolCodes } from '../../support/codes.ts'
import { command, type Ended } from './command.ts'

/** Before each test of the file a territory with a school of four pupils, to run the directory's commands on. */
export const withSchool = () => {
  let fixture: Fixture
  beforeAll(async () => {
    fixture = await openFixture()
  })
  beforeEach(async () => {
    await fixture.empty()
    await fixture.import(delivery(4))
  })
  afterAll(() => fixture.close())
  return {
    fixture: () => fixture,
    run: (...args: string[]): Promise<Ended> =>
      command([...args, '--table', fixture.database.table, '--endpoint', fixture.database.endpoint], {
        cwd: fixture.folder,
      }),
    /** Gives codes to all people of the school. */
    issue: (renew = false): Promise<IssuedCode[]> =>
      schoolCodes(
        openTable(fixture.database.table, schoolCodesAccess, fixture.now, fixture.database.client),
        uai,
        fixture.clock.now,
        renew,
      ),
  }
}
