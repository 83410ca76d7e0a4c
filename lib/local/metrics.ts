/** A metric since the start: the sum of its values, how many there were, and the largest. */
export type Metric = {
  readonly namespace: string
  readonly name: string
  readonly dimensions: Readonly<Record<string, string>>
  sum: number
  count: number
  max: number
}

type Directive = {
  readonly Namespace: string
  readonly Dimensions?: readonly (readonly string[])[]
  readonly Metrics?: readonly { readonly Name: string }[]
}

/**
 * Sums the metrics that functions write in CloudWatch's embedded metric format: log lines with an `_aws` member that
 * lists which of their members are metrics.
 */
export const openMetrics = () => {
  const metrics = new Map<string, Metric>()

  const add = (
    namespace: string,
    name: string,
    dimensions: Record<string, string>,
    values: readonly number[],
  ): void => {
    const key = JSON.stringify([namespace, name, Object.entries(dimensions).sort()])
    const metric = metrics.get(key) ?? { namespace, name, dimensions, sum: 0, count: 0, max: Number.NEGATIVE_INFINITY }
    metrics.set(key, metric)
    for (const value of values) {
      metric.sum += value
      metric.count++
      metric.max = Math.max(metric.max, value)
    }
  }

  /** Reads a line of a log; a line without metrics is ignored. */
  const read = (line: string): void => {
    if (!line.includes('"_aws"')) return
    let entry: Record<string, unknown> & { _aws?: { CloudWatchMetrics?: readonly Directive[] } }
    try {
      entry = JSON.parse(line)
    } catch {
      return
    }
    for (const { Namespace, Dimensions = [[]], Metrics = [] } of entry._aws?.CloudWatchMetrics ?? [])
      for (const names of Dimensions)
        for (const { Name } of Metrics) {
          const dimensions = Object.fromEntries(names.map(name => [name, String(entry[name])]))
          const values = [entry[Name]].flat().filter(value => typeof value === 'number')
          if (values.length > 0) add(Namespace, Name, dimensions, values)
        }
  }

  return { read, all: (): readonly Readonly<Metric>[] => [...metrics.values()] }
}
