import { createServer } from 'node:net'
import { CannotStart } from './cannot-start.ts'

/** A port of the loopback interface that was free a moment ago. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port is free')),
      )
    })
  })

/** What to tell of a port that cannot be listened on; the error itself if it is about something else. */
export const portRefused = (port: number, error: NodeJS.ErrnoException): Error => {
  if (error.code === 'EADDRINUSE')
    return new CannotStart(`The port ${port} is in use: choose another one with --port <number>.`)
  if (error.code === 'EACCES')
    return new CannotStart(`The port ${port} is not for everybody: choose one above 1023 with --port <number>.`)
  return error
}

const listens = (port: number, host: string): Promise<NodeJS.ErrnoException | undefined> =>
  new Promise(resolve => {
    const server = createServer()
    server.once('error', resolve)
    server.listen(port, host, () => server.close(() => resolve(undefined)))
  })

/**
 * Throws CannotStart if somebody else listens on the port of `localhost`: also by IPv6 alone, which browsers try first,
 * and where they would then find the other one. Machines without IPv6 are not asked.
 */
export const checkPort = async (port: number): Promise<void> => {
  const error = await listens(port, '127.0.0.1')
  if (error) throw portRefused(port, error)
  const other = await listens(port, '::1')
  if (other?.code === 'EADDRINUSE') throw portRefused(port, other)
}

/** What the embedded services are asked with. They check no signature; s3rver knows this one account. */
export const credentials = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' }
