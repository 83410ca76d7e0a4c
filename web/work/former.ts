import { i18n } from '@lingui/core'
import * as z from 'zod/mini'
import { Tick } from '../../shared/work/shapes.ts'
import { changeStoredReads, type StoredContent } from '../platform/content.ts'
import { takeOverWrite } from '../platform/outbox/device-outbox.ts'
import { subjectOfTick, tickedHere } from './data/ticked-here.ts'
import { formerTicks } from './former-places.ts'
import type { texts } from './texts.ts'

const FormerTick = z.extend(Tick, { isSent: z.boolean() })
type FormerTick = z.infer<typeof FormerTick>

const formerTicksIn = (data: unknown): readonly FormerTick[] =>
  (Array.isArray(data) ? data : []).flatMap(one => {
    const tick = z.safeParse(FormerTick, one)
    return tick.success ? [tick.data] : []
  })

/** Of the app before the outbox held ticks: they were a read of their own, each with whether the API had taken it. */
const takeOverTicks = async ({ person, reads }: StoredContent): Promise<boolean> => {
  const former = reads.find(({ key }) => formerTicks.isKey(key))
  if (!former) return false
  const ticks = formerTicksIn(former.data)
  const label = i18n.t('work.former.tick' satisfies keyof typeof texts.byLanguage.fr)
  for (const { isSent, ...tick } of [...ticks].reverse()) {
    if (isSent) continue
    const { piece, at } = tick
    const isKept = await takeOverWrite(person, {
      // The same whatever tab takes it over, and however often.
      key: `${piece}-${Date.parse(at)}`,
      ...{ write: 'work.tick', input: { body: { ticks: [tick] } }, subject: subjectOfTick(piece) },
      ...{ label, from: '/notebook', at },
    })
    if (!isKept) throw new Error('the device cannot keep what was ticked: it stays where it is')
  }
  const taken = ticks.filter(({ isSent }) => isSent).map(({ isSent: _, ...tick }) => tick)
  await changeStoredReads(all => [
    ...all.filter(({ key }) => !formerTicks.isKey(key)),
    { key: tickedHere.queryKey, data: taken, at: former.at },
  ])
  return true
}

/** Takes over what earlier versions left on this device. Resolves to true if what is stored of reads was changed. */
export const takeOver = async (content: StoredContent | undefined): Promise<boolean> =>
  content !== undefined && (await takeOverTicks(content))
