import type * as z from 'zod/mini'
import type { Access } from './access.ts'
import { type Subscription, subscription } from './delivery.ts'
import { update } from './operation.ts'
import type { ArgsOf, ItemOf, ItemPattern } from './pattern.ts'
import type { Background } from './platform.ts'

/** Recipients of one step: less than a second of work, so that the records after it do not wait long. */
export const stepSize = 500

type JobItem = z.core.$ZodObject<{ cursor: z.core.$ZodType; doneAt: z.core.$ZodType }>
type Progress = { readonly cursor?: string | undefined; readonly doneAt?: string | undefined }

/**
 * A wide fan-out as an item with a cursor. Writing the item starts it; each step ends by moving the cursor, and the
 * stream delivers that change as the next step, until the last one. So no invocation is long, and other records of the
 * stream are processed between two steps.
 * @param step processes up to {@link stepSize} recipients after `item.cursor`, in a fixed order, so that repeating it is
 *   harmless; returns the cursor of the last one, or undefined if there are no more.
 */
export const job = <
  const Pk extends string,
  const Sk extends string,
  Item extends JobItem,
  Uses extends Access & {
    readonly get: readonly ItemPattern[]
    readonly update: readonly ItemPattern[]
  },
>(declared: {
  readonly name: string
  readonly metric?: string
  readonly of: ItemPattern<Pk, Sk, Item> & Uses['get'][number] & Uses['update'][number]
  readonly step: (
    background: Background<Uses>,
    args: ArgsOf<ItemPattern<Pk, Sk, Item>>,
    item: ItemOf<ItemPattern<Pk, Sk, Item>>,
  ) => Promise<string | undefined>
}): Subscription<Uses> =>
  subscription<ItemPattern, Uses>({
    name: declared.name,
    of: [declared.of],
    on: ['INSERT', 'MODIFY'],
    ...(declared.metric !== undefined && { metric: declared.metric }),
    deliver: async (background, changes) => {
      const { table, now } = background as unknown as Background<{
        get: readonly ItemPattern[]
        update: readonly ItemPattern[]
      }>
      const rows = new Map(changes.map(change => [change.key.sk, change.args]))
      for (const args of rows.values()) {
        const item = await table.get(declared.of as ItemPattern, args, { consistent: true })
        const { cursor, doneAt } = (item ?? {}) as Progress
        if (!item || doneAt !== undefined) continue
        const next = await declared.step(background, args as never, item as never)
        const progress: Progress = next === undefined ? { doneAt: now().toISOString() } : { cursor: next }
        const condition = cursor === undefined ? { lacks: ['doneAt', 'cursor'] } : { lacks: ['doneAt'], is: { cursor } }
        await table
          .apply(update('progress', declared.of as ItemPattern, args, { set: progress as never }, condition as never))
          .catch((error: unknown) => {
            // Another environment did this step, and its change continues the job.
            if (!(error instanceof Error) || error.name !== 'ConditionalCheckFailedException') throw error
          })
      }
    },
  })
