import type { Finding } from '../../../functions/directory/import/feed/finding.ts'
import type { Findings } from '../../../functions/directory/import/findings.ts'
import type { Summary } from '../../../functions/directory/import/report.ts'

const number = (count: number) => count.toLocaleString('en')

const origin = ({ file, line }: Finding): string =>
  file === undefined ? '' : line === undefined ? `${file}: ` : `${file}:${line}: `

/** One line a finding: file, line, the feed's key, and what is the matter. */
const findingLine = (finding: Finding): string =>
  `  ${origin(finding)}${finding.id === undefined ? '' : `${finding.id}: `}${finding.reason}`

function* section(title: string, kind: Finding['kind'], findings: Findings): Generator<string> {
  const count = findings.count(kind)
  if (count === 0) return
  yield* ['', `${title} (${number(count)})`]
  for (const finding of findings.all(kind)) yield findingLine(finding)
}

const formats: Readonly<Record<Summary['feed']['format'], string>> = {
  aaf: 'AAF',
  oneroster: 'OneRoster',
  sds: 'School Data Sync',
}

const row = (name: string, counts: Readonly<Record<string, number>>) =>
  `${name.padEnd(8)}${Object.entries(counts)
    .map(([what, count]) => `${number(count).padStart(10)} ${what}`)
    .join('')}`

/** The report as an operator reads it, line by line. */
export function* reportText(summary: Summary, findings: Findings): Generator<string> {
  const { dryRun, feed, people, groups, schools, held } = summary
  yield `${dryRun ? 'Dry run, nothing written: ' : ''}${formats[feed.format]} feed, ${feed.mode}, source ${feed.source}`
  yield* [row('people', people), row('groups', groups), row('schools', schools)]
  yield* section('Refused', 'refused', findings)
  yield* section('Imported without a part', 'left-out', findings)
  yield* section('Deviations from the format', 'deviation', findings)
  if (held.length > 0) yield* ['', 'Held back: nothing of these schools was written']
  for (const { uai, members, leaving } of held)
    yield `  ${uai}: ${number(leaving)} of its ${number(members)} people would be suspended. If the feed is whole, import it again with --confirm`
  yield ''
  yield `${dryRun ? 'Compared' : `${number(summary.written)} items written`} in ${summary.seconds.toFixed(1)} s`
}

/** The report as one JSON document, line by line: the summary, then one line for each finding. */
export function* reportJson(summary: Summary, findings: Findings): Generator<string> {
  yield JSON.stringify(summary, null, 2).replace(/\n\}$/, ',')
  let line = '  "findings": ['
  for (const finding of findings.all()) {
    yield line
    line = `    ${JSON.stringify(finding)},`
  }
  yield line.endsWith('[') ? `${line}]` : `${line.slice(0, -1)}\n  ]`
  yield '}'
}
