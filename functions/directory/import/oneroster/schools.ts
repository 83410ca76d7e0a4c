import { Uai } from '../../../../shared/kernel/ids.ts'
import { tidy } from '../feed/tidy.ts'
import type { StagedSchool } from '../staging.ts'
import type { Bundle, BundleFile } from './bundle.ts'
import { openFileFindings } from './file-findings.ts'
import { statusOf } from './status.ts'
import { rowsOf } from './table.ts'

/** Kinds of organization that are no school: a department stands for the school it belongs to. */
const notSchools = new Set([
  'department',
  'district',
  'local',
  'state',
  'national',
  'ministryofeducation',
  'region',
  'campus',
])

/** Schools by the sourcedId of an organization: its own, or the nearest one above. */
export type Schools = (org: string) => StagedSchool | undefined

/** Reads orgs.csv. Schools of earlier feeds are known besides. */
export const readSchools = async (file: BundleFile | undefined, bundle: Omit<Bundle, 'groups'>): Promise<Schools> => {
  const { staging, strict } = bundle
  const parents = new Map<string, string>()
  const schools = new Map(staging.schools().map(school => [school.key, school]))
  const named = new Set<string>()
  const described = new Map<string, number>()
  if (file) {
    const findings = openFileFindings(staging, file.name, strict)
    for await (const row of rowsOf(file, ['sourcedId', 'name'], bundle, findings)) {
      const key = row.get('sourcedId')
      const before = described.get(key)
      if (key === '' || before) {
        const reason = key === '' ? 'it has no sourcedId' : `another organization has its sourcedId (line ${before})`
        findings.refused(row.line, key, reason)
        continue
      }
      described.set(key, row.line)
      const parent = row.get('parentSourcedId')
      if (parent) parents.set(key, parent)
      const status = statusOf(row, key, file, findings)
      if (status === 'gone' && file.delta && schools.has(key))
        findings.leftOut(row.line, key, 'a school is not taken away by a feed')
      if (status !== 'active') continue
      if (notSchools.has(row.get('type').toLowerCase())) continue
      const identifier = row.get('identifier').toUpperCase()
      const fits = Uai.safeParse(identifier).success
      if (
        identifier !== '' &&
        !fits &&
        findings.deviates(row.line, key, 'its identifier is not a UAI: its sourcedId stands for it')
      )
        continue
      const uai = fits ? identifier : key
      if (!Uai.safeParse(uai).success)
        findings.refused(row.line, key, 'neither its identifier nor its sourcedId can stand for a UAI')
      else if (named.has(uai)) findings.refused(row.line, key, `another school has the identifier ${uai}`)
      else {
        named.add(uai)
        const school = { uai, key, name: tidy(row.get('name')) || uai }
        schools.set(key, school)
        staging.addSchool(school)
      }
    }
    findings.close()
  }
  return org => {
    const seen = new Set<string>()
    for (let at: string | undefined = org; at && !seen.has(at); at = parents.get(at)) {
      seen.add(at)
      const school = schools.get(at)
      if (school) return school
    }
    return undefined
  }
}
