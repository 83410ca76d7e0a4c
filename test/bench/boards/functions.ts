import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import type { Context } from 'aws-lambda'
import { features } from '../../../functions/features.ts'
import { homeHandler } from '../../../functions/home/handler.ts'
import { manageKeys } from '../../../functions/keys/manage-keys.ts'
import { newsHandler } from '../../../functions/news/handler.ts'
import { type Access, requestAccess } from '../../../functions/platform/access.ts'
import { ResourceRequest, respond } from '../../../functions/platform/custom-resource.ts'
import { openEdgeStore } from '../../../functions/platform/edge-store.ts'
import { openTable } from '../../../functions/platform/open-table.ts'
import { openKeys, type Platform } from '../../../functions/platform/platform.ts'
import { sessionHandler } from '../../../functions/session/handler.ts'
import { type Account, type LocalFunction, noCounts } from '../../../lib/local/account.ts'
import type { Now } from '../../../lib/local/now.ts'
import { homeContract } from '../../../shared/home/contract.ts'
import type { Contract } from '../../../shared/kernel/route.ts'
import { newsContract } from '../../../shared/news/contract.ts'
import { sessionContract } from '../../../shared/session/contract.ts'
import { workContract } from '../../../shared/work/contract.ts'
import { keyValueClient } from '../../support/key-value-client.ts'
import { openWork } from '../../support/work.ts'
import type { Cause, Tallies } from './tally.ts'

type Invoke = (event: unknown, context: Context) => Promise<unknown>

/** `onMissing` is told where readers ask it: they would get an error, and the bench would count what is not so. */
const nobody =
  (name: string, onMissing: (name: string) => void): Invoke =>
  async event => {
    // A deploy's resources that the bench does not need, as the web app's files.
    const request = ResourceRequest.safeParse(event)
    if (!request.success) {
      onMissing(name)
      throw new Error(`the bench does not run the function ${name}`)
    }
    await respond(request.data, { status: 'SUCCESS' })
  }

/** The platform of functions that run in this process, by a time that is given. */
export const platformOf = (client: DynamoDBClient, table: string, now: Now): Platform => {
  const date = () => new Date(now())
  const requests = openTable(table, requestAccess, date, client)
  const fail = (message: { readonly text: string }, fields: object = {}) => {
    throw new Error(`a function has logged an error: ${message.text} ${JSON.stringify(fields)}`)
  }
  return {
    config: { table, territory: 'demo', service: 'bench' },
    now: date,
    table: openTable<Access>(table, {}, date, client),
    requests,
    keys: openKeys(requests, date),
    log: { info: () => {}, error: fail, count: () => {}, flush: () => {} },
  }
}

/** What a request to the API is counted as; `reader` for everything that no other cause names. */
export const causeOf = (contract: Contract, routeKey: string): Cause => {
  const [name, route] =
    Object.entries(contract.routes).find(([, { method, path }]) => `${method} ${path}` === routeKey) ?? []
  if (contract === sessionContract && name === 'renew') return 'renewal'
  if (contract === newsContract && name === 'publish') return 'publishing'
  if (contract === workContract && name === 'set') return 'publishing'
  if (route?.kind === 'private') return 'private read'
  return route?.kind === 'write' ? 'write' : 'reader'
}

type Opened = { readonly invoke: Invoke; readonly contract?: Contract }

/**
 * Runs the assembly's functions in this process, by a simulated time: those that answer readers, and the one that makes
 * keys. Invocations are counted by their cause.
 */
export const inProcess = (now: Now, tallies: Tallies): Account => {
  const clients: DynamoDBClient[] = []
  const missing = new Set<string>()
  const open = (name: string, variables: Readonly<Record<string, string>>): Opened => {
    const { TABLE_NAME = '', KVS_ARN = '', AWS_ENDPOINT_URL_DYNAMODB, AWS_REGION } = variables
    const platform = () => {
      const client = new DynamoDBClient({
        endpoint: AWS_ENDPOINT_URL_DYNAMODB ?? '',
        region: AWS_REGION ?? '',
        credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      })
      clients.push(client)
      tallies.meter(client)
      return platformOf(client, TABLE_NAME, now)
    }
    if (name.endsWith('-home')) return { invoke: homeHandler(platform()) as Invoke, contract: homeContract }
    if (name.endsWith('-news')) return { invoke: newsHandler(platform()) as Invoke, contract: newsContract }
    if (name.endsWith('-work')) return { invoke: openWork(platform()) as Invoke, contract: workContract }
    if (name.endsWith('-session')) return { invoke: sessionHandler(platform()) as Invoke, contract: sessionContract }
    if (!name.endsWith('-keys')) return { invoke: nobody(name, one => missing.add(one)) }
    const store = openEdgeStore(keyValueClient(variables.AWS_ENDPOINT_URL_CLOUDFRONT_KEYVALUESTORE ?? ''), KVS_ARN)
    return { invoke: manageKeys({ ...platform(), store }) }
  }
  return {
    declare: ({ name, variables }): LocalFunction => {
      let opened: Opened | undefined
      const counts = noCounts()
      return {
        name,
        counts,
        invoke: async event => {
          opened ??= open(name, variables)
          const { invoke, contract } = opened
          counts.invocations++
          const context = { functionName: name, getRemainingTimeInMillis: () => 6_000 } as Context
          const { routeKey = '' } = event as { readonly routeKey?: string }
          const payload = contract
            ? await tallies.invocation(causeOf(contract, routeKey), () => invoke(event, context))
            : await invoke(event, context)
          return { ok: true, payload }
        },
      }
    },
    close: async () => {
      for (const client of clients) client.destroy()
      if (missing.size > 0)
        throw new Error(`readers asked functions that the bench does not run: ${[...missing].join()}`)
    },
  }
}

/** All that features do when something changes. */
export const listedDeliveries = Object.values(features).flatMap(feature => feature ?? [])
