import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type AttributeValue, type DynamoDBClient, PutItemCommand, paginateScan } from '@aws-sdk/client-dynamodb'
import { GetObjectCommand, PutObjectCommand, paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3'
import { forEachConcurrent } from '../../functions/platform/concurrent.ts'

/**
 * What a release stored of a territory, as files that are read and compared line by line: the table's items in
 * DynamoDB's own JSON, the objects of the boards' bucket with their headers, the values of the edge's store.
 */

export type StoredItem = Record<string, AttributeValue>
export type StoredFile = {
  readonly key: string
  readonly contentType: string
  readonly cacheControl: string
  readonly body: string
}
/** What the territory says of itself, of which tests know what must still hold: see make.ts. */
export type Known = {
  readonly madeAt: string
  readonly password: string
  /** By name: how they sign in. */
  readonly logins: Readonly<Record<string, string>>
  /** The activation code of `moussa`, who has not used it. */
  readonly code: string
  /** By name: the cookies of a session on a device of their own. */
  readonly cookies: Readonly<Record<string, readonly string[]>>
  /** Ids of news, by what they are there for. */
  readonly news: Readonly<Record<string, string>>
}
export type Stored = {
  readonly items: readonly StoredItem[]
  readonly files: readonly StoredFile[]
  readonly keyValues: Readonly<Record<string, string>>
  readonly known: Known
}

/** The folder of a release's territory. */
export const folderOf = (release: string): string => join(import.meta.dirname, release)

/** The releases of which a territory is kept, oldest first, by the generation of their items: `items-3`. */
export const keptReleases = (): string[] =>
  readdirSync(import.meta.dirname)
    .filter(name => /^items-\d+$/.test(name))
    .sort((a, b) => Number(a.slice(6)) - Number(b.slice(6)))

const lines = (values: readonly unknown[]): string => `${values.map(value => JSON.stringify(value)).join('\n')}\n`
const parsed = (folder: string, name: string): never[] =>
  readFileSync(join(folder, name), 'utf8')
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line) as never)

/** Bytes are written in base64, as DynamoDB's JSON has them. */
const toText = (value: AttributeValue): object => (value.B ? { B: Buffer.from(value.B).toString('base64') } : value)
const fromText = (value: AttributeValue): AttributeValue =>
  value.B ? { B: Uint8Array.from(Buffer.from(value.B as unknown as string, 'base64')) } : value
/** The key first, then all other attributes by name. */
const place = (name: string): number => ['pk', 'sk', name].indexOf(name)
const mapped = <To>(item: StoredItem, of: (value: AttributeValue) => To): Record<string, To> =>
  Object.fromEntries(
    Object.entries(item)
      .sort(([a], [b]) => place(a) - place(b) || (a < b ? -1 : 1))
      .map(([name, value]) => [name, of(value)]),
  )

export const writeStored = (folder: string, { items, files, keyValues, known }: Stored): void => {
  writeFileSync(join(folder, 'items.jsonl'), lines(items.map(item => mapped(item, toText))))
  writeFileSync(join(folder, 'files.jsonl'), lines(files))
  writeFileSync(join(folder, 'key-values.jsonl'), lines(Object.entries(keyValues)))
  writeFileSync(join(folder, 'known.jsonl'), lines([known]))
}

export const readStored = (folder: string): Stored => {
  const [known] = parsed(folder, 'known.jsonl')
  if (!known) throw new Error(`${folder} holds no territory`)
  return {
    items: parsed(folder, 'items.jsonl').map(item => mapped(item, fromText)),
    files: parsed(folder, 'files.jsonl'),
    keyValues: Object.fromEntries(parsed(folder, 'key-values.jsonl')),
    known,
  }
}

type Table = { readonly client: DynamoDBClient; readonly table: string }
type Bucket = { readonly client: S3Client; readonly bucket: string }

const keyText = ({ pk, sk }: StoredItem): string => `${pk?.S} ${sk?.S}`

/** All items of a table, by their keys. */
export const allItems = async ({ client, table }: Table): Promise<StoredItem[]> => {
  const items: StoredItem[] = []
  for await (const page of paginateScan({ client }, { TableName: table, ConsistentRead: true }))
    items.push(...(page.Items ?? []))
  return items.sort((a, b) => (keyText(a) < keyText(b) ? -1 : 1))
}

export const putItems = ({ client, table }: Table, items: readonly StoredItem[]): Promise<void> =>
  forEachConcurrent(
    items,
    async Item => void (await client.send(new PutItemCommand({ TableName: table, Item: { ...Item } }))),
    8,
  )

/** All objects of a bucket, by their keys. */
export const allObjects = async ({ client, bucket }: Bucket): Promise<StoredFile[]> => {
  const files: StoredFile[] = []
  for await (const page of paginateListObjectsV2({ client }, { Bucket: bucket }))
    for (const { Key: key = '' } of page.Contents ?? []) {
      const { Body, ContentType, CacheControl } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }))
      const body = (await Body?.transformToString()) ?? ''
      files.push({ key, contentType: ContentType ?? '', cacheControl: CacheControl ?? '', body })
    }
  return files.sort((a, b) => (a.key < b.key ? -1 : 1))
}

export const putObjects = ({ client, bucket }: Bucket, files: readonly StoredFile[]): Promise<void> =>
  forEachConcurrent(
    files,
    async ({ key, contentType, cacheControl, body }) => {
      const headers = { ContentType: contentType, CacheControl: cacheControl }
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ...headers }))
    },
    8,
  )
