import { isServerError, isThrottlingError, isTransientError } from '@smithy/core/retry'

/** True for transient failures of the table or of the connection to it: the client is told to retry. */
export const isTransient = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false
  const failure = error as Parameters<typeof isTransientError>[0]
  return isThrottlingError(failure) || isTransientError(failure) || isServerError(failure)
}
