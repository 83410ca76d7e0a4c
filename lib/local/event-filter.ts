import * as z from 'zod/mini'
import { CannotStart } from './cannot-start.ts'

/**
 * The filters of an event source mapping (AWS Lambda Developer Guide, "Control which events Lambda sends to your
 * function" and "Using event filtering with a DynamoDB event source"): a record is passed on if one of the filters
 * matches, and skipped for good otherwise. In a pattern, fields are combined by AND, the rules in an array by OR.
 * That a pattern may name the event beside the field dynamodb is not in that guide but in AWS's own example (CDK reference,
 * "class FilterCriteria"); docs/decisions/0032-what-the-stream-passes.md.
 */

/** Whether a mapping passes a record to its function. */
export type EventFilter = (record: object) => boolean

type Rule = (value: unknown) => boolean

/** Filters of one mapping, and characters of a pattern (Lambda's quotas). */
const mostFilters = 5
const longestPattern = 4096

export const FilterCriteria = z.strictObject({
  Filters: z.array(z.strictObject({ Pattern: z.string() })).check(z.maxLength(mostFilters)),
})

const refuse = (why: string): never => {
  throw new CannotStart(`A filter of an event source mapping is not one that is known here: ${why}.`)
}

const isFields = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const texts = (value: unknown): readonly string[] => {
  const values = [value].flat()
  return values.every(one => typeof one === 'string') && values.length > 0
    ? values
    : refuse('anything-but takes one or several texts')
}

/** A value that is a leaf of the event: what `exists` is about. */
const isLeaf = (value: unknown): boolean => value !== undefined && !isFields(value)

/** The rules that take an argument. Numbers of DynamoDB are texts in a record, so that `numeric` would match none. */
const rules: Readonly<Record<string, (given: unknown) => Rule>> = {
  prefix: given =>
    typeof given === 'string'
      ? value => typeof value === 'string' && value.startsWith(given)
      : refuse('prefix takes a text'),
  suffix: given =>
    typeof given === 'string'
      ? value => typeof value === 'string' && value.endsWith(given)
      : refuse('suffix takes a text'),
  exists: given =>
    typeof given === 'boolean' ? value => isLeaf(value) === given : refuse('exists takes true or false'),
  'anything-but': given => {
    if (isFields(given)) {
      const { prefix, ...more } = given
      if (typeof prefix !== 'string' || Object.keys(more).length > 0) return refuse('anything-but takes a prefix')
      return value => typeof value === 'string' && !value.startsWith(prefix)
    }
    const excluded = texts(given)
    return value => typeof value === 'string' && !excluded.includes(value)
  },
}

const ruleOf = (given: unknown): Rule => {
  if (typeof given === 'string' || typeof given === 'boolean' || given === null) return value => value === given
  if (!isFields(given)) return refuse(`${JSON.stringify(given)} is no rule for a record of DynamoDB`)
  const [[name = '', argument] = [], ...more] = Object.entries(given)
  const rule = rules[name]
  if (!rule || more.length > 0) return refuse(`${JSON.stringify(given)} is no rule`)
  return rule(argument)
}

/** Whether a value matches a pattern. A list in a record matches if one of its members does. */
const matcher = (pattern: unknown): Rule => {
  if (Array.isArray(pattern)) {
    const any = pattern.map(ruleOf)
    if (any.length === 0) refuse('a list of rules is empty')
    return value => (Array.isArray(value) ? value : [value]).some(one => any.some(rule => rule(one)))
  }
  if (!isFields(pattern) || Object.keys(pattern).length === 0) return refuse('a field needs a list of rules')
  const fields = Object.entries(pattern).map(([name, inner]) => {
    if (name.startsWith('$')) refuse(`${name} is not implemented here`)
    return [name, matcher(inner)] as const
  })
  return value => fields.every(([name, matches]) => matches(isFields(value) ? value[name] : undefined))
}

const patternOf = (text: string): EventFilter => {
  if (text.length > longestPattern) refuse(`a pattern is longer than ${longestPattern} characters`)
  let pattern: unknown
  try {
    pattern = JSON.parse(text)
  } catch {
    refuse('a pattern is not JSON')
  }
  const Parsed = z.strictObject({
    eventName: z.optional(z.array(z.enum(['INSERT', 'MODIFY', 'REMOVE'])).check(z.minLength(1))),
    dynamodb: z.unknown(),
  })
  if (!isFields(pattern) || !('dynamodb' in pattern) || !z.safeParse(Parsed, pattern).success)
    refuse("mappings of a table's stream filter by the record's fields eventName and dynamodb only")
  return matcher(pattern)
}

/** The filter of a mapping; without criteria every record passes. Throws CannotStart for a pattern not known here. */
export const eventFilter = (criteria: z.output<typeof FilterCriteria> | undefined): EventFilter => {
  if (!criteria || criteria.Filters.length === 0) return () => true
  const filters = criteria.Filters.map(({ Pattern }) => patternOf(Pattern))
  return record => filters.some(matches => matches(record))
}
