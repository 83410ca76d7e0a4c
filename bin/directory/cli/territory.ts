import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { ImportRefused } from '../feed/finding.ts'

export type TerritoryOptions = {
  readonly table?: string | undefined
  readonly region?: string | undefined
  readonly endpoint?: string | undefined
}

/** The table to work on, and how long it is ours. */
export type Territory = { readonly client: DynamoDBClient; readonly table: string; readonly close: () => void }

/**
 * A deployed territory's table, with the credentials AWS tools usually find; with `endpoint`, one of a service that
 * speaks DynamoDB's protocol, such as the embedded one, which checks no credentials.
 */
export const openTerritory = ({ table, region, endpoint }: TerritoryOptions): Territory => {
  if (!table) throw new ImportRefused('say which territory: --table <name> --region <region>')
  const embedded = endpoint && {
    endpoint,
    region: region ?? 'eu-west-3',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  }
  const client = new DynamoDBClient({ maxAttempts: 10, ...(region && { region }), ...embedded })
  return { client, table, close: () => client.destroy() }
}
