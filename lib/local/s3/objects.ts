import { createHash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { openMultipart, type Uploads } from './multipart-store.ts'
import type { StoredObject, Tags } from './stored-object.ts'

/** An object in a list. `size` is in bytes. */
export type Listed = { readonly key: string; readonly etag: string; readonly modified: Date; readonly size: number }

/** Buckets with their objects. All operations are synchronous, so that nothing comes between a condition and its write. */
export type Objects = {
  readonly createBucket: (bucket: string) => void
  readonly hasBucket: (bucket: string) => boolean
  readonly get: (bucket: string, key: string) => StoredObject | undefined
  readonly etag: (bucket: string, key: string) => string | undefined
  /**
   * Stores an object in place of the one before, tags included; returns its ETag, which is the MD5 of its body unless it is
   * given. When it returns, the object survives a kill.
   */
  readonly put: (bucket: string, key: string, object: Omit<StoredObject, 'etag'> & { readonly etag?: string }) => string
  /** Replaces the tags of an object that is there. */
  readonly tag: (bucket: string, key: string, tags: Tags) => void
  readonly delete: (bucket: string, key: string) => void
  /** At most `limit` objects whose keys begin with `prefix` and come after `after`, in the order of their UTF-8 bytes. */
  readonly list: (bucket: string, prefix: string, after: string, limit: number) => Listed[]
  /** Uploads in parts that are under way. */
  readonly uploads: Uploads
  readonly close: () => void
}

const schema = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  CREATE TABLE IF NOT EXISTS buckets (name TEXT PRIMARY KEY);
  CREATE TABLE IF NOT EXISTS objects (
    bucket TEXT NOT NULL, key TEXT NOT NULL, etag TEXT NOT NULL, modified INTEGER NOT NULL,
    headers TEXT NOT NULL, checksum TEXT NOT NULL, body BLOB NOT NULL,
    PRIMARY KEY (bucket, key)
  );
  CREATE TABLE IF NOT EXISTS tags (
    bucket TEXT NOT NULL, key TEXT NOT NULL, tags TEXT NOT NULL, PRIMARY KEY (bucket, key)
  );
`

const etagOf = (body: Buffer): string => `"${createHash('md5').update(body).digest('hex')}"`

/**
 * Opens the objects stored in `folder`, in a SQLite file: a write is there in full or not at all, whenever the process is
 * killed. (A machine that loses power may lose the last writes; that would need `synchronous = FULL`.)
 */
export const openObjects = (folder: string): Objects => {
  mkdirSync(folder, { recursive: true })
  const database = new DatabaseSync(join(folder, 'objects.sqlite'))
  database.exec(schema)
  const insertBucket = database.prepare('INSERT OR IGNORE INTO buckets VALUES (?)')
  const selectBucket = database.prepare('SELECT name FROM buckets WHERE name = ?')
  const selectObject = database.prepare('SELECT * FROM objects WHERE bucket = ? AND key = ?')
  const selectEtag = database.prepare('SELECT etag FROM objects WHERE bucket = ? AND key = ?')
  const insertObject = database.prepare('INSERT OR REPLACE INTO objects VALUES (?, ?, ?, ?, ?, ?, ?)')
  const deleteObject = database.prepare('DELETE FROM objects WHERE bucket = ? AND key = ?')
  const selectTags = database.prepare('SELECT tags FROM tags WHERE bucket = ? AND key = ?')
  const insertTags = database.prepare('INSERT OR REPLACE INTO tags VALUES (?, ?, ?)')
  const deleteTags = database.prepare('DELETE FROM tags WHERE bucket = ? AND key = ?')
  const setTags = (bucket: string, key: string, tags: Tags): void => {
    if (Object.keys(tags).length > 0) insertTags.run(bucket, key, JSON.stringify(tags))
    else deleteTags.run(bucket, key)
  }
  const selectKeys = database.prepare(
    `SELECT key, etag, modified, length(body) AS size FROM objects
     WHERE bucket = ? AND key > ? AND substr(key, 1, length(?)) = ? ORDER BY key LIMIT ?`,
  )
  return {
    createBucket: bucket => {
      insertBucket.run(bucket)
    },
    hasBucket: bucket => selectBucket.get(bucket) !== undefined,
    get: (bucket, key) => {
      const row = selectObject.get(bucket, key)
      if (!row) return undefined
      return {
        body: Buffer.from(row.body as Uint8Array),
        etag: String(row.etag),
        modified: new Date(Number(row.modified)),
        headers: JSON.parse(String(row.headers)),
        checksum: JSON.parse(String(row.checksum)),
        tags: JSON.parse(String(selectTags.get(bucket, key)?.tags ?? '{}')),
      }
    },
    etag: (bucket, key) => selectEtag.get(bucket, key)?.etag as string | undefined,
    put: (bucket, key, { body, modified, headers, checksum, tags, etag = etagOf(body) }) => {
      database.exec('BEGIN')
      insertObject.run(bucket, key, etag, modified.getTime(), JSON.stringify(headers), JSON.stringify(checksum), body)
      setTags(bucket, key, tags)
      database.exec('COMMIT')
      return etag
    },
    tag: setTags,
    delete: (bucket, key) => {
      deleteObject.run(bucket, key)
      deleteTags.run(bucket, key)
    },
    list: (bucket, prefix, after, limit) =>
      selectKeys.all(bucket, after, prefix, prefix, limit).map(row => ({
        key: String(row.key),
        etag: String(row.etag),
        modified: new Date(Number(row.modified)),
        size: Number(row.size),
      })),
    uploads: openMultipart(database),
    close: () => database.close(),
  }
}
