import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb'
import { type ArgsOf, argsOf, type ItemOf, type ItemPattern, type Key, keyOf } from './pattern.ts'

type Part = NonNullable<TransactWriteCommandInput['TransactItems']>[number]
type Fields = Readonly<Record<string, unknown>>

/**
 * One write, or one condition, not yet bound to a table. `name` identifies it when its condition was not met; by
 * `pattern` the table's type decides whether it accepts the operation.
 */
export type Operation<
  Verb extends 'put' | 'update' | 'remove' | 'check' = 'put' | 'update' | 'remove' | 'check',
  Of extends ItemPattern = ItemPattern,
> = {
  readonly verb: Verb
  readonly name: string
  readonly pattern: Of
  readonly key: Key
  /** The item that a put writes, without its key. */
  readonly fields?: Fields | undefined
  readonly part: (table: string) => Part
}

/**
 * The condition of a write; all members must be met. `absent`, `present`: whether the item exists. `is`: attributes
 * equal to a value. `above`, `notAbove`: attributes greater than a value, or not; neither is met by an attribute that
 * does not exist. `has`, `lacks`: attributes that must exist, or must not. `any`: one of several conditions.
 */
export type Condition<Item = Fields> = {
  readonly absent?: true
  readonly present?: true
  readonly is?: Partial<Item>
  readonly above?: Partial<Item>
  readonly notAbove?: Partial<Item>
  readonly has?: readonly (keyof Item & string)[]
  readonly lacks?: readonly (keyof Item & string)[]
  readonly any?: readonly Condition<Item>[]
}

/** Builds the expressions of one request, with placeholders for names and values. */
class Expression {
  readonly names: Record<string, string> = {}
  readonly values: Record<string, unknown> = {}
  name(attribute: string): string {
    this.names[`#${attribute}`] = attribute
    return `#${attribute}`
  }
  value(value: unknown): string {
    const placeholder = `:v${Object.keys(this.values).length}`
    this.values[placeholder] = value
    return placeholder
  }
  condition(when: Condition): string {
    const compared = (given: Fields | undefined, sign: string) =>
      Object.entries(given ?? {}).map(([attribute, value]) => `${this.name(attribute)} ${sign} ${this.value(value)}`)
    return [
      ...(when.absent ? [`attribute_not_exists(${this.name('pk')})`] : []),
      ...(when.present ? [`attribute_exists(${this.name('pk')})`] : []),
      ...compared(when.is, '='),
      ...compared(when.above, '>'),
      ...compared(when.notAbove, '<='),
      ...(when.has ?? []).map(attribute => `attribute_exists(${this.name(attribute)})`),
      ...(when.lacks ?? []).map(attribute => `attribute_not_exists(${this.name(attribute)})`),
      ...(when.any ? [this.either(when.any)] : []),
    ].join(' AND ')
  }
  /** DynamoDB refuses redundant parentheses: a single alternative has one pair. */
  private either(alternatives: readonly Condition[]): string {
    const text = alternatives.map(one => `(${this.condition(one)})`).join(' OR ')
    return alternatives.length > 1 ? `(${text})` : text
  }
  conditional(when: Condition | undefined): { ConditionExpression?: string } {
    return when ? { ConditionExpression: this.condition(when) } : {}
  }
  placeholders() {
    return {
      ...(Object.keys(this.names).length > 0 && { ExpressionAttributeNames: this.names }),
      ...(Object.keys(this.values).length > 0 && { ExpressionAttributeValues: this.values }),
    }
  }
}

/** Writes a whole item. */
export const put = <Of extends ItemPattern>(
  name: string,
  pattern: Of,
  args: ArgsOf<Of>,
  fields: ItemOf<Of>,
  when?: Condition<ItemOf<Of>>,
): Operation<'put', Of> => {
  const key = keyOf(pattern, args)
  return {
    verb: 'put',
    name,
    pattern,
    key,
    fields: fields as Fields,
    part: table => {
      const expression = new Expression()
      const conditional = expression.conditional(when as Condition | undefined)
      return {
        Put: {
          TableName: table,
          Item: { ...(fields as Fields), ...key },
          ...conditional,
          ...expression.placeholders(),
        },
      }
    },
  }
}

/** The changes of an update. `first` sets attributes that do not exist yet; `add` adds to numbers and sets. */
export type Change<Item> = {
  readonly set?: Partial<Item>
  readonly first?: Partial<Item>
  readonly add?: Partial<Item>
  readonly remove?: readonly (keyof Item & string)[]
}

/** Changes attributes of an item, which is created if it does not exist. */
export const update = <Of extends ItemPattern>(
  name: string,
  pattern: Of,
  args: ArgsOf<Of>,
  change: Change<ItemOf<Of>>,
  when?: Condition<ItemOf<Of>>,
): Operation<'update', Of> => {
  const key = keyOf(pattern, args)
  return {
    verb: 'update',
    name,
    pattern,
    key,
    part: table => {
      const expression = new Expression()
      const given = (values: object | undefined) =>
        Object.entries(values ?? {}).filter(([, value]) => value !== undefined)
      const sets = [
        ...given(change.set).map(([attribute, value]) => `${expression.name(attribute)} = ${expression.value(value)}`),
        ...given(change.first).map(([attribute, value]) => {
          const named = expression.name(attribute)
          return `${named} = if_not_exists(${named}, ${expression.value(value)})`
        }),
      ]
      const adds = given(change.add).map(
        ([attribute, value]) => `${expression.name(attribute)} ${expression.value(value)}`,
      )
      const removes = (change.remove ?? []).map(attribute => expression.name(attribute))
      const text = [
        sets.length > 0 && `SET ${sets.join(', ')}`,
        adds.length > 0 && `ADD ${adds.join(', ')}`,
        removes.length > 0 && `REMOVE ${removes.join(', ')}`,
      ]
      return {
        Update: {
          TableName: table,
          Key: key,
          UpdateExpression: text.filter(Boolean).join(' '),
          ...expression.conditional(when as Condition | undefined),
          ...expression.placeholders(),
        },
      }
    },
  }
}

/** Deletes an item. */
export const remove = <Of extends ItemPattern>(
  name: string,
  pattern: Of,
  args: ArgsOf<Of>,
  when?: Condition<ItemOf<Of>>,
): Operation<'remove', Of> => removal(name, pattern, keyOf(pattern, args), when as Condition | undefined)

/** Deletes an item by its key, which must be of one of the given patterns. Throws if it is not. */
export const removeByKey = <Of extends ItemPattern>(
  name: string,
  patterns: readonly Of[],
  key: Key,
): Operation<'remove', Of> => {
  const pattern = patterns.find(one => argsOf(one as ItemPattern, key) !== undefined)
  if (!pattern) throw new Error(`a key is of none of the patterns that ${name} may remove`)
  return removal(name, pattern, key, undefined)
}

const removal = <Of extends ItemPattern>(
  name: string,
  pattern: Of,
  key: Key,
  when: Condition | undefined,
): Operation<'remove', Of> => ({
  verb: 'remove',
  name,
  pattern,
  key,
  part: table => {
    const expression = new Expression()
    const conditional = expression.conditional(when)
    return { Delete: { TableName: table, Key: key, ...conditional, ...expression.placeholders() } }
  },
})

/** A condition on an item that the transaction does not write. */
export const check = <Of extends ItemPattern>(
  name: string,
  pattern: Of,
  args: ArgsOf<Of>,
  when: Condition<ItemOf<Of>>,
): Operation<'check', Of> => {
  const key = keyOf(pattern, args)
  return {
    verb: 'check',
    name,
    pattern,
    key,
    part: table => {
      const expression = new Expression()
      const ConditionExpression = expression.condition(when as Condition)
      return { ConditionCheck: { TableName: table, Key: key, ConditionExpression, ...expression.placeholders() } }
    },
  }
}
