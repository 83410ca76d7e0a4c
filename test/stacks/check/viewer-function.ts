import { parseAst } from 'vite'
import { at, ofType, type Template } from './template.ts'

/**
 * The syntax that CloudFront's JavaScript runtime 2.0 supports: ECMAScript 5.1 and some of later editions.
 * Source: Amazon CloudFront Developer Guide, "JavaScript runtime 2.0 features for CloudFront Functions".
 */
const known = new Set([
  'Program',
  'ImportDeclaration',
  'ImportDefaultSpecifier',
  'Identifier',
  'Literal',
  'TemplateLiteral',
  'TemplateElement',
  'VariableDeclaration',
  'VariableDeclarator',
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
  'BlockStatement',
  'ReturnStatement',
  'ExpressionStatement',
  'IfStatement',
  'ForStatement',
  'ForInStatement',
  'WhileStatement',
  'DoWhileStatement',
  'SwitchStatement',
  'SwitchCase',
  'BreakStatement',
  'ContinueStatement',
  'LabeledStatement',
  'EmptyStatement',
  'TryStatement',
  'CatchClause',
  'ThrowStatement',
  'CallExpression',
  'NewExpression',
  'MemberExpression',
  'ThisExpression',
  'ArrayExpression',
  'ObjectExpression',
  'Property',
  'UnaryExpression',
  'BinaryExpression',
  'LogicalExpression',
  'UpdateExpression',
  'AssignmentExpression',
  'ConditionalExpression',
  'SequenceExpression',
  'AwaitExpression',
])
const modules = new Set(['cloudfront', 'crypto', 'querystring', 'buffer'])
/** Unsupported operators, whose nodes have supported types. */
const laterOperators = new Set(['??', '??=', '||=', '&&='])
/** Globals that the runtime does not have. */
const absent = new Set([
  'eval',
  'Function',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'fetch',
  'XMLHttpRequest',
  'process',
  'URL',
  'URLSearchParams',
  'structuredClone',
  'Intl',
  'WeakRef',
  'BigInt',
  'require',
  'globalThis',
])

type Node = { readonly type: string; readonly [field: string]: unknown }
const isNode = (value: unknown): value is Node => typeof at(value, 'type') === 'string'

const faultOf = (node: Node): string | undefined => {
  if (!known.has(node.type)) return `uses ${node.type}`
  if (laterOperators.has(String(node.operator))) return `uses the operator ${node.operator}`
  if (node.type === 'Property' && node.shorthand) return 'uses shorthand properties'
  if (node.type === 'Identifier' && absent.has(String(node.name))) return `uses ${node.name}`
  if (node.type === 'CatchClause' && !node.param) return 'catches without a name'
  const module = String(at(node, 'source', 'value'))
  if (node.type === 'ImportDeclaration' && !modules.has(module)) return `imports ${module}`
  return undefined
}

/** Whether an identifier is a property name, as in `obj.fetch` and `{ process: 1 }`, and not a variable. */
const isPropertyName = (parent: Node, field: string) =>
  (parent.type === 'MemberExpression' && field === 'property' && !parent.computed) ||
  (parent.type === 'Property' && field === 'key' && !parent.computed)

const walk = (node: Node): string[] => {
  const own = faultOf(node)
  const inner = Object.entries(node).flatMap(([field, value]) =>
    isPropertyName(node, field) ? [] : [value].flat().filter(isNode).flatMap(walk),
  )
  return own ? [own, ...inner] : inner
}

/** Bytes of a function's code (CloudFront's quota). */
const largestCode = 10_240

/** The faults of a viewer function's code: what CloudFront would refuse, or what would fail when it runs. */
export const faultsOfCode = (code: string): string[] => {
  const faults: string[] = []
  const size = Buffer.byteLength(code)
  if (size > largestCode) faults.push(`has ${size} bytes, 10,240 at most`)
  try {
    faults.push(...walk(parseAst(code) as unknown as Node))
  } catch (error) {
    faults.push(`does not parse: ${error instanceof Error ? error.message.split('\n')[0] : error}`)
  }
  if (!/\bfunction handler\b/.test(code)) faults.push('has no function handler')
  return [...new Set(faults)]
}

/** The faults of every CloudFront function of a template. */
export const brokenViewerFunctions = (template: Template): string[] =>
  ofType(template, 'AWS::CloudFront::Function').flatMap(([id, fn]) => {
    const code = at(fn, 'FunctionCode')
    if (typeof code !== 'string') return [`${id}: its code is not in the template`]
    return faultsOfCode(code).map(fault => `${id}: ${fault}`)
  })
