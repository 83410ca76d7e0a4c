import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { argsOf, type ItemPattern, type Key } from '../../functions/platform/pattern.ts'
import { root } from '../../lib/platform/root.ts'

const isItemPattern = (value: unknown): value is ItemPattern =>
  typeof value === 'object' && value !== null && 'pk' in value && 'sk' in value && 'item' in value

/** Every pattern of one item that the sources declare, by its name in the object it is declared in. */
export const itemPatterns = async (): Promise<ReadonlyMap<string, ItemPattern>> => {
  const found = new Map<string, ItemPattern>()
  for (const file of globSync('functions/**/*.ts', { cwd: root })) {
    const path = join(root, file)
    if (!/import \{[^}]*\bone\b[^}]*\} from '[^']*\/pattern\.ts'/.test(readFileSync(path, 'utf8'))) continue
    const module: Readonly<Record<string, unknown>> = await import(path)
    for (const [name, declared] of Object.entries(module))
      for (const [pattern, value] of Object.entries(typeof declared === 'object' && declared ? declared : {}))
        if (isItemPattern(value)) found.set(`${name}.${pattern}`, value)
  }
  return found
}

/** The patterns that an item's key is of, by their names. */
export const patternsOf = (patterns: ReadonlyMap<string, ItemPattern>, key: Key): [string, ItemPattern][] =>
  [...patterns].filter(([, pattern]) => argsOf(pattern, key) !== undefined)
