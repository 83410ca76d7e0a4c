import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb'
import type { Key } from './pattern.ts'

export type ScanPart = {
  /** One of `segments` parts of the table, from 0: an item is always in the same one. */
  readonly segment: number
  readonly segments: number
  /** Items read, whatever they are. */
  readonly limit: number
  /** Where the last page ended. */
  readonly after?: Key | undefined
  /** Items are left out whose partition keys do not begin with it. Absent: none is. */
  readonly prefix?: string
}

export type ScanPage = {
  readonly items: readonly { readonly key: Key; readonly fields: Readonly<Record<string, unknown>> }[]
  /** Absent: this was the last page. */
  readonly next?: Key | undefined
}

/** Reads a page of all items of the table. For migrations and erasures alone: no request is ever served by it. */
export type Scan = (part: ScanPart) => Promise<ScanPage>

/** Opens the scan of the table `name`. */
export const openScan = (name: string, client: DynamoDBClient): Scan => {
  const documents = DynamoDBDocumentClient.from(client)
  return async ({ segment, segments, limit, after, prefix }) => {
    const { Items = [], LastEvaluatedKey } = await documents.send(
      new ScanCommand({
        TableName: name,
        Segment: segment,
        TotalSegments: segments,
        Limit: limit,
        ConsistentRead: true,
        ...(after && { ExclusiveStartKey: { ...after } }),
        ...(prefix !== undefined && {
          FilterExpression: 'begins_with(pk, :prefix)',
          ExpressionAttributeValues: { ':prefix': prefix },
        }),
      }),
    )
    const items = Items.map(({ pk, sk, ...fields }) => ({ key: { pk, sk }, fields }))
    return { items, next: LastEvaluatedKey as Key | undefined }
  }
}
