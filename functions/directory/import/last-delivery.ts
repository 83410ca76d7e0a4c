import { put } from '../../platform/operation.ts'
import { importPatterns } from '../patterns.ts'
import type { Chosen } from './feed/chosen.ts'
import type { ImportTable, Writer } from './platform.ts'
import { consistent } from './stored.ts'

/** The day of the last delivery of a source that was imported (yyyymmdd), if it is known. */
export const lastDay = async (table: ImportTable, source: string): Promise<string | undefined> =>
  (await table.get(importPatterns.lastDelivery, { source }, consistent))?.date

/** Notes the day of a delivery that was imported, unless a later one was imported before. */
export const noteDay = async (
  table: ImportTable,
  writer: Writer,
  { source, date }: Pick<Chosen, 'source' | 'date'>,
): Promise<void> => {
  if (date === undefined || ((await lastDay(table, source)) ?? '') >= date) return
  await writer.write([put('last-delivery', importPatterns.lastDelivery, { source }, { date })])
}
