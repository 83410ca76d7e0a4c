import { parentPort, workerData } from 'node:worker_threads'
import { importFeed } from '../../../../functions/directory/import/import.ts'
import { localClient } from '../../../support/dynamodb.ts'

const { endpoint, table, path } = workerData as { endpoint: string; table: string; path: string }
const client = localClient(endpoint)
parentPort?.postMessage(await importFeed({ client, table, path, now: () => new Date() }))
client.destroy()
