import { Logger } from '@aws-lambda-powertools/logger'
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics'

/**
 * A log message: a code that never changes, by which a search and a runbook find it (docs/runbooks/log-messages.md),
 * and its text. The platform's messages are below; a function's own ones are beside its code.
 */
export type LogMessage = { readonly code: string; readonly text: string }

export const logMessages = {
  answered: { code: 'API-1', text: 'request answered' },
  failed: { code: 'API-2', text: 'unhandled error while answering a request' },
  delivered: { code: 'STREAM-1', text: 'stream records processed' },
  unreadable: { code: 'STREAM-2', text: 'unreadable stream record' },
  undelivered: { code: 'STREAM-3', text: 'stream record not processed' },
  notWoken: { code: 'STREAM-4', text: 'clock not woken between two minutes' },
} as const satisfies Record<string, LogMessage>

/** The fields of a log line: request ids, routes and results; never a person, a text or a token. */
export type LogFields = {
  readonly requestId?: string
  readonly route?: string
  readonly status?: number
  readonly problem?: string
  readonly ms?: number
  readonly coldStart?: boolean
  readonly records?: number
  /** The subscription to the stream that failed. */
  readonly subscription?: string
  /** What the clock did: the kind of due items, how many were done, are left, failed, and how often one failed. */
  readonly kind?: string
  readonly done?: number
  readonly left?: number
  readonly failed?: number
  readonly tries?: number
  /** Seconds by which the oldest due item that is not done is late. */
  readonly late?: number
  /** How many audiences did not fit into a token. */
  readonly leftOut?: number
  readonly error?: string
  readonly at?: readonly string[]
  /** Values of the edge's key-value store that were written, and losses of access that wait or found no room. */
  readonly values?: number
  readonly losses?: number
  /** Files that a publication of the web app put, kept and removed. */
  readonly put?: number
  readonly kept?: number
  readonly removed?: number
  /** How an import ended, how many schools it held, and the rows it wrote. */
  readonly outcome?: string
  readonly held?: number
  readonly written?: number
}

export type Log = {
  readonly info: (message: LogMessage, fields?: LogFields) => void
  readonly error: (message: LogMessage, fields?: LogFields) => void
  /** Adds to a metric of the territory (CloudWatch embedded metric format). */
  readonly count: (metric: string, value?: number) => void
  /** Writes the metrics out: at the end of each invocation. */
  readonly flush: () => void
}

/** Writes JSON lines to the function's standard output. */
export const openLog = ({ service, territory }: { readonly service: string; readonly territory: string }): Log => {
  const logger = new Logger({ serviceName: service, persistentLogAttributes: { territory } })
  const metrics = new Metrics({ namespace: 'Preau', serviceName: service, defaultDimensions: { territory } })
  let pending = false
  return {
    info: ({ code, text }, fields = {}) => logger.info(text, { code, ...fields }),
    error: ({ code, text }, fields = {}) => logger.error(text, { code, ...fields }),
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
 * What may be logged of an unhandled error: its name and where it happened. Its message is left out, since libraries
 * put the data they failed on into it.
 */
export const traceOf = (error: unknown): Pick<LogFields, 'error' | 'at'> => {
  if (!(error instanceof Error)) return { error: typeof error }
  const frames = (error.stack ?? '').split('\n').filter(line => /^\s+at /.test(line))
  return { error: error.name, at: frames.slice(0, 6).map(line => line.trim()) }
}
