import { cut } from '../../../../shared/kernel/text.ts'
import type { BundleFile } from './bundle.ts'
import type { FileFindings } from './file-findings.ts'
import type { Row } from './table.ts'

/** What is to be done with a record: `active`, `gone`, or nothing because it is refused. */
export type Status = 'active' | 'gone' | 'refused'

/**
 * What a record's status says in a bulk file, where it has to be blank, and in a delta, where it has to be one. What is
 * unambiguous is taken as it is meant.
 */
export const statusOf = (
  row: Row,
  id: string,
  { delta }: Pick<BundleFile, 'delta'>,
  findings: FileFindings,
): Status => {
  const status = row.get('status').toLowerCase()
  const gone = ['tobedeleted', 'inactive', 'deleted'].includes(status)
  const known = gone || status === '' || status === 'active'
  const offence = !known
    ? `its status ${JSON.stringify(cut(status, 40))} is not known`
    : delta && status === ''
      ? 'a delta’s record has no status'
      : !delta && status !== ''
        ? 'a bulk file’s record has a status'
        : delta && row.get('dateLastModified') === ''
          ? 'a delta’s record has no dateLastModified'
          : undefined
  if (offence && findings.deviates(row.line, id, offence)) return 'refused'
  return gone ? 'gone' : 'active'
}
