import type { Finding } from '../../../functions/directory/import/feed/finding.ts'
import type { Findings } from '../../../functions/directory/import/findings.ts'
import type { HeldBack } from '../../../functions/directory/import/guard.ts'
import type { Imported, Summary } from '../../../functions/directory/import/report.ts'
import type { Loss } from '../../../functions/directory/import/standing.ts'
import type { YearTaken } from '../../../functions/directory/import/years/report.ts'
import { schoolYearName } from '../../../shared/kernel/school-year.ts'

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

const formats: Readonly<Record<Imported['format'], string>> = {
  aaf: 'AAF',
  oneroster: 'OneRoster',
  sds: 'School Data Sync',
}

const isoDay = (day: string) => `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`

const deliveryLine = ({ format, mode, source, date }: Imported) =>
  `${formats[format]} feed, ${mode}, source ${source}${date === undefined ? '' : `, of ${isoDay(date)}`}`

const yearReason = ({ from, day, source }: YearTaken): string => {
  switch (from) {
    case 'given':
      return 'as given by --year'
    case 'day':
      return `from the day of the delivery, ${day}`
    case 'today':
      return `${source} tells no day: from today, ${day}`
    case 'classes':
      return 'from who is in its classes, as of before or not'
    case 'terms':
      return 'from the dates of their terms'
  }
}

const yearLine = (taken: YearTaken): string => {
  const { year, schools, groups } = taken
  const where =
    schools === undefined
      ? `${number(groups ?? 0)} classes or groups`
      : `${number(schools)} school${schools === 1 ? '' : 's'}`
  return `School year ${schoolYearName(year)} in ${where} (${yearReason(taken)})`
}

const row = (name: string, counts: Readonly<Record<string, number>>) =>
  `${name.padEnd(8)}${Object.entries(counts)
    .map(([what, count]) => `${number(count).padStart(10)} ${what}`)
    .join('')}`

const lossOf = ({ what, had, lost }: Loss): string => {
  const share = `${number(lost)} of ${number(had)}`
  switch (what) {
    case 'people':
      return `${share} people would leave it`
    case 'keys':
      return `${share} people would be other people, with the keys of those`
    case 'classes':
      return `${share} people in classes would be in none`
    case 'guardian links':
      return `${share} links of guardians to pupils would be lost`
    default:
      return `${share} people would no longer be ${what}`
  }
}

const because = ({ reason, losses, holder, uai }: HeldBack): string =>
  reason === 'another-source'
    ? `the source ${holder} describes it. If this is the same feed under another name: --source ${holder}. To move the school to this one: --confirm ${uai}`
    : `${losses.map(lossOf).join(', ')}. If that is meant: --confirm ${uai}`

const neighbours = ({ alsoElsewhere }: HeldBack): string =>
  alsoElsewhere === 0 ? '' : ` (${number(alsoElsewhere)} of its people belong to other schools too, see above)`

/** The report as an operator reads it, line by line: first how the import ended. */
export function* reportText(summary: Summary, findings: Findings): Generator<string> {
  const { dryRun, deliveries, people, groups, schools, held, sentence } = summary
  yield `${dryRun ? 'Dry run, nothing is written. ' : ''}${sentence}`
  yield* deliveries.map(deliveryLine)
  yield* summary.years.map(yearLine)
  yield* [row('people', people), row('groups', groups), row('schools', schools)]
  yield* section('Refused', 'refused', findings)
  yield* section('Imported without a part', 'left-out', findings)
  yield* section('Deviations from the format', 'deviation', findings)
  yield* section('Joined to people of other sources', 'joined', findings)
  yield* section('To be answered', 'asked', findings)
  if (held.length > 0) yield* ['', 'Held back: nothing of these schools is written']
  for (const one of held) yield `  ${one.name} (${one.uai}): ${because(one)}${neighbours(one)}`
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
