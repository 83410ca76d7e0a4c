import type { Plugin } from 'vite'

type Node = { readonly type: string; readonly start: number; readonly end: number; readonly [field: string]: unknown }

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string'

/**
 * What only the API reads of a contract: sentences of the OpenAPI document and of problem documents, what a route's answer
 * is bounded by, how long the edge keeps it.
 */
const serverOnly = new Set(['summary', 'title', 'within', 'cache'])

/** The properties of object literals with these names, but for those that are schemas of a field (`title: z.string()`). */
const propertiesIn = (node: Node): readonly Node[] => {
  const { key, value } = node as { key?: { name?: string }; value?: Node }
  const isServerOnly = node.type === 'Property' && serverOnly.has(key?.name ?? '') && value !== undefined
  if (isServerOnly && !(value.type === 'CallExpression' && (value.callee as Node).type === 'MemberExpression'))
    return [node]
  return Object.values(node).flat().filter(isNode).flatMap(propertiesIn)
}

/**
 * Leaves these properties of contracts and problems (shared/<feature>/contract.ts, shared/kernel/problem.ts) out of the
 * browser's bundle, so that a route costs there no more than what the client reads of it.
 */
export const contracts = (): Plugin => ({
  name: 'preau-contracts',
  apply: 'build',
  transform: {
    filter: { id: /\/shared\/([a-z]+\/contract|kernel\/problem)\.ts$/ },
    handler(code) {
      const properties = propertiesIn(this.parse(code) as unknown as Node)
      const shortened = [...properties]
        .sort((a, b) => b.start - a.start)
        .reduce((text, { start, end }) => text.slice(0, start) + text.slice(end).replace(/^\s*,/, ''), code)
      return { code: shortened, map: null }
    },
  },
})
