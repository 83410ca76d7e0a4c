import type { ChangedPerson, ImportFinding, ImportPage } from '../../../shared/directory/imports.ts'
import { listName } from '../../../shared/kernel/names.ts'
import type { KeyOf, Translate } from '../../platform/catalogue.ts'
import type { DateWords } from '../../platform/dates.ts'
import type { texts as ofReasons } from './reason-texts.ts'
import { reasonKey } from './reasons.ts'
import type { texts } from './texts.ts'

type Said = Translate<KeyOf<typeof texts>>
type T = Translate<KeyOf<typeof texts> | KeyOf<typeof ofReasons>>

/** Everybody whom an import changed in one way. */
export type Everybody = ReadonlyMap<ImportPage['changes'][number]['kind'], readonly ChangedPerson[]>

/** What became of somebody, in words: `élève, 6e C`, `5e A vers 5e D`. */
export const detailOf = (t: Said, { from, to, role }: ChangedPerson, kind: string, most = Infinity): string => {
  const named = (classes: readonly string[]) => classes.join(', ') || t('directory.import.no-class')
  if (kind === 'moved') return t('directory.import.moves', { from: named(from), to: named(to) })
  const classes = [...(to.length > 0 ? to : from)].slice(0, most).join(', ')
  const said = t(`directory.import.role.${role}`)
  return classes ? t('directory.import.is', { role: said, classes }) : said
}

const findingOf = (t: T, { person, key, reason, file, line }: ImportFinding): string => {
  const words = reasonKey(reason)
  const who = person ? listName(person) : key !== undefined ? t('directory.import.key', { key }) : ''
  const where =
    file === undefined ? '' : line === undefined ? file : t('directory.import.place', { file, line: String(line) })
  const why = words ? t(words) : `${t('directory.reason.other')} ${reason}`
  return `- ${[who, why].filter(Boolean).join('\u00a0: ')}${where && ` (${where})`}`
}

/** What was answered and what followed, a line each. */
const answered = (t: T, dates: DateWords, { held, answer, confirmed, undoes, moved }: ImportPage): string[] => {
  const said = answer && { by: answer.by, when: dates.dayTime(answer.at) }
  return [
    ...(held ? [t('directory.import.held')] : []),
    ...(held?.losses ?? []).map(({ what, lost, had }) =>
      what === 'people'
        ? t('directory.import.losing.of', { lost, had })
        : t(
            `directory.import.loss.${what === 'classes' || what === 'guardian links' || what === 'keys' ? what : 'role'}`,
            { lost, had },
          ),
    ),
    ...(held?.state === 'over' ? [t('directory.import.over')] : []),
    ...(held?.state === 'refused' && said ? [t('directory.import.refused', said)] : []),
    ...(confirmed ? [t('directory.import.confirmed')] : []),
    ...(moved ? [t('directory.import.moved')] : []),
    ...(answer?.kind === 'undone' && said ? [t('directory.import.undone', said)] : []),
    ...(undoes ? [t('directory.import.undoes', { when: dates.dayTime(undoes.at) })] : []),
    ...(undoes && undoes.changedSince > 0 ? [t('directory.import.changed-since', { count: undoes.changedSince })] : []),
  ]
}

/**
 * The whole report of an import in a school, as text to keep or to print: what it did, everybody by name, what was refused
 * and why.
 */
export const reportOf = (
  t: T,
  dates: DateWords,
  { school, page, everybody }: { readonly school: string; readonly page: ImportPage; readonly everybody: Everybody },
): string => {
  const { changes, classes, findings } = page
  const isSame = changes.length === 0
  const done = page.held ? [] : [t(isSame ? 'directory.import.done.same' : 'directory.import.done')]
  const kinds = changes.flatMap(({ kind, count }) => {
    const people = everybody.get(kind) ?? []
    const erased = count - people.length
    return [
      '',
      `${count} ${t(`directory.import.kind.${kind}`, { count })}`,
      ...people.map(one => `- ${listName(one)}, ${detailOf(t, one, kind)}`),
      ...(erased > 0 ? [t('directory.import.erased', { count: erased })] : []),
    ]
  })
  const gone = classes.filter(({ had, lost }) => had === lost).map(({ name }) => name)
  const refused =
    findings.length === 0
      ? []
      : [
          '',
          `${findings.length} ${t('directory.import.findings', { count: findings.length })}`,
          ...findings.map(one => findingOf(t, one)),
          t('directory.import.findings.how'),
        ]
  return [
    school,
    t('directory.import.report.of', { date: dates.date(page.at), time: dates.time(page.at) }),
    t(`directory.import.mode.${page.mode}`),
    ...done,
    ...answered(t, dates, page),
    ...(gone.length > 0 ? [t('directory.import.classes', { count: gone.length, names: gone.join(', ') })] : []),
    ...kinds,
    ...refused,
    '',
  ].join('\n')
}
