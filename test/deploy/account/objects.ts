import { DeleteObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import { boardCache, boardPath, indexCache } from '../../../shared/kernel/board.ts'
import { randomId } from '../../../shared/kernel/ids.ts'

/** The service in the names of the check's files. No contract has it, so that no app asks for them and no index names them. */
const service = 'check'

const index = `max-age=${indexCache.ttl}, stale-while-revalidate=${indexCache.staleWhileRevalidate}, stale-if-error=${indexCache.staleIfError}`
const file = `max-age=${boardCache.ttl}, stale-if-error=${boardCache.staleIfError}`

export type Objects = {
  /** The path at the edge of an object that is not there yet. */
  newPath: () => string
  /** Puts a state of the object; the edge keeps it as it keeps an index, or a board's file. */
  put: (path: string, version: number, like: 'index' | 'file') => Promise<void>
  remove: (path: string) => Promise<void>
  /** Removes all that were put. */
  removeAll: () => Promise<void>
}

/** The check's objects: files beside the boards of one audience, under names that nothing else has. */
export const openObjects = (s3: S3Client, bucket: string, audience: string): Objects => {
  const there = new Set<string>()
  let closed = false
  let lastPut: Promise<unknown> = Promise.resolve()
  const keyOf = (path: string) => {
    const key = path.slice(1)
    if (!new RegExp(`^boards/${audience}/${service}\\.1\\.[0-9a-hjkmnp-tv-z]{13}$`).test(key))
      throw new Error(`${key} is not a name of the check's`)
    return key
  }
  const remove = async (path: string) => {
    await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: keyOf(path) }))
    there.delete(path)
  }
  return {
    newPath: () => boardPath(audience, `${service}.1.${randomId(13)}`),
    put: async (path, version, like) => {
      const key = keyOf(path)
      if (closed) throw new Error('the check is ending: nothing is put any more')
      const isNew = !there.has(path)
      there.add(path)
      lastPut = s3.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: key,
          // More than the 1,000 bytes from which CloudFront compresses.
          Body: JSON.stringify({ version, filler: 'Ce fichier vérifie le bord. '.repeat(80) }),
          ContentType: 'application/json',
          CacheControl: like === 'index' ? index : file,
          ...(isNew && { IfNoneMatch: '*' }),
        }),
      )
      await lastPut
    },
    remove,
    removeAll: async () => {
      closed = true
      await lastPut.catch(() => {})
      await Promise.allSettled([...there].map(remove))
      if (there.size > 0) throw new Error(`not removed from ${bucket}: ${[...there].join(' ')}`)
    },
  }
}
