import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildSync } from 'esbuild'
import { describe, expect, it } from 'vitest'
import { patterns } from '../../functions/platform/patterns.ts'
import { root } from '../../lib/platform/root.ts'
import { ServiceFunction } from '../../lib/platform/service-function.ts'
import { appOf } from './check/app.ts'
import { at, list, ofType, synthesized } from './check/template.ts'

type Access = { actions: string[]; reads: string[]; writes: string[]; checks: string[] }

const sorted = (values: Iterable<string>) => [...new Set(values)].sort()

/** `N#`: what the partition keys of a pattern begin with. */
const beginningOf = (name: string): string => {
  const pattern = patterns[name as keyof typeof patterns]
  const place = 'key' in pattern ? pattern.key : pattern.partition
  const { pk } = (place as (...args: string[]) => { pk: string })('?', '?', '?', '?')
  return pk.includes('?') ? pk.slice(0, pk.indexOf('?')) : pk
}

/** What the sources behind an entry do with the table: every call is written with its pattern beside it. */
const usedBy = (entry: string): Access => {
  const built = buildSync({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    platform: 'node',
    write: false,
    metafile: true,
    format: 'esm',
  })
  const sources = Object.keys(built.metafile.inputs)
    .filter(path => path.startsWith('functions/') && !/platform\/(operation|table)\.ts$/.test(path))
    .map(path => readFileSync(join(root, path), 'utf8'))
  const operations = sources.flatMap(source => {
    const calls = source.match(/(?<![.\w])(?:put|update|remove|check)\((?!\))/g) ?? []
    const found = [...source.matchAll(/(?<![.\w])(put|update|remove|check)\(\s*'[^']*',\s*patterns\.(\w+)/g)]
    expect(found, 'each operation names its pattern').toHaveLength(source.includes('operation.ts') ? calls.length : 0)
    return found.map(([, operation = '', pattern = '']) => ({ operation, begins: beginningOf(pattern) }))
  })
  const reads = sources.flatMap(source => {
    const calls = source.match(/\btable\.(?:get|getMany|list|all)\(/g) ?? []
    const found = [...source.matchAll(/\btable\.(get|getMany|list|all)\(\s*patterns\.(\w+)/g)]
    expect(found, 'each read names its pattern').toHaveLength(calls.length)
    return found.map(([, how = '', pattern = '']) => ({ how, begins: beginningOf(pattern) }))
  })
  const action = { get: 'GetItem', getMany: 'BatchGetItem', list: 'Query', all: 'Query' }
  const write = { put: 'PutItem', update: 'UpdateItem', remove: 'DeleteItem', check: 'ConditionCheckItem' }
  return {
    actions: sorted([
      ...reads.map(({ how }) => `dynamodb:${action[how as keyof typeof action]}`),
      ...operations.map(({ operation }) => `dynamodb:${write[operation as keyof typeof write]}`),
    ]),
    reads: sorted(reads.map(one => `${one.begins}*`)),
    writes: sorted(operations.filter(one => one.operation !== 'check').map(one => `${one.begins}*`)),
    checks: sorted(operations.filter(one => one.operation === 'check').map(one => `${one.begins}*`)),
  }
}

/** What the synthesized policies let a function do with the table. */
const allowedTo = async (name: string): Promise<Access> => {
  const template = await synthesized('demo')
  const fn = ofType(template, 'AWS::Lambda::Function').find(
    ([, one]) => at(one, 'FunctionName') === `preau-demo-${name}`,
  )
  const role = at(fn?.[1], 'Role', 'Fn::GetAtt', 0)
  const statements = ofType(template, 'AWS::IAM::Policy')
    .filter(([, policy]) => list(at(policy, 'Roles')).some(one => at(one, 'Ref') === role))
    .flatMap(([, policy]) => list(at(policy, 'PolicyDocument', 'Statement')))
    .filter(statement => at(statement, 'Resource', 'Fn::GetAtt', 1) === 'Arn')
    .map(statement => ({
      actions: (list(at(statement, 'Action')) as string[]).filter(action => action.startsWith('dynamodb:')),
      partitions: list(at(statement, 'Condition', 'ForAllValues:StringLike', 'dynamodb:LeadingKeys')) as string[],
    }))
    .filter(({ actions }) => actions.length > 0)
  const partitionsOf = (pattern: RegExp) =>
    sorted(statements.filter(one => one.actions.some(action => pattern.test(action))).flatMap(one => one.partitions))
  return {
    actions: sorted(statements.flatMap(one => one.actions)),
    reads: partitionsOf(/:(GetItem|BatchGetItem|Query)$/),
    writes: partitionsOf(/:(Put|Update|Delete)Item$/),
    checks: partitionsOf(/:ConditionCheckItem$/),
  }
}

const services = appOf('demo')
  .stack.node.findAll()
  .filter(one => one instanceof ServiceFunction)
  .map(one => one.service)
  .filter(one => one.name !== 'site')
  .sort((a, b) => a.name.localeCompare(b.name))

describe('a function may do with the table what its code does, and nothing else', () => {
  const names = ['delivery', 'directory', 'keys', 'news', 'password', 'session']

  it('of every function that has the table', () => {
    expect(services.map(one => one.name)).toEqual(names)
  })
  it.each(names)('%s', async name => {
    const used = usedBy(services.find(one => one.name === name)?.entry ?? '')
    expect(used.writes.length).toBeGreaterThan(0)
    expect(await allowedTo(name)).toEqual(used)
  })
})
