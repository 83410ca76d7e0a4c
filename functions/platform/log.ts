import { Logger } from '@aws-lambda-powertools/logger'
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics'
import type { Config } from './config.ts'

/** What a log line may hold: ids of requests, routes and outcomes; never a person, a text or a token. */
export type LogFields = {
  readonly requestId?: string
  readonly route?: string
  readonly status?: number
  readonly problem?: string
  readonly ms?: number
  readonly coldStart?: boolean
  readonly records?: number
  readonly error?: string
  readonly at?: readonly string[]
}

export type Log = {
  readonly info: (message: string, fields?: LogFields) => void
  readonly error: (message: string, fields?: LogFields) => void
  /** Adds to a metric of the territory (CloudWatch embedded metric format). */
  readonly count: (metric: string, value?: number) => void
  /** Writes the metrics out: at the end of each invocation. */
  readonly flush: () => void
}

/** JSON lines on the function's output. */
export const openLog = (config: Config): Log => {
  const logger = new Logger({ serviceName: config.service, persistentLogAttributes: { territory: config.territory } })
  const metrics = new Metrics({
    namespace: 'Preau',
    serviceName: config.service,
    defaultDimensions: { territory: config.territory },
  })
  let pending = false
  return {
    info: (message, fields = {}) => logger.info(message, { ...fields }),
    error: (message, fields = {}) => logger.error(message, { ...fields }),
    count: (metric, value = 1) => {
      metrics.addMetric(metric, MetricUnit.Count, value)
      pending = true
    },
    flush: () => {
      if (pending) metrics.publishStoredMetrics()
      pending = false
    },
  }
}

/**
 * What may be logged of a surprise: its name and where it happened. Its message is left out, since libraries put
 * the data they failed on into it.
 */
export const traceOf = (error: unknown): Pick<LogFields, 'error' | 'at'> => {
  if (!(error instanceof Error)) return { error: typeof error }
  const frames = (error.stack ?? '').split('\n').filter(line => /^\s+at /.test(line))
  return { error: error.name, at: frames.slice(0, 6).map(line => line.trim()) }
}
