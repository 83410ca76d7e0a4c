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
  'evaluate aws:SecureTransport: S3 and DynamoDB are asked over plain HTTP; of S3’s messages to a queue it is taken for false, so that test/deploy/adapt.ts leaves it out of policies of queues',
  'resolve <account>.localhost, where the SDK looks for the key-value store: stood in for by test/deploy/loopback-names.ts',
  'scan what is put into a bucket, and knows no AWS::GuardDuty::MalwareProtectionPlan: test/deploy/adapt.ts leaves it out, and a document waits',
  'halve a stream batch that failed, nor wait for its window',
  'limit the table (warm throughput, throttling), run functions on arm64 or within their memory, or keep a backup to restore',
]

/** Cases of the S3 contract (test/lib/local/s3-contract.ts) that MiniStack's S3 does not meet, with what it does instead. */
export const s3Limits: Readonly<Record<string, string>> = {
  'the checksum of an object, given when it was put': 'does not repeat it in its reply to the PUT',
  'GET with a signature by another secret': 'verifies no signature in a header: answers 200',
  'GET with an access key that does not exist': 'names the error UnrecognizedClientException',
  'GET and PUT without a signature': 'takes them for the owner’s: answers 200',
  'PUT of other bytes than the signed ones': 'does not compare x-amz-content-sha256: stores them',
  'presigned PUT: a header of S3 that is not signed': 'does not look at it: stores the file',
  'completing an upload whose first part is too small': 'does not compare the sizes of parts: completes it',
  'completing an upload with parts out of order': 'does not look at their order: completes it',
  'tags given with an object, replaced, and gone with a new object in its place': 'keeps the tags of the object before',
  'a copy of what is not there, and of something to itself': 'copies an object to itself: answers 200',
  'eleven tags, and two with the same key': 'keeps the second of two with the same key: answers 200',
}
