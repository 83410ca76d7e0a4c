import type { Finding } from '../feed/finding.ts'
import type { Report } from '../import/report.ts'

const number = (count: number) => count.toLocaleString('en')

const place = ({ file, line }: Finding): string =>
  file === undefined ? '' : line === undefined ? `${file}: ` : `${file}:${line}: `

/** One line a finding: file, line, the feed's key, and what is the matter. */
const findingLine = (finding: Finding): string =>
  `  ${place(finding)}${finding.id === undefined ? '' : `${finding.id}: `}${finding.reason}`

const section = (title: string, findings: readonly Finding[]): string[] =>
  findings.length === 0 ? [] : ['', `${title} (${number(findings.length)})`, ...findings.map(findingLine)]

const formats: Readonly<Record<Report['feed']['format'], string>> = {
  aaf: 'AAF',
  oneroster: 'OneRoster',
  sds: 'School Data Sync',
}

/** The report as an operator reads it. */
export const reportText = (report: Report): string => {
  const { feed, people, groups, schools, held, findings } = report
  const of = (kind: Finding['kind']) => findings.filter(finding => finding.kind === kind)
  const row = (name: string, counts: Readonly<Record<string, number>>) =>
    `${name.padEnd(8)}${Object.entries(counts)
      .map(([what, count]) => `${number(count).padStart(10)} ${what}`)
      .join('')}`
  return [
    `${report.dryRun ? 'Dry run, nothing written: ' : ''}${formats[feed.format]} feed, ${feed.mode}, source ${feed.source}`,
    row('people', people),
    row('groups', groups),
    row('schools', schools),
    ...section('Refused', of('refused')),
    ...section('Imported without a part', of('left-out')),
    ...section('Deviations from the format', of('deviation')),
    ...(held.length > 0 ? ['', 'Held back: nothing of these schools was written'] : []),
    ...held.map(
      ({ uai, members, leaving }) =>
        `  ${uai}: ${number(leaving)} of its ${number(members)} people would be suspended. If the feed is whole, import it again with --confirm`,
    ),
    '',
    `${report.dryRun ? 'Compared' : `${number(report.written)} items written`} in ${report.seconds.toFixed(1)} s`,
  ].join('\n')
}
