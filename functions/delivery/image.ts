import type { AttributeValue } from 'aws-lambda'

type Image = Readonly<Record<string, AttributeValue>>

const decoded = (attribute: AttributeValue): unknown => {
  if (attribute.S !== undefined) return attribute.S
  if (attribute.N !== undefined) return Number(attribute.N)
  if (attribute.BOOL !== undefined) return attribute.BOOL
  if (attribute.L !== undefined) return attribute.L.map(decoded)
  if (attribute.M !== undefined) return plain(attribute.M)
  if (attribute.SS !== undefined) return new Set(attribute.SS)
  if (attribute.NULL !== undefined) return null
  throw new TypeError(`a stream image holds an attribute of a type no item has: ${Object.keys(attribute).join()}`)
}

/** A stream record's image as the item it is of. Types that no item of the table has (binary, number sets) throw. */
export const plain = (image: Image): Record<string, unknown> =>
  Object.fromEntries(Object.entries(image).map(([name, attribute]) => [name, decoded(attribute)]))
