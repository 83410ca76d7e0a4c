import { after, day } from '../../shared/kernel/dates.ts'
import type { keysAccess } from '../platform/access.ts'
import { put, remove } from '../platform/operation.ts'
import { platformPatterns } from '../platform/patterns.ts'
import type { Table } from '../platform/table.ts'
import { secret } from './signing-keys.ts'

const { factorsKey, formerFactorsKey } = platformPatterns

type Context = { readonly table: Table<typeof keysAccess>; readonly now: () => Date }

/** Seconds after the last deploy for which the copy in the former place stays: a deploy that goes back needs it. */
const keptFor = day

/**
 * The secret of second factors, generated if there is none, and never renewed. One of an earlier release, which kept it in
 * the partition of the territory's keys, is copied.
 */
export const ensureFactorsKey = async ({ table, now }: Context): Promise<void> => {
  const held = await table.get(factorsKey, {}, { consistent: true })
  const former = await table.get(formerFactorsKey, {}, { consistent: true })
  if (held && !former) return
  const item = {
    secret: held?.secret ?? former?.secret ?? secret(),
    ...(former && { copiedAt: now().toISOString() }),
  }
  const when = held ? { is: { secret: held.secret } } : { absent: true as const }
  await table.transact([put('factors', factorsKey, {}, item, when)])
}

/** Deletes the copy in the former place, which every function that answers requests may read, once no deploy goes back. */
export const dropFormerFactorsKey = async ({ table, now }: Context): Promise<void> => {
  const held = await table.get(factorsKey, {}, { consistent: true })
  if (!held?.copiedAt || after(new Date(held.copiedAt), keptFor) > now()) return
  await table.transact([
    put('factors', factorsKey, {}, { secret: held.secret }, { is: held }),
    remove('former', formerFactorsKey, {}),
  ])
}
