import { DeleteCommand, DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import { type ArgsOf, type ItemOf, type ItemPattern, keyOf } from '../../functions/platform/pattern.ts'
import type { Database } from './dynamodb.ts'

/** Writes, reads and deletes items directly in the table, without the code under test. */
export const openItems = ({ client, table }: Pick<Database, 'client' | 'table'>) => {
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } })
  return {
    put: async <Of extends ItemPattern>(pattern: Of, args: ArgsOf<Of>, fields: Partial<ItemOf<Of>>): Promise<void> => {
      const Item = { ...keyOf(pattern, args), ...(fields as object) }
      await documents.send(new PutCommand({ TableName: table, Item }))
    },
    get: async <Of extends ItemPattern>(pattern: Of, args: ArgsOf<Of>): Promise<ItemOf<Of> | undefined> => {
      const Key = keyOf(pattern, args)
      const reply = await documents.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }))
      return reply.Item as ItemOf<Of> | undefined
    },
    remove: async <Of extends ItemPattern>(pattern: Of, args: ArgsOf<Of>): Promise<void> => {
      await documents.send(new DeleteCommand({ TableName: table, Key: keyOf(pattern, args) }))
    },
  }
}
