import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { credentials } from '../../../lib/local/loopback.ts'

const { sha256 } = new DynamoDBClient({ region: 'eu-west-3', credentials }).config

/** What grants are signed with where no bucket is asked. */
export const testSigning = {
  bucket: { origin: 'https://preau-documents.s3.eu-west-3.amazonaws.com', region: 'eu-west-3' },
  credentials,
  sha256,
}
