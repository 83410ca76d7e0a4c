/**
 * What CloudFront's key-value stores refuse. Sources: Amazon CloudFront Developer Guide, "Quotas on key value stores" and
 * "File format for key-value pairs"; Amazon CloudFront API Reference, UpdateKeys, PutKey, DeleteKey, ListKeys. Where the
 * guide says characters or megabytes without saying which, the smaller reading is taken.
 */
const largestKey = 512
const largestValue = 1024
/** Bytes of all keys and values of a store, and of one update. */
const largestStore = 5_000_000
const largestUpdate = 3_000_000
/** Keys of one update. */
const mostKeys = 50

export type Changes = { readonly puts: readonly (readonly [string, string])[]; readonly deletes: readonly string[] }

/** A refusal of the service, as its REST API tells it. */
export type Refusal = { readonly status: number; readonly type: string; readonly message: string }

const invalid = (message: string): Refusal => ({ status: 400, type: 'ValidationException', message })

/** Bytes of keys and values. */
export const sizeOf = (keys: Readonly<Record<string, string>>): number =>
  Object.entries(keys).reduce((sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(value), 0)

/** Why the service would refuse changes to a store with these keys; undefined if it would not. */
export const refusalOf = (keys: Readonly<Record<string, string>>, { puts, deletes }: Changes): Refusal | undefined => {
  const names = [...puts.map(([key]) => key), ...deletes]
  if (names.length === 0) return invalid('There is nothing to put or delete')
  if (names.length > mostKeys) return invalid(`An update changes at most ${mostKeys} keys, not ${names.length}`)
  if (new Set(names).size < names.length) return invalid('An update changes each key once')
  if (names.some(key => key === '' || Buffer.byteLength(key) > largestKey))
    return invalid(`A key has 1 to ${largestKey} bytes`)
  if (puts.some(([, value]) => Buffer.byteLength(value) > largestValue))
    return invalid(`A value has at most ${largestValue} bytes`)
  if (sizeOf(Object.fromEntries(puts)) > largestUpdate) return invalid('An update has at most 3 MB')
  const missing = deletes.find(key => keys[key] === undefined)
  if (missing !== undefined)
    return { status: 404, type: 'ResourceNotFoundException', message: `There is no key ${missing}` }
  const left = { ...keys, ...Object.fromEntries(puts) }
  for (const key of deletes) delete left[key]
  if (sizeOf(left) > largestStore)
    return { status: 402, type: 'ServiceQuotaExceededException', message: 'A store has at most 5 MB' }
  return undefined
}
