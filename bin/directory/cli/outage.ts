import { ImportRefused } from '../../../functions/directory/import/feed/finding.ts'
import { enterOutage, outageAccess } from '../../../functions/work/hand-ins/outages.ts'
import { momentOf } from '../../../shared/kernel/territory-day.ts'
import { type Terminal, tableOf, type ValuesOf } from './terminal.ts'
import type { Territory } from './territory.ts'

/** A day and time of the territory's clocks as an instant. */
const instantOf = (option: string, said: string, zone: string | undefined): string => {
  const [, day = '', time = ''] = /^(\d{4}-\d{2}-\d{2})T((?:[01]\d|2[0-3]):[0-5]\d)$/.exec(said) ?? []
  if (Number.isNaN(Date.parse(day)) || new Date(day).toISOString().slice(0, 10) !== day)
    throw new ImportRefused(`"${said}" is no day and time: say --${option} 2026-11-24T16:30`)
  return momentOf(day, time, zone).toISOString()
}

/** `outage --from <day and time> --to <day and time> --reason <text>`: deadlines that passed in it are not missed. */
export const runOutage = async (
  values: ValuesOf<'outage'>,
  territory: Territory,
  terminal: Terminal,
): Promise<number> => {
  const from = instantOf('from', values.from, territory.timeZone)
  const to = instantOf('to', values.to, territory.timeZone)
  if (to <= from) throw new ImportRefused('an outage ends after it begins: --to is not after --from')
  if (to > terminal.now().toISOString())
    throw new ImportRefused('an outage is entered once it is over: --to is to come')
  const platform = { table: tableOf(territory, outageAccess, terminal), now: terminal.now }
  const isNew = await enterOutage(platform, { from, to, reason: values.reason })
  terminal.out(
    isNew
      ? `Deadlines from ${from} to ${to} and two hours after are not missed by what was done or sent until then.`
      : `An outage that begins at ${from} is entered already: it stays as it is.`,
  )
  return isNew ? 0 : 1
}
