import { personId } from '../../../shared/directory/identity.ts'
import type { Delivery } from '../feed/delivery.ts'
import type { FeedFile } from '../feed/file.ts'
import type { Classes } from './classes.ts'
import { openFindings } from './findings.ts'
import { meaningOf } from './roles.ts'
import { statusOf } from './status.ts'
import { rowsOf } from './table.ts'

/** Reads enrollments.csv: who attends and who teaches which class. */
export const readEnrollments = async (
  file: FeedFile,
  delivery: Delivery,
  classes: Classes,
  delta: boolean,
): Promise<void> => {
  const { staging, source, strict, apply } = delivery
  const findings = openFindings(staging, file.name, strict)
  for await (const row of rowsOf(file, ['classSourcedId', 'userSourcedId', 'role'], delivery, findings)) {
    const key = row.get('userSourcedId')
    const name = row.get('sourcedId') || key
    const status = statusOf(row, name, delta, findings)
    if (status === 'refused') continue
    const group = classes(row.get('classSourcedId'), row.get('schoolSourcedId'))
    const meaning = meaningOf(row.get('role'))
    if (!group) findings.refused(row.line, name, `the class ${row.get('classSourcedId')} is not one the feed describes`)
    else if (meaning !== 'pupil' && meaning !== 'teacher')
      findings.leftOut(row.line, name, `${row.get('role')} in a class gives access to nothing`)
    else {
      const as = meaning === 'pupil' ? 'pupil' : 'staff'
      const move = status === 'gone' ? { leave: [group.id] } : { enter: [group] }
      if (status === 'gone' && !delta) continue
      await apply({
        ...{ action: 'modify', facet: as, id: personId(source, key), key: name, file: file.name, line: row.line },
        patch: { as, ...move },
      })
    }
  }
  findings.close()
}
