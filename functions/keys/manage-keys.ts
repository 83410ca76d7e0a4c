import * as z from 'zod/mini'
import type { keysAccess } from '../platform/access.ts'
import { type Outcome, ResourceRequest, respond } from '../platform/custom-resource.ts'
import type { EdgeStore } from '../platform/edge-store.ts'
import { type Log, type LogMessage, traceOf } from '../platform/log.ts'
import { mediaKey, mediaSecret } from '../platform/media.ts'
import { put } from '../platform/operation.ts'
import type { KeysItem } from '../platform/patterns.ts'
import { platformPatterns } from '../platform/patterns.ts'
import type { Table } from '../platform/table.ts'
import { dropFormerFactorsKey, ensureFactorsKey } from './factors-key.ts'
import { type EdgeKeys, publishKeys } from './publish-keys.ts'
import { Renewed, renewedKeys } from './renewal.ts'
import { completedKeys, newKeys, nextKeys } from './signing-keys.ts'

/** The log messages of the keys function. */
export const keysLogMessages = {
  notDeployed: { code: 'KEYS-1', text: 'the keys could not be deployed' },
  rotated: { code: 'KEYS-2', text: 'keys rotated' },
  renewed: { code: 'KEYS-4', text: 'secrets renewed' },
  rotatedElsewhere: { code: 'KEYS-3', text: 'keys were rotated by another invocation' },
} as const satisfies Record<string, LogMessage>

export type KeysContext = {
  readonly table: Table<typeof keysAccess>
  readonly store: EdgeStore
  readonly now: () => Date
  readonly log: Log
}

/** What the edge verifies with: tokens by key id, and the addresses of media. */
const edgeKeysOf = ({ signing, boards }: Pick<KeysItem, 'signing' | 'boards'>): EdgeKeys => ({
  ...Object.fromEntries(signing.map(({ kid, secret }) => [kid, secret])),
  ...(boards !== undefined && { [mediaKey]: mediaSecret({ boards }) }),
})

const readKeys = ({ table }: KeysContext) => table.get(platformPatterns.keys, {}, { consistent: true })

/**
 * The territory's keys, generated if there are none, with the secrets that an earlier release did not make. A second
 * deploy, or a new stack on a retained table, keeps them.
 */
const getOrCreateKeys = async (context: KeysContext): Promise<KeysItem> => {
  const existing = await readKeys(context)
  const made = existing ? completedKeys(existing) : newKeys(context.now())
  if (existing && !made) return existing
  const when = existing ? { is: { signing: existing.signing }, lacks: ['boards' as const] } : { absent: true as const }
  if (made) await context.table.transact([put('keys', platformPatterns.keys, {}, made, when)])
  const created = await readKeys(context)
  if (!created) throw new Error('the keys were written but cannot be read')
  return created
}

/** Renews the secrets that a deploy asks for. Signing keys are published before they sign. */
const renewKeys = async (context: KeysContext, keys: KeysItem, asked: Renewed): Promise<KeysItem> => {
  const next = renewedKeys(keys, asked, context.now())
  if (!next) return keys
  await publishKeys(context.store, { ...edgeKeysOf(keys), ...edgeKeysOf(next) })
  const done = await context.table.transact([
    put('keys', platformPatterns.keys, {}, next, {
      is: { signing: keys.signing, edge: keys.edge, refresh: keys.refresh },
    }),
  ])
  if (!done.ok) throw new Error('the keys changed while they were being renewed: deploy again')
  context.log.info(keysLogMessages.renewed)
  return next
}

/** What a deploy asks the keys' function for. */
const KeysRequest = z.extend(ResourceRequest, {
  ResourceProperties: z.optional(z.object({ Renewed: z.optional(z.string()) })),
})
type KeysRequest = z.infer<typeof KeysRequest>

/** Create and Update: ensures that the table has keys and the edge the same ones. Delete: keeps both. */
const deployKeys = async (context: KeysContext, request: KeysRequest): Promise<void> => {
  let outcome: Outcome
  try {
    if (request.RequestType === 'Delete') outcome = { status: 'SUCCESS' }
    else {
      await ensureFactorsKey(context)
      const asked = Renewed.parse(JSON.parse(request.ResourceProperties?.Renewed ?? '{}'))
      const keys = await renewKeys(context, await getOrCreateKeys(context), asked)
      await publishKeys(context.store, edgeKeysOf(keys))
      outcome = { status: 'SUCCESS', data: { EdgeSecret: keys.edge } }
    }
  } catch (error) {
    context.log.error(keysLogMessages.notDeployed, traceOf(error))
    const name = error instanceof Error ? error.name : 'an unknown error'
    outcome = { status: 'FAILED', reason: `The territory's keys could not be deployed: ${name}. See the log.` }
  }
  await respond(request, outcome)
}

/**
 * One step of the rotation. A new key is published to the edge before it is written to the table, and an old one is
 * deleted from the edge after it is deleted from the table: the edge can verify every key that signs at any time.
 */
const rotateKeys = async (context: KeysContext): Promise<void> => {
  const current = await getOrCreateKeys(context)
  const next = nextKeys(current, context.now())
  if (next) {
    await publishKeys(context.store, { ...edgeKeysOf(current), ...edgeKeysOf(next) })
    const done = await context.table.transact([
      put('keys', platformPatterns.keys, {}, next, { is: { signing: current.signing } }),
    ])
    context.log.info(done.ok ? keysLogMessages.rotated : keysLogMessages.rotatedElsewhere)
  }
  // Also without a step, which completes one that was interrupted before.
  await publishKeys(context.store, edgeKeysOf(await getOrCreateKeys(context)))
  await dropFormerFactorsKey(context)
}

/** The handler of CloudFormation's custom resource. Any other event, such as the schedule's, is a step of the rotation. */
export const manageKeys =
  (context: KeysContext) =>
  async (event: unknown): Promise<void> => {
    const request = KeysRequest.safeParse(event)
    if (request.success) return deployKeys(context, request.data)
    if (typeof event === 'object' && event !== null && 'RequestType' in event)
      throw new Error('a custom resource request is not of the form that CloudFormation documents')
    return rotateKeys(context)
  }
