import { openStorage } from '../../../lib/local/storage.ts'

/** An S3 in a process of its own, with a bucket `boards`: tells its endpoint, then serves until it is killed. */
const storage = await openStorage({ folder: process.argv[2] ?? '', region: 'eu-west-3' })
storage.bucket('boards')
process.send?.(storage.endpoint)
