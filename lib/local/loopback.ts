import { createServer } from 'node:net'

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

/** What the embedded services are asked with. They check no signature; s3rver knows this one account. */
export const credentials = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' }
