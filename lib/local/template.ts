/** The part of a CloudFormation template that is read here. */
export type Resource = {
  readonly Type: string
  readonly Properties?: Record<string, unknown>
  readonly DependsOn?: string | readonly string[]
  readonly Condition?: string
}
export type Template = {
  readonly Resources: Readonly<Record<string, Resource>>
  readonly Parameters?: Readonly<Record<string, { readonly Default?: unknown }>>
  readonly Mappings?: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>
  readonly Conditions?: Readonly<Record<string, unknown>>
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown; readonly Export?: { readonly Name: unknown } }>>
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The names a template's text refers to: `${Name}` and `${Name.Attribute}`, not `${!Literal}`. */
const namesIn = (text: string): string[] =>
  [...text.matchAll(/\$\{([^!}][^}]*)\}/g)].map(([, name = '']) => name.split('.')[0] ?? '')

const collect = (value: unknown, names: Set<string>): void => {
  if (Array.isArray(value)) for (const part of value) collect(part, names)
  if (!isObject(value)) return
  for (const [key, inner] of Object.entries(value)) {
    if (key === 'Ref' && typeof inner === 'string') names.add(inner)
    else if (key === 'Fn::GetAtt') names.add(String(Array.isArray(inner) ? inner[0] : inner).split('.')[0] ?? '')
    else if (key === 'Fn::Sub')
      for (const name of namesIn(String(Array.isArray(inner) ? inner[0] : inner))) names.add(name)
    if (key !== 'Fn::GetAtt') collect(inner, names)
  }
}

/** The logical ids of the resources that a resource depends on. */
const dependenciesOf = ({ Properties, DependsOn }: Resource, { Resources }: Template): string[] => {
  const names = new Set<string>([DependsOn ?? []].flat())
  collect(Properties, names)
  return [...names].filter(name => name in Resources)
}

/** The logical ids of a template, each after those it refers to or depends on. Throws an error that names a cycle. */
export const dependencyOrder = (template: Template): string[] => {
  const order: string[] = []
  const done = new Set<string>()
  const visit = (id: string, path: readonly string[]): void => {
    if (done.has(id)) return
    if (path.includes(id))
      throw new Error(`The template's resources depend on each other in a circle: ${[...path, id].join(' → ')}`)
    const resource = template.Resources[id]
    if (resource) for (const dependency of dependenciesOf(resource, template)) visit(dependency, [...path, id])
    done.add(id)
    order.push(id)
  }
  for (const id of Object.keys(template.Resources)) visit(id, [])
  return order
}
