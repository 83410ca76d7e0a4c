import { at, ofType, type Template } from './template.ts'

/** Event source mappings of a table's stream that would be refused, or would read no record. */
export const brokenStreams = (template: Template): string[] =>
  ofType(template, 'AWS::Lambda::EventSourceMapping').flatMap(([id, mapping]) => {
    const [table, attribute] = (at(mapping, 'EventSourceArn', 'Fn::GetAtt') ?? []) as string[]
    if (attribute !== 'StreamArn') return []
    const faults: string[] = []
    if (at(mapping, 'StartingPosition') === undefined) faults.push(`${id}: has no starting position`)
    if (at(template.Resources[table ?? ''], 'Properties', 'StreamSpecification', 'StreamViewType') === undefined)
      faults.push(`${id}: ${table} has no stream`)
    return faults
  })

/** Tables whose TTL is enabled without an attribute, so that no item would expire. */
export const brokenTtl = (template: Template): string[] =>
  ofType(template, 'AWS::DynamoDB::Table').flatMap(([id, table]) => {
    const ttl = at(table, 'TimeToLiveSpecification')
    if (ttl === undefined || at(ttl, 'Enabled') === false || at(ttl, 'AttributeName')) return []
    return [`${id}: its TTL names no attribute`]
  })
