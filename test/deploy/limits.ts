/**
 * What MiniStack does not do of what a territory relies on. docs/decisions/0014-what-the-emulator-cannot-do.md says
 * where each is proven instead.
 */
export const limits: readonly string[] = [
  "run a CloudFront function that reads a key-value store (`import cf from 'cloudfront'`): stood in for by test/deploy/edge.ts, which runs the deployed function with the deployed keys",
  "ask an origin over TLS, and has no TLS of its own, so that CloudFront's https origin is out of its reach: stood in for by test/deploy/edge.ts",
  "keep copies at the edge (cache policies, stale-while-revalidate, collapsing), nor add a response headers policy's headers",
  'take alarms on expressions of several metrics: test/deploy/adapt.ts gives it these alarms on the first metric each',
  'make metrics of log lines in embedded metric format: the alarms and the dashboard are there, and nothing moves them',
  'evaluate dynamodb:LeadingKeys: actions and tables are enforced, partitions are not',
  'evaluate aws:SecureTransport: S3 and DynamoDB are asked over plain HTTP',
  'resolve <account>.localhost, where the SDK looks for the key-value store: stood in for by test/deploy/loopback-names.ts',
  'halve a stream batch that failed, nor wait for its window',
  'limit the table (warm throughput, throttling), run functions on arm64 or within their memory, or keep a backup to restore',
]
