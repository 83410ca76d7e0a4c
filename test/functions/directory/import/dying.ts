import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { localClient } from '../../../support/dynamodb.ts'

/** A client that dies at its `last`th write request, before or after the service has it. */
export const dying = (endpoint: string, last: number, after: boolean): DynamoDBClient => {
  const client = localClient(endpoint)
  let writes = 0
  client.middlewareStack.add(
    (next, context) => async args => {
      if (!/Write|Put/.test(context.commandName ?? '')) return next(args)
      writes++
      if (writes > last || (writes === last && !after)) throw new Error('the power is cut')
      const reply = await next(args)
      if (writes >= last) throw new Error('the power is cut')
      return reply
    },
    { step: 'initialize', name: 'power' },
  )
  return client
}
