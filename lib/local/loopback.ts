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

/** The error for the operator if a port cannot be listened on; `error` itself if its cause is another one. */
export const portError = (port: number, error: NodeJS.ErrnoException): Error => {
  if (error.code === 'EADDRINUSE')
    return new CannotStart(`The port ${port} is in use: choose another one with --port <number>.`)
  if (error.code === 'EACCES')
    return new CannotStart(`The port ${port} needs administrator rights: choose one above 1023 with --port <number>.`)
  return error
}

/** Listens for a moment; resolves to the error if that is not possible. */
const tryToListen = (port: number, host: string): Promise<NodeJS.ErrnoException | undefined> =>
  new Promise(resolve => {
    const server = createServer()
    server.once('error', resolve)
    server.listen(port, host, () => server.close(() => resolve(undefined)))
  })

/**
 * Throws CannotStart if another process listens on this port of `localhost`, also if it listens on IPv6 only: browsers
 * try IPv6 first and would reach the other process. Other errors of IPv6 are ignored, since a machine may not have it.
 */
export const checkPort = async (port: number): Promise<void> => {
  const error = await tryToListen(port, '127.0.0.1')
  if (error) throw portError(port, error)
  const error6 = await tryToListen(port, '::1')
  if (error6?.code === 'EADDRINUSE') throw portError(port, error6)
}

/** The credentials of the embedded services. S3 checks signatures made with them; the others check none. */
export const credentials = { accessKeyId: 'AKIALOCAL', secretAccessKey: 'secret-of-this-machine' }
