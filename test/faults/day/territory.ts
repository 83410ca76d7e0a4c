import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { features } from '../../../functions/features.ts'
import { homeHandler } from '../../../functions/home/handler.ts'
import { newsHandler } from '../../../functions/news/handler.ts'
import { answering, background, openDynamoDb, type Waiting } from '../../../functions/platform/dynamodb.ts'
import { homeContract } from '../../../shared/home/contract.ts'
import { newsContract } from '../../../shared/news/contract.ts'
import { workContract } from '../../../shared/work/contract.ts'
import { openDocuments } from '../../functions/documents/territory.ts'
import { type Called, type CallOptions, call } from '../../support/call.ts'
import { openWork } from '../../support/work.ts'
import { someCallsFail } from '../some-calls.ts'
import { more } from './people.ts'

type Options = Omit<CallOptions, 'as'>

/** As functions wait, but for timeouts, which would end what did not fail on a busy machine, and for long pauses. */
const patient = (waiting: Waiting): Waiting => ({
  ...waiting,
  ...{ connection: 30_000, read: 30_000, write: 30_000, pause: 5 },
})

/**
 * The school of the day, 50 people, with the functions of documents, work, news and Home, and all that follows from the
 * stream. `faults` are those of their calls to the table and to the bucket.
 */
export const openDay = async (random: () => number) => {
  const clients: DynamoDBClient[] = []
  const documents = await openDocuments({
    more,
    subscribed: Object.values(features).flatMap(feature => feature ?? []),
    clientsOf: ({ client, endpoint }) => {
      const settings = { endpoint, region: 'eu-west-3', credentials: client.config.credentials }
      const own = {
        answering: openDynamoDb(patient(answering), settings),
        behind: openDynamoDb(patient(background), settings),
      }
      clients.push(...Object.values(own))
      return own
    },
  })
  const { platform, callers, people } = documents
  const [work, news, home] = [openWork(platform), newsHandler(platform), homeHandler(platform)]
  const idOf = (name: string): string => {
    const person = people[name]
    if (!person) throw new Error(`nobody is called ${name} here`)
    return person.id
  }
  let next = Promise.withResolvers<void>()
  const as = (who: string, options: Options) => ({ ...options, as: callers[who] })
  return {
    ...documents,
    /** Resolves when what was told has been delivered once more. */
    nextDelivery: (): Promise<void> => next.promise,
    deliverOnce: async () => {
      const done = await documents.deliverOnce()
      next.resolve()
      next = Promise.withResolvers<void>()
      return done
    },
    close: async () => {
      for (const one of clients) one.destroy()
      await documents.close()
    },
    faults: someCallsFail([...clients, documents.storage.client], random),
    idOf,
    asks: {
      documents: documents.ask,
      work: (name: keyof typeof workContract.routes, who: string, options: Options = {}): Promise<Called> =>
        call(work, platform, workContract.routes[name], as(who, options)),
      news: (name: keyof typeof newsContract.routes, who: string, options: Options = {}): Promise<Called> =>
        call(news, platform, newsContract.routes[name], as(who, options)),
      home: (who: string): Promise<Called> => call(home, platform, homeContract.routes.state, as(who, {})),
    },
  }
}

export type Day = Awaited<ReturnType<typeof openDay>>
