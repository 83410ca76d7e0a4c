import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync } from 'vite'
import { describe, expect, it } from 'vitest'
import configuration from '../../dependency-cruiser.config.ts'
import { root } from '../../lib/platform/root.ts'
import { allowed, forbidden } from './arrows.ts'
import { brokenRules, checkImports, type Files, specifier, withLists, writeFixture } from './fixture.ts'

const rules = configuration.forbidden ?? []

/** What a source of the project imports, as Vite's parser reads it. */
const importsOf = (path: string): readonly string[] => {
  const text = readFileSync(join(root, path), 'utf8')
  const { staticImports, staticExports, dynamicImports } = parseSync(path, text).module
  const entries = staticExports.flatMap(one => one.entries)
  const literals = dynamicImports.map(({ moduleRequest: { start, end } }) => text.slice(start, end))
  return [
    ...staticImports.map(one => one.moduleRequest.value),
    ...entries.flatMap(one => one.moduleRequest?.value ?? []),
    ...literals.flatMap(literal => /^(['"`])([^$]+)\1$/.exec(literal)?.[2] ?? []),
  ]
}

/** The rules that a file breaks by importing another one, which holds nothing, or a package. */
const brokenBy = (from: string, to: string): Promise<readonly string[]> => {
  const imported = specifier(from, to)
  const files = { [from]: `import '${imported}'\n` }
  return brokenRules(withLists(imported === to ? files : { [to]: '', ...files }))
}

/** What takes more than one import to break a rule, or none at all. */
const trees: readonly { readonly what: string; readonly files: Files; readonly broken: string }[] = [
  {
    what: 'a contract that shared/features.ts does not import',
    files: { 'shared/canteen/contract.ts': '' },
    broken: 'contract-not-listed',
  },
  {
    what: 'a contract that only another contract imports',
    files: {
      'shared/documents/contract.ts': '',
      'shared/canteen/contract.ts': "import '../documents/contract.ts'",
      'shared/features.ts': "import './canteen/contract.ts'",
    },
    broken: 'contract-not-listed',
  },
  {
    what: 'deliveries that functions/features.ts does not import',
    files: { 'functions/canteen/deliveries.ts': '', 'functions/features.ts': 'export {}' },
    broken: 'deliveries-not-listed',
  },
  {
    what: 'what is done when something is due, that functions/features.ts does not import',
    files: { 'functions/canteen/clock.ts': '', 'functions/features.ts': 'export {}' },
    broken: 'clock-not-listed',
  },
  {
    what: 'a part of the deployment that lib/features.ts does not import',
    files: { 'lib/canteen.ts': '', 'lib/features.ts': 'export {}' },
    broken: 'function-not-listed',
  },
  {
    what: 'a part of the app that web/features.ts does not import',
    files: { 'web/canteen/feature.ts': '', 'web/features.ts': 'export {}' },
    broken: 'screens-not-listed',
  },
  {
    what: 'a cycle of two files',
    files: {
      'functions/library/books.ts': "import './loans.ts'",
      'functions/library/loans.ts': "import './books.ts'",
    },
    broken: 'cycle',
  },
  {
    what: 'a cycle of three files that a type closes',
    files: {
      'functions/library/books.ts': "import './loans.ts'",
      'functions/library/loans.ts': "import './shelves.ts'",
      'functions/library/shelves.ts': "import type { Book } from './books.ts'",
    },
    broken: 'cycle',
  },
  {
    what: 'an import that leads nowhere',
    files: { 'functions/canteen/menus.ts': "import './gone.ts'" },
    broken: 'unresolved',
  },
]

describe('the rules of imports', () => {
  it.each(forbidden.map(([from, to, ...broken]) => ({ from, to, broken })))(
    'refuse $from → $to',
    async ({ from, to, broken }) => {
      expect(await brokenBy(from, to)).toEqual(broken)
    },
  )

  it.each(allowed.map(([from, to]) => ({ from, to })))('allow $from → $to', async ({ from, to }) => {
    expect(await brokenBy(from, to)).toEqual([])
  })

  it.each([
    "import { loans } from '../library/loans.ts'",
    "import type { Loan } from '../library/loans.ts'",
    "import { type Loan } from '../library/loans.ts'",
    "import * as loans from '../library/loans.ts'",
    "export { loans } from '../library/loans.ts'",
    "export type { Loan } from '../library/loans.ts'",
    "export * from '../library/loans.ts'",
    "export const late = async () => (await import('../library/loans.ts')).loans",
    'export const late = () => import(`../library/loans.ts`)',
  ])('see %s', async statement => {
    const loans = 'export type Loan = string\nexport const loans: Loan[] = []\n'
    for (const from of ['functions/canteen/menus.ts', 'functions/canteen/menus.tsx'])
      expect(await brokenRules({ [from]: statement, 'functions/library/loans.ts': loans })).toEqual([
        'functions-feature',
      ])
  })

  it.each(trees)('refuse $what', async ({ files, broken }) => {
    expect(await brokenRules(files)).toEqual([broken])
  })

  it('allow the types of a devDependency', async () => {
    const files = { 'functions/canteen/menus.ts': "import type { SQSEvent } from 'aws-lambda'" }
    expect(await brokenRules(files)).toEqual([])
  })

  it('are each tried here, and each say what to do instead', () => {
    const tried = [...forbidden.flatMap(([, , ...broken]) => broken), ...trees.map(({ broken }) => broken)]
    expect([...new Set(tried)].sort()).toEqual(rules.map(({ name }) => name).sort())
    for (const { name, comment } of rules) expect(comment, name).toMatch(/^.{30,}\.$/)
  })

  it('name no feature but the three that others build on, and Home, which is made of the others', () => {
    const known = new Set(['kernel', 'session', 'directory', 'documents', 'home'])
    const features = readdirSync(join(root, 'shared'), { withFileTypes: true })
      .filter(entry => entry.isDirectory() && !known.has(entry.name))
      .map(entry => entry.name)
    expect(features).not.toEqual([])
    const patterns = JSON.stringify(rules.map(rule => ({ ...rule, name: '', comment: '' })))
    for (const feature of features) expect(patterns).not.toMatch(new RegExp(`\\b${feature}\\b`))
  })
})

/** Runs a tool of the project in `folder`. */
const run = (folder: string, tool: string, ...args: readonly string[]) =>
  spawnSync(join(root, 'node_modules/.bin', tool), args, { cwd: folder, encoding: 'utf8' })

describe('npm run check', () => {
  it('says which rule a file breaks, and what to do instead', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      scripts: Record<'check' | 'check:imports', string>
    }
    expect(scripts.check).toContain('npm run --silent check:imports')
    const [tool = '', ...args] = scripts['check:imports'].split(' ')
    const { folder, remove } = writeFixture({
      'bin/region.ts': '',
      'lib/app.ts': '',
      'shared/kernel/ids.ts': '',
      'web/ui/tag.tsx': '',
      'test/journeys/news.test.ts': '',
      'functions/library/loans.ts': '',
      'functions/canteen/menus.ts': "import '../library/loans.ts'",
      'dependency-cruiser.config.ts': readFileSync(join(root, 'dependency-cruiser.config.ts'), 'utf8'),
    })
    try {
      const { status, stdout } = run(folder, tool, ...args)
      expect(stdout).toContain('functions-feature: functions/canteen/menus.ts → functions/library/loans.ts')
      // Wrapped to the width of a terminal.
      expect(stdout.replaceAll(/\s+/g, ' ')).toContain('Move what two features need to the platform')
      expect(status).toBe(1)
    } finally {
      remove()
    }
  })

  it('refuses a type that names its module on the spot, which the rules of imports do not see', () => {
    const { folder, remove } = writeFixture({
      'functions/canteen/menus.ts': "export type Loan = import('../library/loans.ts').Loan\n",
      'biome.json': JSON.stringify({ plugins: ['./no-import-types.grit'] }),
      'no-import-types.grit': readFileSync(join(root, '.biome/no-import-types.grit'), 'utf8'),
    })
    try {
      const { status, stderr } = run(folder, 'biome', 'lint', 'functions')
      expect(stderr).toContain('Import the type at the top of the file')
      expect(status).toBe(1)
    } finally {
      remove()
    }
  })

  it("sees every import in the project's sources that Vite's parser sees", async () => {
    const { modules } = await checkImports(root)
    const sources = modules.filter(({ source }) => /^(?!.*node_modules).*\.(ts|tsx|js)$/.test(source))
    expect(sources.length).toBeGreaterThan(300)
    // dependency-cruiser drops the prefix of modules that Node.js has without it too.
    const names = (specifiers: readonly string[]) => new Set(specifiers.map(name => name.replace(/^node:/, '')))
    for (const { source, dependencies } of sources)
      expect(names(dependencies.map(one => one.module)), source).toEqual(names(importsOf(source)))
  })
})
