import type { Plugin } from 'vite'

type Node = { readonly type: string; readonly start: number; readonly end: number; readonly [field: string]: unknown }

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string'

/**
 * What only the API reads of a contract: sentences of the OpenAPI document and of problem documents, what a route's
 * answer is bounded by, how long the edge keeps it.
 */
const serverOnly = new Set(['summary', 'title', 'within', 'cache'])
/** And of a route: the schemas of what is sent, which the client has the types of, and how it is answered. */
const ofRoutes = new Set([
  'kind',
  'params',
  'query',
  'body',
  'status',
  'setsCookies',
  'clearsCache',
  'refreshCookie',
  'throttle',
  'reachesOthers',
  'beforeFactor',
])
/** And of a contract: all but its routes, each of which names its problems. */
const ofContracts = new Set(['feature', 'function', 'problems', 'elsewhere', 'schemas'])

const nameOf = (node: Node): string => (node as { key?: { name?: string } }).key?.name ?? ''

/** The properties of an object literal that declares a route or a contract which the client does not read. */
const unreadIn = (node: Node): readonly Node[] => {
  const properties = node.type === 'ObjectExpression' ? (node.properties as readonly Node[]) : []
  const names = new Set(properties.map(nameOf))
  const unread = names.has('path') && names.has('method') ? ofRoutes : names.has('routes') ? ofContracts : undefined
  return properties.filter(one => unread?.has(nameOf(one)))
}

/**
 * The properties of object literals with these names, but for those that are schemas of a field (`title: z.string()`).
 */
const propertiesIn = (node: Node): readonly Node[] => {
  const { value } = node as { value?: Node }
  const isServerOnly = node.type === 'Property' && serverOnly.has(nameOf(node)) && value !== undefined
  if (isServerOnly && !(value.type === 'CallExpression' && (value.callee as Node).type === 'MemberExpression'))
    return [node]
  const unread = unreadIn(node)
  const inner = Object.values(node).flat().filter(isNode)
  return [...unread, ...inner.filter(one => !unread.includes(one)).flatMap(propertiesIn)]
}

/**
 * Leaves these properties of contracts and problems (shared/<feature>/contract.ts, *-contract.ts, *-routes.ts and problems.ts,
 * shared/kernel/problem.ts) out of the browser's bundle, so that a route costs there no more than what the client reads
 * of it.
 */
export const contracts = (): Plugin => ({
  name: 'preau-contracts',
  apply: 'build',
  transform: {
    filter: { id: /\/shared\/([a-z]+\/(contract|[a-z-]+-contract|[a-z-]+-routes|problems)|kernel\/problem)\.ts$/ },
    handler(code) {
      const properties = propertiesIn(this.parse(code) as unknown as Node)
      const shortened = [...properties]
        .sort((a, b) => b.start - a.start)
        .reduce((text, { start, end }) => text.slice(0, start) + text.slice(end).replace(/^\s*,/, ''), code)
      return { code: shortened, map: null }
    },
  },
})
