import { personId } from '../../identity.ts'
import type { Bundle, BundleFile } from './bundle.ts'
import { openFileFindings } from './file-findings.ts'
import { meaningOf } from './roles.ts'
import { rowsOf } from './table.ts'

/** Stages relationships.csv (School Data Sync): whose guardian is who. */
export const readRelationships = async (file: BundleFile, bundle: Bundle): Promise<void> => {
  const { staging, source, strict } = bundle
  const findings = openFileFindings(staging, file.name, strict)
  const needed = ['userSourcedId', 'relationshipUserSourcedId', 'relationshipRole']
  for await (const row of rowsOf(file, needed, bundle, findings)) {
    const agent = row.get('relationshipUserSourcedId')
    const role = row.get('relationshipRole')
    if (meaningOf(role) === 'guardian')
      staging.run('INSERT OR IGNORE INTO feed_relation VALUES (?, ?)', row.get('userSourcedId'), agent)
    else {
      staging.run('INSERT OR IGNORE INTO other VALUES (?)', personId(source, agent))
      findings.leftOut(row.line, agent, `${role} of a pupil is no legal guardian`)
    }
  }
  findings.close()
}
