import { setTimeout as wait } from 'node:timers/promises'
import { boardCache, indexCache } from '../../../shared/kernel/board.ts'
import type { Finding } from './finding.ts'
import { clock, collapsing, encodings, headers, revalidation, withdrawal } from './judge.ts'
import type { Objects } from './objects.ts'
import type { Reply } from './reply.ts'

/** GETs a path of the edge as the test account, in the encoding wanted (Brotli unless said). */
export type Get = (path: string, accept?: string) => Promise<Reply>

/** Simultaneous requests, and how many of them may be passed on: an edge location has several servers. */
export const crowd = { requests: 50, passedOn: 5 }
/** Seconds within which a file that was deleted must be gone everywhere, and for how long it is watched after that. */
const gone = { within: 60, watched: 10 }

/** An index that changes while one person asks now and then: about 15 s. */
export const revalidate = async (get: Get, objects: Objects): Promise<Finding[]> => {
  const { ttl, staleWhileRevalidate } = indexCache
  const path = objects.newPath()
  await objects.put(path, 1, 'index')
  const first = await get(path)
  await objects.put(path, 2, 'index')
  await wait((ttl + staleWhileRevalidate / 2) * 1_000)
  const stale = await get(path)
  await wait(1_000)
  const next = await get(path)
  await objects.put(path, 3, 'index')
  await wait((ttl + staleWhileRevalidate + 2) * 1_000)
  const late = await get(path)
  return revalidation({ first, stale, next, late, versions: { first: 1, next: 2, late: 3 } }, indexCache)
}

/** A file that is deleted while it is asked for each 2 s: up to 75 s. */
export const withdraw = async (get: Get, objects: Objects): Promise<Finding> => {
  const path = objects.newPath()
  await objects.put(path, 1, 'file')
  await get(path)
  await objects.remove(path)
  const deletedAt = Date.now()
  const replies: Reply[] = []
  let goneAt: number | undefined
  while (Date.now() < (goneAt ?? deletedAt + (boardCache.ttl + 10) * 1_000) + gone.watched * 1_000) {
    const reply = await get(path)
    replies.push(reply)
    if (reply.status !== 200) goneAt ??= reply.at
    await wait(2_000)
  }
  return withdrawal(replies, deletedAt, gone.within)
}

/** Many requests at once for what no location has. */
export const collapse = async (get: Get, objects: Objects): Promise<Finding> => {
  const path = objects.newPath()
  await objects.put(path, 1, 'index')
  return collapsing(await Promise.all(Array.from({ length: crowd.requests }, () => get(path))), crowd.passedOn)
}

/** A file in each encoding. */
export const encode = async (get: Get, objects: Objects): Promise<Finding[]> => {
  const path = objects.newPath()
  await objects.put(path, 1, 'file')
  const wanted = [
    { accept: 'gzip, deflate, br, zstd', expected: 'br' },
    { accept: 'gzip', expected: 'gzip' },
    { accept: 'identity', expected: 'gzip' },
  ]
  const replies = []
  for (const one of wanted) replies.push({ ...one, reply: await get(path, one.accept) })
  return encodings(replies)
}

/**
 * A file that ages in the cache for some seconds.
 * @param offset milliseconds that the edge's clock is ahead of this machine's.
 */
export const age = async (get: Get, objects: Objects, offset: number): Promise<Finding[]> => {
  const path = objects.newPath()
  await objects.put(path, 1, 'file')
  const replies = [await get(path)]
  for (const seconds of [2, 3, 4]) {
    await wait(seconds * 1_000)
    replies.push(await get(path))
  }
  const last = replies.at(-1) as Reply
  return [clock(replies, offset), headers(last)]
}
