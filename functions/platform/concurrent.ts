/** Requests to the table under way at once, unless said: one environment must not outrun what a partition takes. */
const usual = 24

/**
 * Does `work` for each value, `atOnce` at a time. After a failure it begins no further one, and throws once those under
 * way have ended.
 */
export const forEachConcurrent = async <Value>(
  values: Iterable<Value>,
  work: (value: Value) => Promise<unknown>,
  atOnce = usual,
): Promise<void> => {
  const waiting = values[Symbol.iterator]()
  const failures: unknown[] = []
  const lane = async () => {
    while (failures.length === 0) {
      const next = waiting.next()
      if (next.done) return
      await work(next.value).catch(error => failures.push(error))
    }
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
  if (failures.length > 0) throw failures[0]
}

/** `values` in groups of at most `size`, in their order. */
export const chunks = <Value>(values: readonly Value[], size: number): Value[][] =>
  Array.from({ length: Math.ceil(values.length / size) }, (_, at) => values.slice(at * size, (at + 1) * size))
