import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildSync, type Metafile } from 'esbuild'
import { describe, expect, it } from 'vitest'
import { beat } from '../../functions/delivery/beat.ts'
import { boardDeliveries, renderingInto } from '../../functions/delivery/boards.ts'
import { migrationDeliveries } from '../../functions/delivery/migrations.ts'
import { redeliveries } from '../../functions/delivery/redelivery.ts'
import { orderingAccess } from '../../functions/directory/erasing/access.ts'
import { arrivalsAccess } from '../../functions/documents/access.ts'
import { clocks, erasures, features, migrations } from '../../functions/features.ts'
import {
  type Access,
  actionsOf,
  type ChangeEvent,
  changeEvents,
  clockAccess,
  erasureAccess,
  keysAccess,
  lossesAccess,
  migrationOrderAccess,
  migrationsAccess,
  redeliveryAccess,
  supersededAccess,
  sweepAccess,
} from '../../functions/platform/access.ts'
import type { ItemPattern, Pattern } from '../../functions/platform/pattern.ts'
import { platformPatterns } from '../../functions/platform/patterns.ts'
import { boardsRebuildAccess, importsAccess, migrationAccesses, renderingAccesses } from '../../lib/features.ts'
import { eventFilter } from '../../lib/local/event-filter.ts'
import { root } from '../../lib/platform/root.ts'
import { ServiceFunction } from '../../lib/platform/service-function.ts'
import { itemGenerations } from '../../shared/kernel/item-generation.ts'
import { functions } from '../features.ts'
import { appOf } from './check/app.ts'
import { at, list, ofType, synthesized } from './check/template.ts'

/** The declared table access of each function that uses the table. */
const declared: Readonly<Record<string, readonly Access[]>> = {
  ...Object.fromEntries(Object.entries(functions).map(([name, { access }]) => [name, access])),
  delivery: [
    ...Object.values(features).flatMap(feature => (feature ? [feature.access] : [])),
    ...renderingAccesses,
    migrationsAccess,
    redeliveryAccess,
    ...migrationAccesses,
  ],
  arrivals: [arrivalsAccess],
  boards: [boardsRebuildAccess],
  clock: [
    clockAccess,
    supersededAccess,
    ...Object.values(clocks).flatMap(feature => (feature ? [feature.access] : [])),
    sweepAccess,
    erasureAccess,
    ...Object.values(erasures).flatMap(feature => feature?.access ?? []),
  ],
  imports: [importsAccess],
  keys: [keysAccess],
  losses: [lossesAccess],
  migrations: [migrationOrderAccess],
}

const services = appOf('demo')
  .stack.node.findAll()
  .filter(one => one instanceof ServiceFunction)
  .map(one => one.service)
const bundleOf = (entry: string): Metafile['inputs'] =>
  buildSync({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    platform: 'node',
    write: false,
    metafile: true,
    format: 'esm',
  }).metafile.inputs

/** What the door of documents consists of: the files by which other features hang documents. */
const attachments = ['attachments', 'private-attachments', 'signed-get'].flatMap(door =>
  Object.keys(bundleOf(`functions/documents/${door}.ts`)),
)

/** A function's access to the table by the synthesized policies: the partitions of each action. */
const allowedTo = async (name: string): Promise<Record<string, string[]>> => {
  const template = await synthesized('demo')
  const fn = ofType(template, 'AWS::Lambda::Function').find(
    ([, one]) => at(one, 'FunctionName') === `preau-demo-${name}`,
  )
  const role = at(fn?.[1], 'Role', 'Fn::GetAtt', 0)
  const statements = ofType(template, 'AWS::IAM::Policy')
    .filter(([, policy]) => list(at(policy, 'Roles')).some(one => at(one, 'Ref') === role))
    .flatMap(([, policy]) => list(at(policy, 'PolicyDocument', 'Statement')))
    .filter(statement => at(statement, 'Resource', 'Fn::GetAtt', 1) === 'Arn')
  const allowed: Record<string, string[]> = {}
  for (const statement of statements) {
    const actions = [at(statement, 'Action')].flat().filter(action => String(action).startsWith('dynamodb:'))
    if (actions.length === 0) continue
    const partitions = [at(statement, 'Condition', 'ForAllValues:StringLike', 'dynamodb:LeadingKeys')].flat()
    for (const action of actions) allowed[String(action)] = partitions.map(String).sort()
  }
  return allowed
}

describe('the IAM policies grant exactly the declared table access', () => {
  it('of every function that uses the table', () => {
    const names = services.map(one => one.name).filter(name => name !== 'site')
    expect(names.sort()).toEqual(Object.keys(declared).sort())
  })

  it.each(Object.keys(declared))('%s', async name => {
    const expected = [...actionsOf(declared[name] ?? [])].map(([action, partitions]) => [
      `dynamodb:${action}`,
      partitions.map(prefix => `${prefix}*`).sort(),
    ])
    expect(expected.length).toBeGreaterThan(0)
    // Erasing people reads all items, which no condition on partitions bounds.
    const all = name === 'clock' ? { 'dynamodb:Scan': ['undefined'] } : {}
    expect(await allowedTo(name)).toEqual({ ...Object.fromEntries(expected), ...all })
  })
})

describe('the secret of second factors', () => {
  /** Whether a function may do anything at all with the secret's partition. */
  const reaches = async (name: string): Promise<boolean> => {
    const { 'dynamodb:Scan': _, ...bounded } = await allowedTo(name)
    const prefixes = Object.values(bounded).flatMap(partitions => partitions.map(one => one.replace(/\*$/, '')))
    return prefixes.some(prefix => platformPatterns.factorsKey.pk.startsWith(prefix))
  }

  it('is in the reach of the functions that need it alone, by the synthesized policies', async () => {
    const reached: string[] = []
    for (const name of Object.keys(declared)) if (await reaches(name)) reached.push(name)
    expect(reached.sort()).toEqual(['factor', 'keys'])
  })
})

describe('people’s items, which say what somebody may do', () => {
  /** The functions that the policies allow one of these actions on them. */
  const allowedAny = async (...actions: string[]) => {
    const names: string[] = []
    for (const name of Object.keys(declared)) {
      const allowed = await allowedTo(name)
      const partitions = actions.flatMap(action => allowed[`dynamodb:${action}`] ?? [])
      if (partitions.some(one => 'P#'.startsWith(one.replace(/\*$/, '')))) names.push(name)
    }
    return names.sort()
  }

  it('may be written by the functions that follow the directory alone, by the synthesized policies', async () => {
    expect(await allowedAny('PutItem', 'UpdateItem', 'BatchWriteItem')).toEqual(['clock', 'delivery', 'imports'])
  })

  it('may be removed by those that erase who left alone', async () => {
    expect(await allowedAny('DeleteItem')).toEqual(['clock', 'directory'])
  })
})

const isPattern = (value: unknown): value is Pattern =>
  typeof value === 'object' && value !== null && 'pk' in value && 'item' in value

/** Modules that declare items: each feature's own, those that other features import, and those of imports' runs. */
const doors = [
  'functions/directory/audiences.ts',
  'functions/directory/addressees.ts',
  'functions/directory/closed-groups.ts',
  'functions/documents/attachments.ts',
  'functions/session/accounts.ts',
  'functions/directory/import/change-patterns.ts',
  'functions/directory/import/runs.ts',
  'functions/directory/import/unattended/state.ts',
  'functions/platform/erasing/patterns.ts',
  'functions/platform/own-items.ts',
]
const modules: readonly object[] = await Promise.all(
  [...globSync('functions/**/{patterns,*-patterns}.ts', { cwd: root }), ...doors].map(path => import(join(root, path))),
)
const named: readonly (readonly [string, Pattern])[] = modules
  .flatMap(module => Object.values(module))
  .filter((value): value is object => typeof value === 'object' && value !== null)
  .flatMap(patterns => Object.entries(patterns))
  .flatMap(([name, pattern]) => (isPattern(pattern) ? [[name, pattern] as const] : []))

/** Regular expressions of the use of each verb with the pattern of a name, as the sources write it. */
const uses: Readonly<Record<Exclude<keyof Access, 'subscribes'>, (name: string) => RegExp>> = {
  get: name => new RegExp(`\\.get\\(\\s*(\\w+\\.)?${name}\\b`),
  getMany: name => new RegExp(`\\.getMany\\(\\s*(\\w+\\.)?${name}\\b`),
  query: name => new RegExp(`\\.(list|all|pages)\\(\\s*(\\w+\\.)?${name}\\b`),
  put: name => new RegExp(`\\bput\\(\\s*['\`][^'\`]*['\`],\\s*(\\w+\\.)?${name}\\b`),
  update: name => new RegExp(`\\bupdate\\(\\s*['\`][^'\`]*['\`],\\s*(\\w+\\.)?${name}\\b`),
  remove: name => new RegExp(`\\bremove\\(\\s*['\`][^'\`]*['\`],\\s*(\\w+\\.)?${name}\\b`),
  check: name => new RegExp(`\\bcheck\\(\\s*['\`][^'\`]*['\`],\\s*(\\w+\\.)?${name}\\b`),
  batch: name => new RegExp(`\\b(put|remove)\\(\\s*['\`][^'\`]*['\`],\\s*(\\w+\\.)?${name}\\b`),
}
/** The use of a pattern by a job, whose item functions/platform/job.ts reads and updates. */
const jobOf = (name: string) => new RegExp(`\\bjob\\(\\{[^}]*of: \\w+\\.${name}\\b`)

/** The use of a pattern by an eraser, whose items functions/platform/erasing/sweep.ts reads, updates and removes. */
const eraserOf = (name: string) => new RegExp(`\\b(removed|erased)\\(\\s*['\`][^'\`]*['\`],\\s*(\\w+\\.)?${name}\\b`)

/** Whether rows of a pattern are removed by the keys that imports noted (functions/directory/erasing/order.ts). */
const isRemovedByKey = (verb: string, pattern: Pattern, source: string): boolean =>
  verb === 'batch' && orderingAccess.batch.some(one => one === pattern) && /\bremoveByKey\(/.test(source)

describe('a function uses all table access that it declares', () => {
  it.each(Object.keys(declared))('%s', name => {
    const inputs = Object.keys(bundleOf(services.find(one => one.name === name)?.entry ?? ''))
    const source = inputs
      .filter(path => path.startsWith('functions/'))
      .map(path => readFileSync(join(root, path), 'utf8'))
      .join('\n')
    const unused = (declared[name] ?? []).flatMap(access =>
      (Object.keys(uses) as (keyof typeof uses)[]).flatMap(verb =>
        (access[verb] ?? []).flatMap((pattern: Pattern) => {
          const names = named.filter(([, one]) => one === pattern).map(([own]) => own)
          const ways = (own: string) => [uses[verb](own), jobOf(own), eraserOf(own)]
          const isUsed =
            names.some(own => ways(own).some(way => way.test(source))) || isRemovedByKey(verb, pattern, source)
          return isUsed ? [] : [`${verb} ${names}`]
        }),
      ),
    )
    expect(unused).toEqual([])
  })
})

describe('the filter of the stream', () => {
  const recordOf = ({ pk, sk }: Pick<ItemPattern, 'pk' | 'sk'>, eventName: ChangeEvent) => {
    const filled = (template: string) => ({ S: template.replace(/\{\w+\}/g, 'x') })
    return { eventName, dynamodb: { Keys: { pk: filled(pk), sk: filled(sk) } } }
  }
  const deliveryMapping = async () =>
    ofType(await synthesized('demo'), 'AWS::Lambda::EventSourceMapping').find(([id]) => id.startsWith('Delivery'))
  const filterOf = async () => eventFilter(at((await deliveryMapping())?.[1], 'FilterCriteria') as never)

  /** The changes that the delivery function does something with. */
  const handled = new Set<string>()
  const nameOf = ({ pk, sk }: Pick<ItemPattern, 'pk' | 'sk'>, event: ChangeEvent) => `${event} ${pk} ${sk}`
  const listed = Object.values(features).flatMap(one => one ?? [])
  const rendering = renderingInto({} as never, {} as never, () => new Date())
  const opened = () => ({}) as never
  const all = [
    ...listed,
    ...boardDeliveries(rendering, listed, opened),
    migrationDeliveries({} as never, migrations, itemGenerations, opened),
    redeliveries({} as never),
    beat,
  ]
  for (const { of, on } of all.flatMap(({ subscriptions }) => subscriptions))
    for (const event of on) for (const pattern of of) handled.add(nameOf(pattern, event))

  it('passes every change that something is done with', async () => {
    const passes = await filterOf()
    const patterns = all.flatMap(({ subscriptions }) => subscriptions).flatMap(({ of }) => of)
    const held = patterns.flatMap(pattern =>
      changeEvents
        .filter(event => handled.has(nameOf(pattern, event)) && !passes(recordOf(pattern, event)))
        .map(event => nameOf(pattern, event)),
    )
    expect(handled.size).toBeGreaterThan(15)
    expect(held).toEqual([])
  })

  it('passes no other change of any item', async () => {
    const passes = await filterOf()
    const items = named.flatMap(([, pattern]) => ('sk' in pattern ? [pattern] : []))
    const changes = items.flatMap(pattern => changeEvents.map(event => [pattern, event] as const))
    const passed = changes.filter(([pattern, event]) => passes(recordOf(pattern, event)))
    expect(passed.map(([pattern, event]) => nameOf(pattern, event)).filter(name => !handled.has(name))).toEqual([])
    // Renewals of sessions, sign-ins, and the counts of the news are most of what is written beside imports.
    const held = changes.filter(change => !passed.includes(change)).map(([pattern, event]) => nameOf(pattern, event))
    expect(held).toEqual(
      expect.arrayContaining([
        'MODIFY A#{person} SESSION#{session}',
        'INSERT A#{person} SESSION#{session}',
        'MODIFY N#{news} COUNTS',
        'INSERT P#{person} PERSON',
        'MODIFY S#{uai} F#{foundAs}#{person}',
      ]),
    )
  })

  it('is made of no more patterns than a mapping takes', async () => {
    const mapping = await deliveryMapping()
    // AWS Lambda Developer Guide, "Control which events Lambda sends to your function": five by default.
    expect(list(at(mapping?.[1], 'FilterCriteria', 'Filters')).length).toBeLessThanOrEqual(5)
  })
})

describe('an access declaration', () => {
  it.each(globSync('functions/*/access.ts', { cwd: root }))('%s reaches no SDK, so that lib/ may import it', entry => {
    expect(Object.keys(bundleOf(entry)).filter(path => /node_modules\/@(aws-sdk|smithy)\//.test(path))).toEqual([])
  })
})

describe('a function', () => {
  it.each(services.map(({ name, entry }) => [name, entry] as const))(
    '%s has no item declarations of another feature in its bundle',
    (name, entry) => {
      const own = entry.split('/')[1]
      const others = Object.keys(bundleOf(entry)).filter(path => {
        const [layer, feature] = path.split('/')
        if (layer !== 'functions' || feature === own || feature === 'platform' || path === 'functions/features.ts')
          return false
        return ![...doors, ...attachments].includes(path) && path !== 'functions/directory/identity.ts'
      })
      // The functions of the stream, of the clock and of Home contain what all features do there.
      expect(['delivery', 'clock', 'home'].includes(name) ? [] : others).toEqual([])
    },
  )
})
