import { appendFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'

/** An SQS queue that messages are only sent to. */
export type Queue = { readonly name: string; readonly send: (body: object) => void }

/** A queue of dead letters, which a person reads, as a file of JSON lines in `folder`. */
export const openQueue = (folder: string, name: string): Queue => ({
  name,
  send: body => {
    mkdirSync(folder, { recursive: true })
    appendFileSync(join(folder, `${name}.jsonl`), `${JSON.stringify(body)}\n`, { mode: 0o600 })
  },
})
