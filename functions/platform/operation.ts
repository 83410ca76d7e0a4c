import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb'
import type * as z from 'zod/mini'
import type { ItemPattern, Key } from './pattern.ts'

type Part = NonNullable<TransactWriteCommandInput['TransactItems']>[number]

/** One part of a transaction, not yet bound to a table. `name` says in tests and failures which condition did not hold. */
export type Operation = { readonly name: string; readonly part: (table: string) => Part }

/** Values of an expression: each attribute is compared by `#name` and `:name` placeholders made here. */
type Values = Record<string, unknown>

type Fields<Pattern extends ItemPattern> = Omit<z.output<Pattern['item']>, 'pk' | 'sk'>

/**
 * What must hold for the write to happen. `absent`/`present`: the item itself. `is`: attributes equal to a value.
 * `above`: attributes greater than a value. `lacks`: attributes that must not be there.
 */
export type Condition<Item> = {
  readonly absent?: true
  readonly present?: true
  readonly is?: Partial<Item>
  readonly above?: Partial<Item>
  readonly lacks?: readonly (keyof Item & string)[]
}

class Expression {
  readonly names: Record<string, string> = {}
  readonly values: Values = {}
  name(attribute: string): string {
    this.names[`#${attribute}`] = attribute
    return `#${attribute}`
  }
  value(attribute: string, value: unknown, suffix = ''): string {
    this.values[`:${attribute}${suffix}`] = value
    return `:${attribute}${suffix}`
  }
  condition(when: Condition<Record<string, unknown>> | undefined): string | undefined {
    if (!when) return undefined
    const parts: string[] = []
    if (when.absent) parts.push(`attribute_not_exists(${this.name('pk')})`)
    if (when.present) parts.push(`attribute_exists(${this.name('pk')})`)
    for (const [attribute, value] of Object.entries(when.is ?? {}))
      parts.push(`${this.name(attribute)} = ${this.value(attribute, value, 'Is')}`)
    for (const [attribute, value] of Object.entries(when.above ?? {}))
      parts.push(`${this.name(attribute)} > ${this.value(attribute, value, 'Above')}`)
    for (const attribute of when.lacks ?? []) parts.push(`attribute_not_exists(${this.name(attribute)})`)
    return parts.join(' AND ')
  }
  placeholders() {
    return {
      ...(Object.keys(this.names).length > 0 && { ExpressionAttributeNames: this.names }),
      ...(Object.keys(this.values).length > 0 && { ExpressionAttributeValues: this.values }),
    }
  }
}

const conditionOf = (expression: Expression, when: Condition<never> | undefined) => {
  const text = expression.condition(when as Condition<Record<string, unknown>> | undefined)
  return text ? { ConditionExpression: text } : {}
}

/** Writes a whole item. */
export const put = <Pattern extends ItemPattern, Args extends Parameters<Pattern['key']>>(
  name: string,
  pattern: Pattern,
  args: Args,
  fields: Fields<Pattern>,
  when?: Condition<Fields<Pattern>>,
): Operation => ({
  name,
  part: table => {
    const expression = new Expression()
    return {
      Put: {
        TableName: table,
        Item: { ...(fields as Values), ...keyOf(pattern, args) },
        ...conditionOf(expression, when as Condition<never> | undefined),
        ...expression.placeholders(),
      },
    }
  },
})

/** What an update does to an item's attributes. `first` sets only what is not set yet; `add` adds numbers. */
export type Change<Item> = {
  readonly set?: Partial<Item>
  readonly first?: Partial<Item>
  readonly add?: Partial<Item>
  readonly remove?: readonly (keyof Item & string)[]
}

/** Changes attributes of an item, made if it is not there. */
export const update = <Pattern extends ItemPattern, Args extends Parameters<Pattern['key']>>(
  name: string,
  pattern: Pattern,
  args: Args,
  change: Change<Fields<Pattern>>,
  when?: Condition<Fields<Pattern>>,
): Operation => ({
  name,
  part: table => {
    const expression = new Expression()
    const given = (values: object | undefined) =>
      Object.entries(values ?? {}).filter(([, value]) => value !== undefined)
    const sets = [
      ...given(change.set).map(([key, value]) => `${expression.name(key)} = ${expression.value(key, value)}`),
      ...given(change.first).map(([key, value]) => {
        const attribute = expression.name(key)
        return `${attribute} = if_not_exists(${attribute}, ${expression.value(key, value)})`
      }),
    ]
    const adds = given(change.add).map(([key, value]) => `${expression.name(key)} ${expression.value(key, value)}`)
    const removes = (change.remove ?? []).map(key => expression.name(key))
    const text = [
      sets.length > 0 && `SET ${sets.join(', ')}`,
      adds.length > 0 && `ADD ${adds.join(', ')}`,
      removes.length > 0 && `REMOVE ${removes.join(', ')}`,
    ]
    return {
      Update: {
        TableName: table,
        Key: keyOf(pattern, args),
        UpdateExpression: text.filter(Boolean).join(' '),
        ...conditionOf(expression, when as Condition<never> | undefined),
        ...expression.placeholders(),
      },
    }
  },
})

/** Deletes an item. */
export const remove = <Pattern extends ItemPattern, Args extends Parameters<Pattern['key']>>(
  name: string,
  pattern: Pattern,
  args: Args,
  when?: Condition<Fields<Pattern>>,
): Operation => ({
  name,
  part: table => {
    const expression = new Expression()
    return {
      Delete: {
        TableName: table,
        Key: keyOf(pattern, args),
        ...conditionOf(expression, when as Condition<never> | undefined),
        ...expression.placeholders(),
      },
    }
  },
})

/** Requires something of an item the transaction does not write. */
export const check = <Pattern extends ItemPattern, Args extends Parameters<Pattern['key']>>(
  name: string,
  pattern: Pattern,
  args: Args,
  when: Condition<Fields<Pattern>>,
): Operation => ({
  name,
  part: table => {
    const expression = new Expression()
    const condition = expression.condition(when as Condition<Record<string, unknown>>) ?? ''
    return {
      ConditionCheck: {
        TableName: table,
        Key: keyOf(pattern, args),
        ConditionExpression: condition,
        ...expression.placeholders(),
      },
    }
  },
})

/** The key a pattern gives for its arguments. */
export const keyOf = (pattern: ItemPattern, args: readonly unknown[]): Key => pattern.key(...(args as never[]))
