/**
 * From what is measured of an invocation on this machine to the milliseconds that Lambda would bill for it. What stands
 * for the difference is said here, and in the bench's output.
 */

/** What an invocation takes, mean of several. */
export type Taken = {
  /** Milliseconds of processor time. */
  readonly processor: number
  /** Requests to the table and to buckets of which each waits for the one before. */
  readonly table: number
  readonly bucket: number
}

/**
 * MB with which a function has one processor; with less, it has its share of one (AWS Lambda Developer Guide, "Configure
 * Lambda function memory"). What is shorter than a period of the scheduler may run faster than that: this is the most.
 */
const megabytesAProcessor = 1_769

/** What is assumed, since only an account shows it. */
export const conversion = {
  /** How long a processor of Lambda (arm64) takes for what one of this machine does in 1. */
  processor: 1,
  /**
   * Milliseconds of a request to the table. AWS says to expect single-digit ones of GetItem and PutItem on average, without
   * the network (https://repost.aws/knowledge-center/dynamodb-high-latency).
   */
  table: 10,
  /**
   * Milliseconds of a request to a bucket: of the 100 to 200 that AWS says of small objects (S3 User Guide, "Best practices
   * design patterns: optimizing Amazon S3 performance").
   */
  bucket: 100,
} as const

/** By how much longer computing takes on a function of so many megabytes than on one processor. */
export const shareFactor = (megabytes: number): number => Math.max(1, megabytesAProcessor / megabytes)

/** Milliseconds that Lambda bills for an invocation of a function of so many megabytes: whole ones, without its init. */
export const billedMs = ({ processor, table, bucket }: Taken, megabytes: number): number =>
  Math.ceil(
    processor * conversion.processor * shareFactor(megabytes) + table * conversion.table + bucket * conversion.bucket,
  )
