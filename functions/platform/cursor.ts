/** A cursor holds the last sort key read: the partition is always the request's own, so a forged one leads nowhere else. */
export const cursorOf = (sortKey: string): string => Buffer.from(sortKey).toString('base64url')

/** The sort key of a cursor, or undefined if it is not one of the list that begins with `prefix`. */
export const sortKeyOf = (cursor: string, prefix: string): string | undefined => {
  const sortKey = Buffer.from(cursor, 'base64url').toString()
  return sortKey.startsWith(prefix) ? sortKey : undefined
}
