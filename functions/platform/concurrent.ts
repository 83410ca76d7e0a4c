/** Concurrent requests to the table by default: low enough for the throughput of one partition. */
const defaultConcurrency = 24

/**
 * Runs `work` for each value, at most `concurrency` at a time. After a failure it starts no further one, and throws when
 * those in progress have ended.
 */
export const forEachConcurrent = async <Value>(
  values: Iterable<Value>,
  work: (value: Value) => Promise<unknown>,
  concurrency = defaultConcurrency,
): Promise<void> => {
  const waiting = values[Symbol.iterator]()
  const failures: unknown[] = []
  const worker = async () => {
    while (failures.length === 0) {
      const next = waiting.next()
      if (next.done) return
      await work(next.value).catch(error => failures.push(error))
    }
  }
  await Promise.all(Array.from({ length: concurrency }, worker))
  if (failures.length > 0) throw failures[0]
}

/** `values` in groups of at most `size`, in their order. */
export const chunks = <Value>(values: readonly Value[], size: number): Value[][] =>
  Array.from({ length: Math.ceil(values.length / size) }, (_, index) => values.slice(index * size, (index + 1) * size))
