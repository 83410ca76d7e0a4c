import { schoolYearMeant, usualBegin } from '../../../../shared/kernel/school-year.ts'
import { importPatterns } from '../../patterns.ts'
import type { Chosen } from '../feed/chosen.ts'
import type { ImportTable } from '../platform.ts'
import { consistent } from '../stored.ts'
import type { YearSetting } from './groups.ts'

const isoDay = (day: string) => `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`

/** What a delivery's school year follows from: its own day, or today where it tells none. */
export const yearSettingOf = async (
  { source, delta, date }: Pick<Chosen, 'source' | 'delta' | 'date'>,
  {
    table,
    year,
    yearBegins: begins = usualBegin,
  }: { readonly table: ImportTable; readonly year?: number; readonly yearBegins?: string },
  today: string,
): Promise<YearSetting> => {
  const last = (await table.get(importPatterns.lastDelivery, { source }, consistent))?.date
  return {
    source,
    delta,
    day: date === undefined ? today : isoDay(date),
    begins,
    ...(year !== undefined && { given: year }),
    undated: schoolYearMeant(last === undefined ? today : isoDay(last), begins),
  }
}
