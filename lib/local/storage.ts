import { S3Client } from '@aws-sdk/client-s3'
import type { Origin } from './http.ts'
import { credentials } from './loopback.ts'
import { scanResult, scanTag } from './malware-scan.ts'
import type { Now } from './now.ts'
import type { CorsRule } from './s3/cors.ts'
import { type Fault, openFaults } from './s3/faults.ts'
import { openObjects } from './s3/objects.ts'
import { bucketOrigin, type OriginAccess } from './s3/origin.ts'
import type { May } from './s3/permissions.ts'
import { type ObjectEvent, serveS3 } from './s3/server.ts'
import type { StoredObject } from './s3/stored-object.ts'

type Changed = {
  readonly bucket: string
  readonly key: string
  readonly event: ObjectEvent
  /** Of the object as it is now; undefined if it was deleted meanwhile. */
  readonly object: StoredObject | undefined
  readonly region: string
  readonly at: Date
  readonly nth: number
}

/** Source: Amazon S3 User Guide, "Event message structure": keys are URL-encoded, with `+` for a space. */
const notificationOf = ({ bucket, key, event, object, region, at, nth }: Changed) => ({
  Records: [
    {
      eventVersion: '2.1',
      eventSource: 'aws:s3',
      awsRegion: region,
      eventTime: at.toISOString(),
      eventName: event,
      s3: {
        s3SchemaVersion: '1.0',
        bucket: { name: bucket, arn: `arn:aws:s3:::${bucket}` },
        object: {
          key: encodeURIComponent(key).replaceAll('%2F', '/').replaceAll('%20', '+'),
          ...(object && { size: object.body.length, eTag: object.etag.slice(1, -1) }),
          // Later puts have a greater one, also those of a later start.
          sequencer: `${at.getTime().toString(16).padStart(12, '0')}${nth.toString(16).padStart(4, '0')}`.toUpperCase(),
        },
      },
    },
  ],
})

/** Events of a kind, on objects whose keys begin with `prefix`. */
export type Watched = { readonly prefix: string; readonly event: 's3:ObjectCreated:*' | 's3:ObjectTagging:Put' }

const isWatched = ({ prefix, event }: Watched, key: string, happened: ObjectEvent): boolean =>
  key.startsWith(prefix) && `s3:${happened}`.startsWith(event.replace(/\*$/, ''))

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
  /** Has what happens to objects announced. `sequencer`: by which an announcement that comes twice is told. */
  readonly notify: (bucket: string, watched: Watched, announce: (notification: object) => void) => void
  /** Has each object that is put under a prefix scanned for malware, and tagged with the result. */
  readonly scan: (bucket: string, prefixes: readonly string[]) => void
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
  const listeners = new Map<string, (Watched & { announce: (notification: object) => void })[]>()
  const scanned = new Map<string, readonly string[]>()
  let nth = 0
  const changed = (bucket: string, key: string, event: ObjectEvent) => {
    const announced = (listeners.get(bucket) ?? []).filter(one => isWatched(one, key, event))
    if (announced.length > 0) {
      const object = objects.get(bucket, key)
      const notification = notificationOf({ bucket, key, event, object, region, at: new Date(now()), nth: ++nth })
      for (const { announce } of announced) announce(notification)
    }
    if (event !== 'ObjectTagging:Put' && scanned.get(bucket)?.some(prefix => key.startsWith(prefix))) scan(bucket, key)
  }
  /** As GuardDuty does it: some time after the object was put. */
  const scan = (bucket: string, key: string) =>
    setImmediate(() => {
      const object = closed ? undefined : objects.get(bucket, key)
      if (!object) return
      objects.tag(bucket, key, { ...object.tags, [scanTag]: scanResult(object.body) })
      changed(bucket, key, 'ObjectTagging:Put')
    })
  let closed = false
  const signer = { region, credentials, session, now: Date.now }
  const server = await serveS3({ objects, faults, signer, now, cors, changed })
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
    notify: (bucket, watched, announce) => {
      listeners.set(bucket, [...(listeners.get(bucket) ?? []), { ...watched, announce }])
    },
    scan: (bucket, prefixes) => {
      scanned.set(bucket, prefixes)
    },
    disturb: faults.cause,
    close: async () => {
      closed = true
      client.destroy()
      await server.close()
      objects.close()
    },
  }
}
