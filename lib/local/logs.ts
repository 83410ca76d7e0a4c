import { createWriteStream, existsSync, mkdirSync, renameSync, statSync, type WriteStream } from 'node:fs'
import { join } from 'node:path'

/** Bytes above which a log file is renamed to `<name>.log.1` at the next start; an older `.1` is replaced. */
const rotationSize = 20 * 1024 * 1024

/** Log files of JSON lines in `folder`, one for each function. */
export const openLogs = (folder: string) => {
  const streams = new Map<string, WriteStream>()
  const open = (name: string): WriteStream => {
    mkdirSync(folder, { recursive: true })
    const file = join(folder, `${name.replace(/^\/+/, '').replaceAll('/', '-')}.log`)
    if (existsSync(file) && statSync(file).size > rotationSize) renameSync(file, `${file}.1`)
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
