import { parentPort, workerData } from 'node:worker_threads'
import { importAccess } from '../../../../functions/directory/access.ts'
import { importFeed } from '../../../../functions/directory/import/import.ts'
import { openTable } from '../../../../functions/platform/open-table.ts'
import { localClient } from '../../../support/dynamodb.ts'

const { endpoint, table, path } = workerData as { endpoint: string; table: string; path: string }
const client = localClient(endpoint)
const now = () => new Date()
parentPort?.postMessage(await importFeed({ table: openTable(table, importAccess, now, client), now }, { path }))
client.destroy()
