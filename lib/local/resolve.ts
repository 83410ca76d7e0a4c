import type { Template } from './template.ts'

/** What a started resource is known by: its Ref, and the attributes Fn::GetAtt may ask for. */
export type Known = { readonly ref: string; readonly attributes: Readonly<Record<string, unknown>> }

export type Scope = {
  readonly template: Template
  /** AWS::AccountId and the like. */
  readonly pseudo: Readonly<Record<string, string>>
  /** By logical id. */
  readonly known: ReadonlyMap<string, Known>
  /** What other stacks export. */
  readonly imports: ReadonlyMap<string, unknown>
}

type Part = Record<string, unknown>

const isPart = (value: unknown): value is Part => typeof value === 'object' && value !== null && !Array.isArray(value)

const reference = (name: string, scope: Scope): unknown => {
  if (name === 'AWS::NoValue') return undefined
  if (name in scope.pseudo) return scope.pseudo[name]
  const known = scope.known.get(name)
  if (known) return known.ref
  const parameter = scope.template.Parameters?.[name]
  if (parameter?.Default !== undefined) return parameter.Default
  throw new Error(`The template refers to ${name}, which has no value here`)
}

const attribute = (name: string, path: string, scope: Scope): unknown => {
  const known = scope.known.get(name)
  if (!known) throw new Error(`The template asks for ${path} of ${name}, which was not started`)
  if (!(path in known.attributes)) throw new Error(`${name} has no attribute ${path} on this machine`)
  return known.attributes[path]
}

const substituted = (given: unknown, scope: Scope): string => {
  const [text, own] = Array.isArray(given) ? [String(given[0]), resolve(given[1], scope) as Part] : [String(given), {}]
  return text.replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
    if (literal) return `\${${name}}`
    if (name in own) return String(own[name])
    const [id = '', ...path] = name.split('.')
    return String(path.length > 0 ? attribute(id, path.join('.'), scope) : reference(name, scope))
  })
}

/** The value of a condition, by name or as written. */
const holds = (condition: unknown, scope: Scope): boolean => {
  if (typeof condition === 'string') {
    const declared = scope.template.Conditions?.[condition]
    if (declared === undefined) throw new Error(`The template has no condition ${condition}`)
    return holds(declared, scope)
  }
  const [[name = '', given] = []] = Object.entries(isPart(condition) ? condition : {})
  const parts = Array.isArray(given) ? given : [given]
  if (name === 'Condition') return holds(given, scope)
  if (name === 'Fn::Equals') return resolve(parts[0], scope) === resolve(parts[1], scope)
  if (name === 'Fn::Not') return !holds(parts[0], scope)
  if (name === 'Fn::And') return parts.every(part => holds(part, scope))
  if (name === 'Fn::Or') return parts.some(part => holds(part, scope))
  throw new Error(`The template states a condition by ${name || JSON.stringify(condition)}, which is not known here`)
}

/** Whether a resource is to be there. */
export const isWanted = (id: string, scope: Scope): boolean => {
  const condition = scope.template.Resources[id]?.Condition
  return condition === undefined || holds(condition, scope)
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
  'Fn::Sub': substituted,
  'Fn::Join': (given, scope) => {
    const [separator, parts] = given as [string, unknown]
    return list(parts, scope).join(separator)
  },
  'Fn::Select': (given, scope) => {
    const [place, parts] = given as [unknown, unknown]
    return list(parts, scope)[Number(resolve(place, scope))]
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
    return resolve(holds(condition, scope) ? yes : no, scope)
  },
  'Fn::Base64': (given, scope) => Buffer.from(String(resolve(given, scope))).toString('base64'),
}

/**
 * A part of a template with its references and functions replaced by their values; what is AWS::NoValue is left out.
 * Throws, naming it, on what has no value on this machine.
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
    if (!intrinsic) throw new Error(`The template uses ${name}, which is not known here`)
    return intrinsic(given, scope)
  }
  return Object.fromEntries(
    entries.map(([key, part]) => [key, resolve(part, scope)]).filter(([, part]) => part !== undefined),
  )
}
