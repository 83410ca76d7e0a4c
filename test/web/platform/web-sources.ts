import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync } from 'vite'
import { root } from '../../../lib/platform/root.ts'

/** A node of a syntax tree, as ESTree and its JSX extension name them. */
export type Node = { readonly type: string; readonly [field: string]: unknown }

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string'

/** The nodes right below `node`, in the order of the source. */
export const below = (node: Node): readonly Node[] =>
  Object.values(node).flatMap(value => (Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : []))

/** `node` and all the nodes below it. */
export function* nodesOf(node: Node): Generator<Node> {
  yield node
  for (const one of below(node)) yield* nodesOf(one)
}

/** The syntax tree of a script. `name` tells its kind by its ending. Throws where it does not parse. */
export const treeOf = (name: string, source: string): Node => {
  const { program, errors } = parseSync(name, source)
  if (errors[0]) throw new Error(`${name}: ${errors[0].message}`)
  return program as unknown as Node
}

export type Source = { readonly path: string; readonly tree: Node }

/** The web app's sources but its catalogues, by their paths from the project's folder. */
export const webSources = (): readonly Source[] =>
  globSync('web/**/*.{ts,tsx}', { cwd: root })
    .filter(path => !cataloguePaths().includes(path))
    .sort()
    .map(path => ({ path, tree: treeOf(path, readFileSync(join(root, path), 'utf8')) }))

/** The paths of the web app's catalogues. */
export const cataloguePaths = (): readonly string[] => globSync('web/**/{texts,*-texts}.ts', { cwd: root }).sort()
