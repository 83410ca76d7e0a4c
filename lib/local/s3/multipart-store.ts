import { createHash, randomBytes } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import type { StoredObject } from './stored-object.ts'

/** An upload in parts: what its object will have beside its body. */
export type PartedUpload = Pick<StoredObject, 'headers' | 'tags'> & {
  /** The header of the checksum that each part is to be given with, if the upload was begun with one. */
  readonly checksum?: string
}

export type StoredPart = {
  readonly number: number
  /** The MD5 of its bytes in hex, in quotes. */
  readonly etag: string
  readonly size: number
  readonly modified: Date
  /** The checksum given with it: header and value. */
  readonly checksum: Readonly<Record<string, string>>
}

/** Uploads in parts that were begun, and neither completed nor aborted. */
export type Uploads = {
  /** Begins one; returns its id. */
  readonly begin: (bucket: string, key: string, upload: PartedUpload) => string
  readonly get: (bucket: string, key: string, id: string) => PartedUpload | undefined
  /** Stores a part in place of one with its number; returns its ETag. */
  readonly putPart: (id: string, part: Omit<StoredPart, 'etag' | 'size'> & { readonly body: Buffer }) => string
  /** In the order of their numbers. */
  readonly parts: (id: string) => StoredPart[]
  readonly bodyOf: (id: string, number: number) => Buffer
  /** Ends one, and drops its parts. */
  readonly end: (id: string) => void
}

const schema = `
  CREATE TABLE IF NOT EXISTS uploads (
    id TEXT PRIMARY KEY, bucket TEXT NOT NULL, key TEXT NOT NULL, upload TEXT NOT NULL
  );
  CREATE TABLE IF NOT EXISTS parts (
    upload TEXT NOT NULL, number INTEGER NOT NULL, etag TEXT NOT NULL, modified INTEGER NOT NULL,
    checksum TEXT NOT NULL, body BLOB NOT NULL, PRIMARY KEY (upload, number)
  );
`

/** The uploads in parts of a database of objects. */
export const openMultipart = (database: DatabaseSync): Uploads => {
  database.exec(schema)
  const insertUpload = database.prepare('INSERT INTO uploads VALUES (?, ?, ?, ?)')
  const selectUpload = database.prepare('SELECT upload FROM uploads WHERE id = ? AND bucket = ? AND key = ?')
  const deleteUpload = database.prepare('DELETE FROM uploads WHERE id = ?')
  const insertPart = database.prepare('INSERT OR REPLACE INTO parts VALUES (?, ?, ?, ?, ?, ?)')
  const selectParts = database.prepare(
    'SELECT number, etag, modified, checksum, length(body) AS size FROM parts WHERE upload = ? ORDER BY number',
  )
  const selectBody = database.prepare('SELECT body FROM parts WHERE upload = ? AND number = ?')
  const deleteParts = database.prepare('DELETE FROM parts WHERE upload = ?')
  return {
    begin: (bucket, key, upload) => {
      const id = randomBytes(24).toString('base64url')
      insertUpload.run(id, bucket, key, JSON.stringify(upload))
      return id
    },
    get: (bucket, key, id) => {
      const row = selectUpload.get(id, bucket, key)
      return row && JSON.parse(String(row.upload))
    },
    putPart: (id, { number, body, modified, checksum }) => {
      const etag = `"${createHash('md5').update(body).digest('hex')}"`
      insertPart.run(id, number, etag, modified.getTime(), JSON.stringify(checksum), body)
      return etag
    },
    parts: id =>
      selectParts.all(id).map(row => ({
        number: Number(row.number),
        etag: String(row.etag),
        size: Number(row.size),
        modified: new Date(Number(row.modified)),
        checksum: JSON.parse(String(row.checksum)),
      })),
    bodyOf: (id, number) => Buffer.from(selectBody.get(id, number)?.body as Uint8Array),
    end: id => {
      deleteUpload.run(id)
      deleteParts.run(id)
    },
  }
}
