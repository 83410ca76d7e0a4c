import { existsSync } from 'node:fs'
import { cp, mkdir, readFile, rename, symlink, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { itemGenerations } from '../../shared/kernel/item-generation.ts'

/** Response headers of the changed news function: by which it is known, and what a scan of the table was answered. */
export const releaseHeader = 'x-preau-release'
export const scanHeader = 'x-preau-scan'

const left = ['node_modules', '.git', '.preau', 'cdk.out', 'dist', 'coverage']

const replaced = async (file: string, pairs: Readonly<Record<string, string>>): Promise<void> => {
  let text = await readFile(file, 'utf8')
  for (const [before, after] of Object.entries(pairs)) {
    if (!text.includes(before)) throw new Error(`${file} has no ${before} to change`)
    text = text.replace(before, after)
  }
  await writeFile(file, text)
}

/** Gives the copy a generation of items of its own: accounts without a language get French. */
const migrating = async (copy: string): Promise<void> => {
  const { current } = itemGenerations
  await replaced(join(copy, 'shared/kernel/item-generation.ts'), { [`current: ${current}`]: `current: ${current + 1}` })
  const account = "import { accountPatterns } from '../functions/session/accounts.ts'\n"
  await replaced(join(copy, 'lib/features.ts'), {
    'migrationAccesses: readonly Access[] = [':
      'migrationAccesses: readonly Access[] = [{ get: [accountPatterns.account], update: [accountPatterns.account] },',
    import: `${account}import`,
  })
  await replaced(join(copy, 'functions/features.ts'), {
    'migrations: readonly Migration[] = [': 'migrations: readonly Migration[] = [languages,',
    import: "import { languages } from './session/migrations.ts'\nimport",
  })
  await writeFile(
    join(copy, 'functions/session/migrations.ts'),
    `import { uses } from '../platform/access.ts'
import { migration } from '../platform/migration.ts'
import { update } from '../platform/operation.ts'
import { accountPatterns } from './accounts.ts'
const { account } = accountPatterns
export const languages = migration({
  generation: ${current + 1},
  access: uses({ get: [account], update: [account] }),
  of: account,
  change: (_, args, { language }) =>
    language === undefined ? [update('language', account, args, { set: { language: 'fr' } }, { lacks: ['language'] })] : [],
})
`,
  )
}

/**
 * Copies the project at `root` to `copy`, where the news function is another: its handler adds headers to whatever it
 * answered before, and has tried what its role does not allow. Items are of a further generation there. What was built of
 * the web app is copied.
 */
export const changedCopy = async (root: string, copy: string): Promise<void> => {
  await cp(root, copy, { recursive: true, filter: path => !left.includes(basename(path)) })
  await mkdir(join(copy, 'dist'))
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'), 'dir')
  await cp(join(root, 'dist/site'), join(copy, 'dist/site'), { recursive: true })
  await migrating(copy)
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
