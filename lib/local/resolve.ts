import type { Template } from './template.ts'

/** A resource's return values, as CloudFormation calls them: its Ref, and the attributes of Fn::GetAtt. */
export type ReturnValues = { readonly ref: string; readonly attributes: Readonly<Record<string, unknown>> }

export type Scope = {
  readonly template: Template
  /** AWS::AccountId and the like. */
  readonly pseudo: Readonly<Record<string, string>>
  /** The resources started so far, by logical id. */
  readonly started: ReadonlyMap<string, ReturnValues>
  /** The exports of other stacks, by name. */
  readonly imports: ReadonlyMap<string, unknown>
}

type Part = Record<string, unknown>

const isPart = (value: unknown): value is Part => typeof value === 'object' && value !== null && !Array.isArray(value)

const reference = (name: string, scope: Scope): unknown => {
  if (name === 'AWS::NoValue') return undefined
  if (name in scope.pseudo) return scope.pseudo[name]
  const resource = scope.started.get(name)
  if (resource) return resource.ref
  const parameter = scope.template.Parameters?.[name]
  if (parameter?.Default !== undefined) return parameter.Default
  throw new Error(`The template refers to ${name}, which has no value here`)
}

const attribute = (name: string, path: string, scope: Scope): unknown => {
  const resource = scope.started.get(name)
  if (!resource) throw new Error(`The template refers to ${path} of ${name}, which was not started`)
  if (!(path in resource.attributes)) throw new Error(`${name} has no attribute ${path} on this machine`)
  return resource.attributes[path]
}

const substitute = (given: unknown, scope: Scope): string => {
  const [text, variables] = Array.isArray(given)
    ? [String(given[0]), resolve(given[1], scope) as Part]
    : [String(given), {} as Part]
  return text.replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
    if (literal) return `\${${name}}`
    if (name in variables) return String(variables[name])
    const [id = '', ...path] = name.split('.')
    return String(path.length > 0 ? attribute(id, path.join('.'), scope) : reference(name, scope))
  })
}

/** The value of a condition, given by name or as an expression. */
const isTrue = (condition: unknown, scope: Scope): boolean => {
  if (typeof condition === 'string') {
    const declared = scope.template.Conditions?.[condition]
    if (declared === undefined) throw new Error(`The template has no condition ${condition}`)
    return isTrue(declared, scope)
  }
  const [[name = '', given] = []] = Object.entries(isPart(condition) ? condition : {})
  const parts = Array.isArray(given) ? given : [given]
  if (name === 'Condition') return isTrue(given, scope)
  if (name === 'Fn::Equals') return resolve(parts[0], scope) === resolve(parts[1], scope)
  if (name === 'Fn::Not') return !isTrue(parts[0], scope)
  if (name === 'Fn::And') return parts.every(part => isTrue(part, scope))
  if (name === 'Fn::Or') return parts.some(part => isTrue(part, scope))
  throw new Error(`The template has a condition with ${name || JSON.stringify(condition)}, which is not supported here`)
}

/** Whether a resource is to be created: it has no condition, or a true one. */
export const isConditionMet = (id: string, scope: Scope): boolean => {
  const condition = scope.template.Resources[id]?.Condition
  return condition === undefined || isTrue(condition, scope)
}

type Intrinsic = (given: unknown, scope: Scope) => unknown

const list = (given: unknown, scope: Scope): unknown[] => {
  const value = resolve(given, scope)
  if (!Array.isArray(value)) throw new Error(`The template needs a list where it has ${JSON.stringify(given)}`)
  return value
}

const intrinsics: Readonly<Record<string, Intrinsic>> = {
  Ref: (given, scope) => reference(String(given), scope),
  'Fn::GetAtt': (given, scope) => {
    const [name = '', ...path] = Array.isArray(given) ? given.map(String) : String(given).split('.')
    return attribute(name, path.join('.'), scope)
  },
  'Fn::Sub': substitute,
  'Fn::Join': (given, scope) => {
    const [separator, parts] = given as [string, unknown]
    return list(parts, scope).join(separator)
  },
  'Fn::Select': (given, scope) => {
    const [index, parts] = given as [unknown, unknown]
    return list(parts, scope)[Number(resolve(index, scope))]
  },
  'Fn::Split': (given, scope) => {
    const [separator, text] = given as [string, unknown]
    return String(resolve(text, scope)).split(separator)
  },
  'Fn::ImportValue': (given, scope) => {
    const name = String(resolve(given, scope))
    if (!scope.imports.has(name)) throw new Error(`No stack exports ${name}`)
    return scope.imports.get(name)
  },
  'Fn::FindInMap': (given, scope) => {
    const [map = '', first = '', second = ''] = list(given, scope).map(String)
    const value = scope.template.Mappings?.[map]?.[first]?.[second]
    if (value === undefined) throw new Error(`The template's mapping ${map} has no ${first}, ${second}`)
    return value
  },
  'Fn::If': (given, scope) => {
    const [condition, yes, no] = given as [string, unknown, unknown]
    return resolve(isTrue(condition, scope) ? yes : no, scope)
  },
  'Fn::Base64': (given, scope) => Buffer.from(String(resolve(given, scope))).toString('base64'),
}

/**
 * A part of a template with its references and intrinsic functions replaced by their values, without members that are
 * AWS::NoValue. Throws an error that names what has no value on this machine.
 */
export const resolve = (value: unknown, scope: Scope): unknown => {
  if (typeof value === 'string' && value.includes('{{resolve:'))
    throw new Error(`The template looks up ${value}, which this machine does not have`)
  if (Array.isArray(value)) return value.map(part => resolve(part, scope)).filter(part => part !== undefined)
  if (!isPart(value)) return value
  const entries = Object.entries(value)
  const [[name = '', given] = []] = entries
  if (entries.length === 1 && (name === 'Ref' || name.startsWith('Fn::'))) {
    const intrinsic = intrinsics[name]
    if (!intrinsic) throw new Error(`The template uses ${name}, which is not supported here`)
    return intrinsic(given, scope)
  }
  return Object.fromEntries(
    entries.map(([key, part]) => [key, resolve(part, scope)]).filter(([, part]) => part !== undefined),
  )
}
