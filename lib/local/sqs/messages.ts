import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Now } from '../now.ts'

/** A message as a consumer receives it. */
export type Message = {
  readonly id: string
  readonly body: string
  readonly receipt: string
  /** How often it was received, this time included. */
  readonly received: number
  readonly sentAt: number
}

/**
 * The messages of standard queues. One that was received is invisible until it is deleted or its visibility timeout has
 * passed, and then received again.
 */
export type Messages = {
  /** @param delay seconds before it is visible. @returns its id. */
  readonly send: (queue: string, body: string, delay?: number) => string
  /** Up to 10 messages, in no order that could be relied on. @param visibility seconds. */
  readonly receive: (queue: string, most: number, visibility: number) => Message[]
  readonly delete: (receipt: string) => void
  /** Changes for how many seconds from now on a message is invisible. */
  readonly hide: (receipt: string, seconds: number) => void
  /** The bodies of all messages of a queue sent since then, in milliseconds since 1970, visible or not. */
  readonly since: (queue: string, from: number) => string[]
  /** Makes visible what nobody works on: the consumers of an earlier start are gone. */
  readonly release: (queue: string) => void
  readonly count: (queue: string) => number
  readonly close: () => void
}

const schema = `
  PRAGMA journal_mode = WAL;
  CREATE TABLE IF NOT EXISTS messages (
    id TEXT PRIMARY KEY, queue TEXT NOT NULL, body TEXT NOT NULL, sent INTEGER NOT NULL, visible INTEGER NOT NULL,
    received INTEGER NOT NULL, receipt TEXT
  );
`

/** Every so many messages one is delivered twice, as SQS may deliver any: consumers have to bear it. */
const twiceEach = 7

/** Opens the messages stored in `folder`: they outlive the process. */
export const openMessages = (folder: string, now: Now): Messages => {
  mkdirSync(folder, { recursive: true })
  const database = new DatabaseSync(join(folder, 'messages.sqlite'))
  database.exec(schema)
  const insert = database.prepare('INSERT INTO messages VALUES (?, ?, ?, ?, ?, 0, NULL)')
  const select = database.prepare('SELECT * FROM messages WHERE queue = ? AND visible <= ? ORDER BY random() LIMIT ?')
  const mark = database.prepare('UPDATE messages SET visible = ?, received = received + 1, receipt = ? WHERE id = ?')
  const remove = database.prepare('DELETE FROM messages WHERE receipt = ?')
  const release = database.prepare('UPDATE messages SET visible = 0 WHERE queue = ? AND received > 0')
  const hide = database.prepare('UPDATE messages SET visible = ? WHERE receipt = ?')
  const since = database.prepare('SELECT body FROM messages WHERE queue = ? AND sent >= ?')
  const count = database.prepare('SELECT COUNT(*) AS count FROM messages WHERE queue = ?')
  let sent = 0
  return {
    send: (queue, body, delay = 0) => {
      const id = randomUUID()
      insert.run(id, queue, body, now(), now() + delay * 1_000)
      if (++sent % twiceEach === 0) insert.run(`${id}-again`, queue, body, now(), now() + delay * 1_000)
      return id
    },
    receive: (queue, most, visibility) =>
      select.all(queue, now(), Math.min(most, 10)).map(row => {
        const receipt = randomUUID()
        mark.run(now() + visibility * 1_000, receipt, String(row.id))
        return {
          id: String(row.id).replace(/-again$/, ''),
          body: String(row.body),
          receipt,
          received: Number(row.received) + 1,
          sentAt: Number(row.sent),
        }
      }),
    delete: receipt => {
      remove.run(receipt)
    },
    hide: (receipt, seconds) => {
      hide.run(now() + seconds * 1_000, receipt)
    },
    since: (queue, from) => since.all(queue, from).map(({ body }) => String(body)),
    release: queue => {
      release.run(queue)
    },
    count: queue => Number(count.get(queue)?.count ?? 0),
    close: () => database.close(),
  }
}
