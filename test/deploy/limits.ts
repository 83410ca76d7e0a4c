/**
 * What MiniStack does not do of what a territory relies on. docs/decisions/0014-what-the-emulator-cannot-do.md says
 * where each is proven instead.
 */
export const limits: readonly string[] = [
  "run a CloudFront function that reads a key-value store (`import cf from 'cloudfront'`): stood in for by test/deploy/edge.ts, which runs the deployed function with the deployed keys",
  'serve an origin over TLS, or at all where CloudFront reaches it by https: stood in for by test/deploy/edge.ts',
  "keep copies at the edge (cache policies, stale-while-revalidate, collapsing), nor add a response headers policy's headers there",
  'evaluate dynamodb:LeadingKeys: actions and tables are enforced, partitions are not',
  'resolve <account>.localhost: stood in for by test/deploy/loopback-names.ts',
  'limit throughput of the table (warm throughput, throttling) or of functions (reserved concurrency, memory, arm64)',
  'keep a point-in-time backup, or refuse S3 requests without TLS',
  'turn log lines in embedded metric format into metrics: alarms and the dashboard are created and never change state',
  'run the schedule that rotates keys within the minutes this takes',
]
