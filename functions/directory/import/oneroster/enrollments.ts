import { cut } from '../../../../shared/kernel/text.ts'
import { personId } from '../../identity.ts'
import type { GroupRef, Period } from '../../record.ts'
import { isDated, within } from '../people/dated.ts'
import type { Bundle, BundleFile } from './bundle.ts'
import type { Classes } from './classes.ts'
import { openFileFindings } from './file-findings.ts'
import { periodOf } from './periods.ts'
import { meaningOf } from './roles.ts'
import type { Schools } from './schools.ts'
import { statusOf } from './status.ts'
import { rowsOf } from './table.ts'

/** A class as somebody belongs to it: while the enrollment counts, and the class does. */
const memberOf = (group: GroupRef, enrollment: string | undefined, own: Period): GroupRef => {
  const { from: _, to: __, ...plain } = group
  const period = within(group, own)
  return isDated(period) ? { ...plain, ...period, ...(enrollment && { enrollment }) } : plain
}

/** Reads enrollments.csv: who attends and who teaches which class. */
export const readEnrollments = async (
  file: BundleFile,
  bundle: Bundle,
  schools: Schools,
  classes: Classes,
): Promise<void> => {
  const { staging, source, strict, apply } = bundle
  const findings = openFileFindings(staging, file.name, strict)
  for await (const row of rowsOf(file, ['classSourcedId', 'userSourcedId', 'role'], bundle, findings)) {
    const user = row.get('userSourcedId')
    const key = row.get('sourcedId') || user
    const status = statusOf(row, key, file, findings)
    if (status === 'refused' || (status === 'gone' && !file.delta)) continue
    const named = row.get('classSourcedId')
    const known = classes(named, row.get('schoolSourcedId'))
    const enrollment = row.get('sourcedId') || undefined
    const group = known && memberOf(known, enrollment, periodOf(row, key, findings))
    const org = row.get('schoolSourcedId')
    const elsewhere = group && org !== '' && schools(org)?.uai !== group.uai
    if (elsewhere && findings.deviates(row.line, key, 'it names another school than that of its class, which counts'))
      continue
    const meaning = meaningOf(row.get('role'))
    if (!group && status === 'gone')
      findings.leftOut(row.line, key, `its class ${named} is over, or was never described: nobody is in it`)
    else if (!group) findings.refused(row.line, key, `its class ${named} is not one the feed describes`)
    else if (meaning === undefined)
      findings.leftOut(row.line, key, `its role ${JSON.stringify(cut(row.get('role'), 40))} is not known`)
    else if (meaning !== 'pupil' && meaning !== 'teacher')
      findings.leftOut(row.line, key, `${row.get('role')} in a class gives access to nothing`)
    else
      await apply({
        action: 'modify',
        facet: meaning === 'pupil' ? 'pupil' : 'staff',
        id: personId(source, user),
        key,
        file: file.name,
        line: row.line,
        patch: {
          as: meaning === 'pupil' ? 'pupil' : 'staff',
          // A delta's enrollment takes the place of what was said of it.
          ...(file.delta && { leave: [{ ...group, ...(enrollment && { enrollment }) }] }),
          ...(status !== 'gone' && { enter: [group] }),
        },
        unknown: `the user ${user} is not known as a ${meaning}`,
      })
  }
  findings.close()
}
