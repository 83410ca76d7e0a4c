import { S3Error } from './error.ts'

/** What a bucket does instead of answering: nothing, for as long as the fault lasts, or an error. */
export type Fault = 'hang' | { readonly status: number; readonly code: string }

/** Faults of buckets, which tests cause. */
export type Faults = {
  /** Puts a fault on a bucket, in place of the one before; undefined ends it, and what waited goes on. */
  readonly cause: (bucket: string, fault: Fault | undefined) => void
  /** Resolves when the bucket may answer. Throws S3Error if it is to fail. */
  readonly pass: (bucket: string) => Promise<void>
  /** Ends all faults. */
  readonly end: () => void
}

export const openFaults = (): Faults => {
  const faults = new Map<string, { fault: Fault; over: Promise<void>; end: () => void }>()
  const cause: Faults['cause'] = (bucket, fault) => {
    const before = faults.get(bucket)
    faults.delete(bucket)
    if (fault) {
      const { promise, resolve } = Promise.withResolvers<void>()
      faults.set(bucket, { fault, over: promise, end: resolve })
    }
    before?.end()
  }
  const pass = async (bucket: string): Promise<void> => {
    for (let current = faults.get(bucket); current; current = faults.get(bucket)) {
      const { fault, over } = current
      if (fault !== 'hang') throw new S3Error(fault.status, fault.code, 'A fault caused by a test')
      await over
    }
  }
  return {
    cause,
    pass,
    end: () => {
      for (const bucket of [...faults.keys()]) cause(bucket, undefined)
    },
  }
}
