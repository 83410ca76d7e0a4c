import { createWriteStream, existsSync, mkdirSync, renameSync, statSync, type WriteStream } from 'node:fs'
import { join } from 'node:path'

/** A log beyond this many bytes is put aside at the next start, in the place of the one put aside before. */
const largest = 20 * 1024 * 1024

/** Log files of JSON lines, one a function, in `folder`. */
export const openLogs = (folder: string) => {
  const streams = new Map<string, WriteStream>()
  const open = (name: string): WriteStream => {
    mkdirSync(folder, { recursive: true })
    const file = join(folder, `${name.replace(/^\/+/, '').replaceAll('/', '-')}.log`)
    if (existsSync(file) && statSync(file).size > largest) renameSync(file, `${file}.1`)
    const stream = createWriteStream(file, { flags: 'a', mode: 0o600 })
    streams.set(name, stream)
    return stream
  }
  return {
    write: (name: string, line: string): void => {
      const stream = streams.get(name) ?? open(name)
      stream.write(`${line}\n`)
    },
    close: async (): Promise<void> => {
      await Promise.all([...streams.values()].map(stream => new Promise(resolve => stream.end(resolve))))
    },
  }
}
