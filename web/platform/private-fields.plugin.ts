import { readdirSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import type { Plugin } from 'vite'

type Node = { readonly type: string; readonly start: number; readonly end: number; readonly [field: string]: unknown }

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string'

/** The private names below `node`, and the fields that are declared without a value. */
const privateNodes = (node: Node): readonly Node[] => {
  const { type, key, value } = node
  if (type === 'PrivateIdentifier') return [node]
  if (type === 'PropertyDefinition' && isNode(key) && key.type === 'PrivateIdentifier' && !value) return [node]
  return Object.values(node).flat().filter(isNode).flatMap(privateNodes)
}

/**
 * Makes the private fields and methods of TanStack Query ordinary ones, with short names. For the browsers served, each
 * would be lowered to a WeakMap and calls of helpers: 0.8 KB more on the wire, and a look-up at each access. A name
 * begins with the number of its file in the folder: no class shares one with the class that it extends.
 */
export const privateFields = (): Plugin => ({
  name: 'preau-private-fields',
  apply: 'build',
  transform: {
    filter: { id: /\/@tanstack\/query-core\/build\/modern\/\w+\.js$/ },
    handler(code, id) {
      const file = readdirSync(dirname(id)).sort().indexOf(basename(id)).toString(36)
      const names = new Map<string, string>()
      const nameOf = (name: string): string => {
        const short = names.get(name) ?? `_${file}${names.size.toString(36)}`
        names.set(name, short)
        return short
      }
      // A field without a value is made where it is first assigned.
      const replaced = (node: Node) => (node.type === 'PrivateIdentifier' ? nameOf(String(node.name)) : '')
      const shortened = [...privateNodes(this.parse(code) as unknown as Node)]
        .sort((a, b) => b.start - a.start)
        .reduce((text, node) => text.slice(0, node.start) + replaced(node) + text.slice(node.end), code)
      return { code: shortened, map: null }
    },
  },
})
