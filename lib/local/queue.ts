import { appendFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'

/** A queue that things are set aside in: nothing here reads it, a person does. */
export type Queue = { readonly name: string; readonly send: (body: object) => void }

/** A queue as a file of JSON lines in `folder`. */
export const openQueue = (folder: string, name: string): Queue => ({
  name,
  send: body => {
    mkdirSync(folder, { recursive: true })
    appendFileSync(join(folder, `${name}.jsonl`), `${JSON.stringify(body)}\n`, { mode: 0o600 })
  },
})
