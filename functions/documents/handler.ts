import * as z from 'zod/mini'
import { answering, openDynamoDb } from '../platform/dynamodb.ts'
import { openPlatform, readConfig, readEnvironment } from '../platform/platform.ts'
import { documentsAccess } from './access.ts'
import { documentsHandler } from './documents.ts'
import { Limits } from './limits.ts'
import { openSignedGets } from './signed-get.ts'
import { DocumentsBucketEnvironment, documentsClient, openStoredObjects } from './stored-objects.ts'

/** `DOCUMENTS_LIMITS`: JSON. */
const Environment = z.extend(DocumentsBucketEnvironment, { DOCUMENTS_LIMITS: z.string() })

const open = () => {
  const config = readConfig()
  const { DOCUMENTS_BUCKET, DOCUMENTS_LIMITS } = readEnvironment(Environment)
  const client = openDynamoDb(answering)
  const platform = openPlatform(config, documentsAccess, client)
  if (!config.documents) throw new Error('The function of documents has no documents bucket configured')
  return documentsHandler(platform, {
    limits: z.parse(Limits, JSON.parse(DOCUMENTS_LIMITS)),
    objects: openStoredObjects(documentsClient(), DOCUMENTS_BUCKET),
    signGet: openSignedGets(config.documents, client.config, platform.now),
  })
}

export const handler = open()
