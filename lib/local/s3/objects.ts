import { createHash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

export type StoredObject = {
  readonly body: Buffer
  /** The MD5 of the body in hex, in quotes: that of an object put in one request and encrypted with S3's own keys. */
  readonly etag: string
  readonly modified: Date
  /** Headers given with the object and returned with it, by lower-case name. */
  readonly headers: Readonly<Record<string, string>>
  /** The checksum given with it: header and value. */
  readonly checksum: Readonly<Record<string, string>>
}

/** An object in a list. `size` is in bytes. */
export type Listed = { readonly key: string; readonly etag: string; readonly modified: Date; readonly size: number }

/** Buckets with their objects. All operations are synchronous, so that nothing comes between a condition and its write. */
export type Objects = {
  readonly createBucket: (bucket: string) => void
  readonly hasBucket: (bucket: string) => boolean
  readonly get: (bucket: string, key: string) => StoredObject | undefined
  readonly etag: (bucket: string, key: string) => string | undefined
  /** Stores an object in place of the one before; returns its ETag. When it returns, the object survives a kill. */
  readonly put: (bucket: string, key: string, object: Omit<StoredObject, 'etag'>) => string
  readonly delete: (bucket: string, key: string) => void
  /** At most `limit` objects whose keys begin with `prefix` and come after `after`, in the order of their UTF-8 bytes. */
  readonly list: (bucket: string, prefix: string, after: string, limit: number) => Listed[]
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
`

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
      }
    },
    etag: (bucket, key) => selectEtag.get(bucket, key)?.etag as string | undefined,
    put: (bucket, key, { body, modified, headers, checksum }) => {
      const etag = `"${createHash('md5').update(body).digest('hex')}"`
      insertObject.run(bucket, key, etag, modified.getTime(), JSON.stringify(headers), JSON.stringify(checksum), body)
      return etag
    },
    delete: (bucket, key) => {
      deleteObject.run(bucket, key)
    },
    list: (bucket, prefix, after, limit) =>
      selectKeys.all(bucket, after, prefix, prefix, limit).map(row => ({
        key: String(row.key),
        etag: String(row.etag),
        modified: new Date(Number(row.modified)),
        size: Number(row.size),
      })),
    close: () => database.close(),
  }
}
