import { S3Client } from '@aws-sdk/client-s3'
import type { Origin } from './http.ts'
import { credentials } from './loopback.ts'
import type { Now } from './now.ts'
import type { CorsRule } from './s3/cors.ts'
import { type Fault, openFaults } from './s3/faults.ts'
import { openObjects } from './s3/objects.ts'
import { bucketOrigin, type OriginAccess } from './s3/origin.ts'
import type { May } from './s3/permissions.ts'
import { serveS3 } from './s3/server.ts'

type Created = {
  readonly bucket: string
  readonly key: string
  readonly region: string
  readonly at: Date
  readonly nth: number
}

/** Source: Amazon S3 User Guide, "Event message structure": keys are URL-encoded, with `+` for a space. */
const notificationOf = ({ bucket, key, region, at, nth }: Created) => ({
  Records: [
    {
      eventVersion: '2.1',
      eventSource: 'aws:s3',
      awsRegion: region,
      eventTime: at.toISOString(),
      eventName: 'ObjectCreated:Put',
      s3: {
        s3SchemaVersion: '1.0',
        bucket: { name: bucket, arn: `arn:aws:s3:::${bucket}` },
        object: {
          key: encodeURIComponent(key).replaceAll('%2F', '/').replaceAll('%20', '+'),
          // Later puts have a greater one, also those of a later start.
          sequencer: `${at.getTime().toString(16).padStart(12, '0')}${nth.toString(16).padStart(4, '0')}`.toUpperCase(),
        },
      },
    },
  ],
})

/** An embedded S3 that stores its objects in a folder. */
export type Storage = {
  /** The endpoint for SDKs. */
  readonly endpoint: string
  readonly client: S3Client
  /** Environment variables with credentials for a caller of its own, who may do what `may` says. */
  readonly credentialsOf: (caller: string, may: May) => Readonly<Record<string, string>>
  /** Creates the bucket unless it exists. */
  readonly bucket: (name: string) => void
  /** The origin at which browsers reach one bucket: `http://127.0.0.1:<port>`. */
  readonly addressOf: (bucket: string) => Promise<string>
  /** Allows what the rules say to pages that the territory itself serves, wherever the rules' own pages are. */
  readonly allowPages: (bucket: string, rules: readonly Omit<CorsRule, 'origins'>[]) => void
  /** Sets the origin at which the territory serves its pages. */
  readonly servePagesAt: (origin: string) => void
  /** Sets what the edge may do with a bucket; nothing, until it is set. */
  readonly allowEdge: (bucket: string, access: OriginAccess) => void
  /** The bucket as an origin of the edge. */
  readonly origin: (bucket: string) => Origin
  /** Has each object that is put under a prefix announced. `sequencer`: by which an announcement that comes twice is told. */
  readonly notify: (bucket: string, prefix: string, announce: (notification: object) => void) => void
  /** Makes a bucket hang or fail, for the edge and for SDKs; undefined makes it answer again. */
  readonly disturb: (bucket: string, fault: Fault | undefined) => void
  readonly close: () => Promise<void>
}

export type StorageOptions = {
  /** The folder of its file. */
  readonly folder: string
  readonly region: string
  /** The time that objects and replies to the edge are dated with. Signatures are made by the machine's, and judged by it. */
  readonly now?: Now | undefined
}

/** Starts the S3. Decision: docs/decisions/0020-an-s3-of-our-own.md */
export const openStorage = async (options: StorageOptions): Promise<Storage> => {
  const { folder, region, now = Date.now } = options
  const objects = openObjects(folder)
  const faults = openFaults()
  const sessions = new Map<string, May>()
  const pages = new Map<string, readonly Omit<CorsRule, 'origins'>[]>()
  let origins: readonly string[] = []
  const cors = (bucket: string) => (pages.get(bucket) ?? []).map(rule => ({ ...rule, origins }))
  const session = (token: string) => sessions.get(token)
  const listeners = new Map<string, { prefix: string; announce: (notification: object) => void }[]>()
  let puts = 0
  const created = (bucket: string, key: string) => {
    for (const { prefix, announce } of listeners.get(bucket) ?? [])
      if (key.startsWith(prefix)) announce(notificationOf({ bucket, key, region, at: new Date(now()), nth: ++puts }))
  }
  const signer = { region, credentials, session, now: Date.now }
  const server = await serveS3({ objects, faults, signer, now, cors, created })
  const client = new S3Client({ endpoint: server.endpoint, region, credentials })
  const access = new Map<string, OriginAccess>()
  return {
    endpoint: server.endpoint,
    client,
    // The access key is that of all, since DynamoDB Local keeps a database for each; the token tells who it is.
    credentialsOf: (caller, may) => {
      const token = `session-of-${caller}`
      sessions.set(token, may)
      return {
        AWS_ACCESS_KEY_ID: credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
        AWS_SESSION_TOKEN: token,
      }
    },
    bucket: objects.createBucket,
    addressOf: server.addressOf,
    allowPages: (bucket, rules) => {
      pages.set(bucket, rules)
    },
    servePagesAt: origin => {
      origins = [origin]
    },
    allowEdge: (bucket, allowed) => {
      access.set(bucket, allowed)
    },
    origin: bucket =>
      bucketOrigin({ objects, faults, now }, bucket, () => access.get(bucket) ?? { read: false, list: false }),
    notify: (bucket, prefix, announce) => {
      listeners.set(bucket, [...(listeners.get(bucket) ?? []), { prefix, announce }])
    },
    disturb: faults.cause,
    close: async () => {
      client.destroy()
      await server.close()
      objects.close()
    },
  }
}
