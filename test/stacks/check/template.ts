import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { builtAssembly } from '../../support/built.ts'

export type Resource = {
  readonly Type: string
  readonly Properties?: unknown
  readonly DeletionPolicy?: string
  readonly DependsOn?: string | readonly string[]
}

/** The part of a CloudFormation template that the checks read. */
export type Template = {
  readonly Resources: Readonly<Record<string, Resource>>
  readonly Outputs?: unknown
}

/** The synthesized template of a territory. */
export const synthesized = (territory: string): Template =>
  JSON.parse(readFileSync(join(builtAssembly(territory), `preau-${territory}.template.json`), 'utf8'))

/** The value at a path such as `['Role', 'Fn::GetAtt', 0]`, or undefined. */
export const at = (value: unknown, ...path: (string | number)[]): unknown =>
  path.reduce<unknown>((part, step) => (part as Record<string | number, unknown> | null | undefined)?.[step], value)

/** The logical ids and properties of the resources of a type. */
export const ofType = (template: Template, type: string): [id: string, properties: unknown][] =>
  Object.entries(template.Resources)
    .filter(([, resource]) => resource.Type === type)
    .map(([id, { Properties = {} }]) => [id, Properties])

export const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : value === undefined ? [] : [value])

/** Every text in a value, with the path to it. */
export const texts = (value: unknown, path = ''): [path: string, text: string][] => {
  if (typeof value === 'string') return [[path, value]]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([step, inner]) => texts(inner, path ? `${path}.${step}` : step))
}
