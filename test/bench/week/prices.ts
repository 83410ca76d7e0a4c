/**
 * Prices in US dollars, of what is used in Europe (Paris) or delivered there; the first tier of each, free tiers left
 * out. Source: the providers' price lists of 2026, by way of the project's brief; those marked "to be compared with a
 * bill" were found only in copies of the list (docs/decisions/0026-what-cloudfront-does.md).
 */
export const prices = {
  /** A request of a viewer to CloudFront over HTTPS: 0.0120 per 10,000. */
  edgeRequest: 0.012 / 10_000,
  /** A run of a CloudFront Function: 0.10 per million. */
  edgeFunction: 0.1 / 1e6,
  /** A read of the key-value store by a CloudFront Function: 0.03 per million. To be compared with a bill. */
  keyValueRead: 0.03 / 1e6,
  /** A byte from CloudFront to a viewer, headers included: 0.085 per GB. */
  edgeByte: 0.085 / 1e9,
  /** A request that reaches Origin Shield as an additional layer: 0.0090 per 10,000. To be compared with a bill. */
  shieldRequest: 0.009 / 10_000,
  /** A GET of S3: 0.42 per million. */
  bucketGet: 0.42 / 1e6,
  /** A PUT of S3: 5.3 per million. A DELETE is free. */
  bucketPut: 5.3 / 1e6,
  /** A request to an HTTP API: 1.00 per million. */
  apiRequest: 1 / 1e6,
  /** An invocation of Lambda: 0.20 per million. */
  invocation: 0.2 / 1e6,
  /** A second of Lambda with 1,024 MB on arm64. */
  gigabyteSecond: 0.0000133334,
  /** A read unit of an on-demand table: 0.1487 per million. */
  readUnit: 0.1487 / 1e6,
  /** A write unit of an on-demand table: 0.7423 per million. */
  writeUnit: 0.7423 / 1e6,
} as const
