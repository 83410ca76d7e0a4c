import type { CloudFrontKeyValueStoreClient } from '@aws-sdk/client-cloudfront-keyvaluestore'
import type { keysAccess } from '../platform/access.ts'
import { type Outcome, ResourceRequest, respond } from '../platform/custom-resource.ts'
import { type Log, type LogMessage, traceOf } from '../platform/log.ts'
import { put } from '../platform/operation.ts'
import type { KeysItem } from '../platform/patterns.ts'
import { platformPatterns } from '../platform/patterns.ts'
import type { Table } from '../platform/table.ts'
import { publish } from './key-store.ts'
import { newKeys, nextKeys } from './signing.ts'

/** What the keys function says in its log. */
export const keysLogMessages = {
  notInPlace: { code: 'KEYS-1', text: 'the keys could not be put in place' },
  rotated: { code: 'KEYS-2', text: 'keys rotated' },
  rotatedElsewhere: { code: 'KEYS-3', text: 'keys were rotated by another invocation' },
} as const satisfies Record<string, LogMessage>

export type Keeping = {
  readonly table: Table<typeof keysAccess>
  readonly client: CloudFrontKeyValueStoreClient
  /** The ARN of the edge's key-value store. */
  readonly store: string
  readonly now: () => Date
  readonly log: Log
}

const published = ({ signing }: Pick<KeysItem, 'signing'>) =>
  Object.fromEntries(signing.map(({ kid, secret }) => [kid, secret]))

const stored = ({ table }: Keeping) => table.get(platformPatterns.keys, {}, { consistent: true })

/** The territory's keys, made if there are none: a second deploy, or a deploy anew beside a kept table, keeps them. */
const established = async (keeping: Keeping): Promise<KeysItem> => {
  const held = await stored(keeping)
  if (held) return held
  await keeping.table.transact([put('keys', platformPatterns.keys, {}, newKeys(keeping.now()), { absent: true })])
  const made = await stored(keeping)
  if (!made) throw new Error('the keys just made are not there')
  return made
}

/** Create and Update: the table has keys, and the edge has the same. Delete: both stay with the table. */
const deployed = async (keeping: Keeping, request: ResourceRequest): Promise<void> => {
  let outcome: Outcome
  try {
    if (request.RequestType === 'Delete') outcome = { status: 'SUCCESS' }
    else {
      const keys = await established(keeping)
      await publish(keeping.client, keeping.store, published(keys))
      outcome = { status: 'SUCCESS', data: { EdgeSecret: keys.edge } }
    }
  } catch (error) {
    keeping.log.error(keysLogMessages.notInPlace, traceOf(error))
    const name = error instanceof Error ? error.name : 'an unknown error'
    outcome = { status: 'FAILED', reason: `The territory's keys could not be put in place: ${name}. See the log.` }
  }
  await respond(request, outcome)
}

/**
 * One step of the rotation. The edge learns a new key before the table does, and forgets one only once the table has:
 * what signs is known everywhere at any time.
 */
const rotated = async (keeping: Keeping): Promise<void> => {
  const held = await established(keeping)
  const next = nextKeys(held, keeping.now())
  if (next) {
    await publish(keeping.client, keeping.store, { ...published(held), ...published(next) })
    const done = await keeping.table.transact([
      put('keys', platformPatterns.keys, {}, next, { is: { signing: held.signing } }),
    ])
    keeping.log.info(done.ok ? keysLogMessages.rotated : keysLogMessages.rotatedElsewhere)
  }
  // Also after a step that was interrupted: what the table holds is what the edge keeps.
  await publish(keeping.client, keeping.store, published(await established(keeping)))
}

/** Answers CloudFormation's custom resource, and takes a step of the rotation at any other event: the schedule's. */
export const keepKeys =
  (keeping: Keeping) =>
  async (event: unknown): Promise<void> => {
    const request = ResourceRequest.safeParse(event)
    if (request.success) return deployed(keeping, request.data)
    if (typeof event === 'object' && event !== null && 'RequestType' in event)
      throw new Error('a custom resource request is not of the form CloudFormation documents')
    return rotated(keeping)
  }
