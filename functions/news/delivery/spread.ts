/** Writes under way at once: one Lambda of the stream must not outrun what a partition or a new table takes. */
const atOnce = 24

/** Does `work` for each item, some at a time. After a failure it begins no further one, and throws once all have ended. */
export const spread = async <Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> => {
  const waiting = items.values()
  const failures: unknown[] = []
  const worker = async () => {
    for (const item of waiting) {
      if (failures.length > 0) return
      await work(item).catch(error => failures.push(error))
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker))
  if (failures.length > 0) throw failures[0]
}
