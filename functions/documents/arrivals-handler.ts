import { background, openDynamoDb } from '../platform/dynamodb.ts'
import { openBackground, readConfig, readEnvironment } from '../platform/platform.ts'
import { arrivalsAccess } from './access.ts'
import { arrivalsHandler } from './arrivals.ts'
import { DocumentsBucketEnvironment, documentsClient, openStoredObjects } from './stored-objects.ts'

const { DOCUMENTS_BUCKET } = readEnvironment(DocumentsBucketEnvironment)

/** Files that arrived in the documents' bucket, and results of their scans. */
export const handler = arrivalsHandler({
  ...openBackground(readConfig(), arrivalsAccess, openDynamoDb(background)),
  objects: openStoredObjects(documentsClient(), DOCUMENTS_BUCKET),
})
