import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { cruise, type ICruiseResult } from 'dependency-cruiser'
import configuration from '../../dependency-cruiser.config.ts'
import { root } from '../../lib/platform/root.ts'

const folders = ['bin', 'lib', 'functions', 'shared', 'web', 'test']

/** Files by their paths from the project's folder, with what they hold. */
export type Files = Readonly<Record<string, string>>

/** The specifier with which `from` imports `to`: a file of the project by its path from there, or a package's name. */
export const specifier = (from: string, to: string): string => {
  if (!folders.some(folder => to.startsWith(`${folder}/`))) return to
  const path = relative(dirname(from), to)
  return path.startsWith('.') ? path : `./${path}`
}

/** What each layer's list imports. See the rules whose names end in `not-listed`. */
const declarations: Readonly<Record<string, RegExp>> = {
  'shared/features.ts': /^shared\/[^/]+\/contract\.ts$/,
  'functions/features.ts': /^functions\/(?!platform\/)[^/]+\/(deliveries|clock)\.ts$/,
  'lib/features.ts': /^lib\/(?!(app|territory-stack|territories|features)\.ts$)[^/]+\.ts$/,
  'web/features.ts': /^web\/[^/]+\/feature\.ts$/,
}

/** `files`, and in front of what they hold the imports with which each layer's list names all its declarations. */
export const withLists = (files: Files): Files => {
  const all: Record<string, string> = { ...files }
  for (const [list, declaration] of Object.entries(declarations)) {
    const imports = Object.keys(files).filter(path => declaration.test(path))
    const lines = imports.map(path => `import '${specifier(list, path)}'\n`).join('')
    if (lines) all[list] = `${lines}${files[list] ?? ''}`
  }
  return all
}

/** A folder with `files` in it, and with the project's packages. */
export const writeFixture = (files: Files): { readonly folder: string; readonly remove: () => void } => {
  const folder = mkdtempSync(join(tmpdir(), 'imports-'))
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  copyFileSync(join(root, 'package.json'), join(folder, 'package.json'))
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  return { folder, remove: () => rmSync(folder, { recursive: true }) }
}

/** The project's rules over the project that stands in `folder`. */
export const checkImports = async (folder: string): Promise<ICruiseResult> => {
  const { forbidden, options } = configuration
  const present = folders.filter(name => existsSync(join(folder, name)))
  const { output } = await cruise(present, { ...options, ruleSet: { forbidden }, validate: true, baseDir: folder })
  if (typeof output === 'string') throw new Error(`dependency-cruiser answered with a text: ${output}`)
  return output
}

/** The names of the rules that `files` break, each once, in alphabetical order. */
export const brokenRules = async (files: Files): Promise<readonly string[]> => {
  const { folder, remove } = writeFixture(files)
  try {
    const { summary } = await checkImports(folder)
    return [...new Set(summary.violations.map(one => one.rule.name))].sort()
  } finally {
    remove()
  }
}
