import { openSignedGets } from '../documents/signed-get.ts'
import { answering, openDynamoDb } from '../platform/dynamodb.ts'
import { openPlatform, readConfig } from '../platform/platform.ts'
import { workAccess } from './access.ts'
import { workHandler } from './work.ts'

const open = () => {
  const config = readConfig()
  const client = openDynamoDb(answering)
  const platform = openPlatform(config, workAccess, client)
  if (!config.documents) throw new Error('The function of work has no documents bucket configured')
  return workHandler(platform, { signGet: openSignedGets(config.documents, client.config, platform.now) })
}

export const handler = open()
