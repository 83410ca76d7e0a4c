import { existsSync } from 'node:fs'
import { cp, mkdir, rename, symlink, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'

/** Response headers of the changed news function: by which it is known, and what a scan of the table was answered. */
export const releaseHeader = 'x-preau-release'
export const scanHeader = 'x-preau-scan'

const left = ['node_modules', '.git', '.preau', 'cdk.out', 'dist', 'coverage']

/**
 * Copies the project at `root` to `copy`, where the news function is another: its handler adds headers to whatever it
 * answered before, and has tried what its role does not allow. What was built of the web app is shared, as its sources are the same.
 */
export const changedCopy = async (root: string, copy: string): Promise<void> => {
  await cp(root, copy, { recursive: true, filter: path => !left.includes(basename(path)) })
  await mkdir(join(copy, 'dist'))
  for (const folder of ['node_modules', 'dist/site']) await symlink(join(root, folder), join(copy, folder), 'dir')
  const [handler, before] = ['handler.ts', 'handler-before.ts'].map(name => join(copy, 'functions/news', name))
  if (!handler || !before || !existsSync(handler)) throw new Error('the news function has no handler.ts to change')
  await rename(handler, before)
  await writeFile(
    handler,
    `import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb'
import { handler as before } from './handler-before.ts'
const client = new DynamoDBClient({})
const scan = async () => {
  try {
    await client.send(new ScanCommand({ TableName: process.env.TABLE_NAME, Limit: 1 }))
    return 'allowed'
  } catch (error) {
    return error.name
  }
}
export const handler = async (event, context) => {
  const reply = await before(event, context)
  return { ...reply, headers: { ...reply.headers, '${releaseHeader}': 'second', '${scanHeader}': await scan() } }
}
`,
  )
}
