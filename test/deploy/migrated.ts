import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb'
import { unmarshall } from '@aws-sdk/util-dynamodb'
import { itemGenerations } from '../../shared/kernel/item-generation.ts'
import { eventually } from '../support/http.ts'
import { type BoardsPlace, settings } from './boards.ts'
import { timeoutMs } from './journey.ts'

/** The stream has carried out the migration of the second deploy (changed.ts): its generation is noted, no account left out. */
export const migrated = async ({ emulator, table }: BoardsPlace): Promise<void> => {
  const client = new DynamoDBClient(settings(emulator))
  const items = async () => {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new ScanCommand({ TableName: table, ConsistentRead: true }),
    )
    if (LastEvaluatedKey) throw new Error('the table is larger than a page')
    return Items.map(item => unmarshall(item))
  }
  const all = await eventually(async () => {
    const found = await items()
    const reached = found.find(({ pk, sk }) => pk === 'ITEMS' && sk === 'GENERATION')?.generation
    return reached === itemGenerations.current + 1 ? found : undefined
  }, timeoutMs).catch((cause: unknown) => {
    throw new Error('the migration has not ended', { cause })
  })
  const accounts = all.filter(({ sk }) => sk === 'ACCOUNT')
  const left = accounts.filter(({ language }) => language === undefined)
  if (accounts.length < 3 || left.length > 0)
    throw new Error(`${left.length} of ${accounts.length} accounts were left out`)
}
