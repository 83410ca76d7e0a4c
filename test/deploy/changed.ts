import { existsSync } from 'node:fs'
import { cp, rename, symlink, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'

/** The response header by which the changed news function is known. */
export const releaseHeader = 'x-preau-release'

const left = ['node_modules', '.git', '.preau', 'cdk.out', 'coverage']

/**
 * Copies the project at `root` to `copy`, where the news function is another: its handler adds a header to whatever it
 * answered before. What was built of the web app is copied too, as its sources are the same.
 */
export const changedCopy = async (root: string, copy: string): Promise<void> => {
  await cp(root, copy, { recursive: true, filter: path => !left.includes(basename(path)) })
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'), 'dir')
  const [handler, before] = ['handler.ts', 'handler-before.ts'].map(name => join(copy, 'functions/news', name))
  if (!handler || !before || !existsSync(handler)) throw new Error('the news function has no handler.ts to change')
  await rename(handler, before)
  await writeFile(
    handler,
    `import { handler as before } from './handler-before.ts'
export const handler = async (event, context) => {
  const reply = await before(event, context)
  return { ...reply, headers: { ...reply.headers, '${releaseHeader}': 'second' } }
}
`,
  )
}
