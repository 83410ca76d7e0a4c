import { schoolYearMeant } from '../../../../shared/kernel/school-year.ts'
import type { GroupRef } from '../../record.ts'
import { tidy } from '../feed/tidy.ts'
import type { Bundle, BundleFile } from './bundle.ts'
import { openFileFindings } from './file-findings.ts'
import type { Terms } from './periods.ts'
import type { Schools } from './schools.ts'
import { several } from './several.ts'
import { statusOf } from './status.ts'
import { rowsOf } from './table.ts'

/** A class by its sourcedId; `school` is the organization an enrollment names. */
export type Classes = (key: string, school: string) => GroupRef | undefined

/** Reads classes.csv. A delta that does not describe a class means one that is stored. */
export const readClasses = async (
  file: BundleFile | undefined,
  bundle: Bundle,
  schools: Schools,
  terms: Terms,
): Promise<Classes> => {
  const { staging, groups, strict, delta } = bundle
  const classes = new Map<string, GroupRef>()
  const described = new Map<string, number>()
  if (file) {
    const findings = openFileFindings(staging, file.name, strict)
    const needed = ['sourcedId', 'title', ['schoolSourcedId', 'orgSourcedId']]
    for await (const row of rowsOf(file, needed, bundle, findings)) {
      const key = row.get('sourcedId')
      const before = described.get(key)
      if (key === '' || before) {
        const reason = key === '' ? 'it has no sourcedId' : `another class has its sourcedId (line ${before})`
        findings.refused(row.line, key, reason)
        continue
      }
      described.set(key, row.line)
      const status = statusOf(row, key, file, findings)
      if (status === 'gone' && file.delta)
        findings.leftOut(row.line, key, 'a class stays until its enrollments are gone and a bulk feed is without it')
      if (status !== 'active') continue
      const org = row.get('schoolSourcedId') || row.get('orgSourcedId')
      const school = schools(org)
      if (!school) {
        findings.refused(row.line, key, `a class of the school ${org}, which the feed does not describe`)
        continue
      }
      const kind = row.get('classType').toLowerCase() === 'homeroom' ? 'class' : 'group'
      const { uai } = school
      await groups.load([uai])
      const inTerms = terms(several(row.get('termSourcedIds')))
      // The dates of sessions tell the year; what their column schoolYear holds differs between standard and products.
      const year = inTerms?.from === undefined ? undefined : schoolYearMeant(inTerms.from)
      const group = groups.ref({ uai, kind, key, name: tidy(row.get('title')) || key, ...(year && { year }) })
      const known = delta ? groups.stored(group.id) : undefined
      const period = inTerms ?? { ...(known?.from && { from: known.from }), ...(known?.to && { to: known.to }) }
      classes.set(key, { ...group, ...period })
      staging.addGroup(group, period)
    }
    findings.close()
  }
  return (key, org) => {
    const uai = schools(org)?.uai
    const described = classes.get(key)
    if (described || !delta || !uai) return described
    return groups.named(uai, key)
  }
}
