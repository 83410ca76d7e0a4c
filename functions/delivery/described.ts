import type { DynamoDBRecord } from 'aws-lambda'
import type { Deliveries } from '../platform/delivery.ts'
import { argsOf } from '../platform/pattern.ts'

/** What records are of, without what is in them. */
export type Described = {
  /** The names of the subscriptions that get them, one for each record and subscription. */
  readonly names: readonly string[]
  /** What is counted by them: see {@link Deliveries.countedOf}. */
  readonly counted: readonly string[]
}

/** Says which subscriptions get records, by their keys. */
export const openDescribe =
  (features: readonly Deliveries[]) =>
  (records: readonly DynamoDBRecord[]): Described => {
    const changes = records.flatMap(({ eventName, dynamodb }) => {
      const key = { pk: dynamodb?.Keys?.pk?.S ?? '', sk: dynamodb?.Keys?.sk?.S ?? '' }
      return features.flatMap(({ subscriptions, countedOf }) =>
        subscriptions
          .filter(({ on }) => on.some(event => event === eventName))
          .flatMap(({ name, of }) =>
            of.flatMap(pattern => {
              const args = argsOf(pattern, key)
              return args ? [{ name, counted: countedOf?.({ pattern, args } as never) }] : []
            }),
          ),
      )
    })
    const counted = changes.flatMap(one => one.counted ?? [])
    return { names: changes.map(({ name }) => name), counted: [...new Set(counted)] }
  }
