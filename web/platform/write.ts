import { type QueryClient, useMutation } from '@tanstack/react-query'
import type { Result } from '../../shared/kernel/result.ts'
import type { Upload, Write } from '../../shared/kernel/route.ts'
import { call, currentSession } from './api.ts'
import { database } from './database.ts'
import type { Failure } from './failure.ts'
import { idempotencyKeys, type KeyOwner, keysInDatabase, keysInStorage } from './idempotency-keys.ts'
import { type AnyInput, addressOf, type InputOf, type ReplyOf } from './request.ts'
import { sessionStore } from './storage.ts'

class FailedWrite extends Error {
  readonly failure: Failure
  constructor(failure: Failure) {
    super(failure.type)
    this.failure = failure
  }
}

/** After these it is not known whether the write was done. */
const unclear: ReadonlySet<Failure['type']> = new Set(['unreachable', 'unavailable', 'unexpected'])

/** Of a write that is kept on the device first, and sent from there (outbox/device-outbox.ts). */
export type Keeping<Declared extends Write | Upload> = {
  /** What it is about, of its feature: those of one subject are sent in the order in which they were made. */
  subjectOf(input: InputOf<Declared>): string
  /**
   * The last one of a subject says it all: it takes the place of those that wait. Of one that is not repeatable, whose request
   * may still be done after a later one's, only of those that were never sent.
   */
  readonly lastCounts?: true
  /** Done twice it does no harm, by what its route says: it is sent by itself however long it has waited. */
  readonly isRepeatable?: true
  /**
   * Of a repeatable one: what is sent of what was kept, which may differ from one attempt to the next. `offset`: milliseconds
   * that were added to the device's clock for the server's time when it was made.
   */
  asSent?(input: InputOf<Declared>, offset: number): InputOf<Declared>
  /** Names in what was kept the documents that files of this device have become, by their ids there. */
  withDocuments?(input: InputOf<Declared>, documents: ReadonlyMap<string, string>): InputOf<Declared>
  /**
   * That it waits is told nowhere, and what the API refuses of it is forgotten: it tells what happened, and is nothing that
   * somebody made.
   */
  readonly isQuiet?: true
  /** It holds a text of its author's, which they can copy where it was made before they remove it. */
  readonly hasText?: true
  /** Why it counts as refused although the API answered it: undefined if it was done. */
  refusalIn?(reply: ReplyOf<Declared>, input: InputOf<Declared>): Failure | undefined
}

/**
 * A write as data, in `web/<feature>/writes.ts`: a route, and what it changes on this device. It holds nothing of a
 * component, so that it can be sent by whatever screen is open, or by none.
 */
export type DeclaredWrite<Declared extends Write | Upload = Write | Upload> = {
  /** Unique in the app, begins with the feature's name: `news.sign`. */
  readonly name: string
  readonly route: Declared
  /** Before it is sent: puts what will be into the cache. Returns how to take that back should it fail. */
  optimistic?(client: QueryClient, input: InputOf<Declared>): (() => void) | undefined
  /** After the API did it: brings the cache, or the session, up to date. What it returns is waited for. */
  onDone?(client: QueryClient, reply: ReplyOf<Declared>, input: InputOf<Declared>): unknown
  readonly kept?: Keeping<Declared>
}

/** Declares a write: `write('news.sign', newsContract.routes.sign, { onDone: noteMark })`. */
export const write = <Declared extends Write | Upload>(
  name: string,
  route: Declared,
  effects: Omit<DeclaredWrite<Declared>, 'name' | 'route'> = {},
): DeclaredWrite<Declared> => ({ ...effects, name, route })

const keys = idempotencyKeys({ now: Date.now, timeout: 1_000 })
const [onOwnDevice, onSharedDevice] = [keysInDatabase(database), keysInStorage(sessionStore)]

const keyOwner = (): KeyOwner | undefined => {
  const session = currentSession()
  if (session.state !== 'signed-in') return undefined
  return { person: session.me.person.id, store: session.personal ? onOwnDevice : onSharedDevice }
}

/** Forgets the keys of unanswered writes, on this page and on the device. */
export const clearKeys = (): Promise<void> => keys.clear([onOwnDevice, onSharedDevice])

/** What makes a write the same write, and who keeps its key. */
const identityOf = <Declared extends Write | Upload>(
  { route }: DeclaredWrite<Declared>,
  input: InputOf<Declared>,
  owner: KeyOwner | undefined,
): readonly [said: string, owner: KeyOwner | undefined] => {
  const given = input as AnyInput
  const said = JSON.stringify([owner?.person, route.method, addressOf(route, given), given.body])
  // Nothing made of a password may be stored: the key of such a write lasts as long as the page.
  return [said, route.secretBody ? undefined : owner]
}

/** The Idempotency-Key under which a write is sent, or was sent and not answered. */
export const keyOfWrite = <Declared extends Write | Upload>(
  declared: DeclaredWrite<Declared>,
  input: InputOf<Declared>,
): Promise<string> => keys.keyOf(...identityOf(declared, input, keyOwner()))

/** Sends a write under its key, or that of `kept`, which waited on the device; and forgets the key once it is answered. */
export const sendWrite = async <Declared extends Write | Upload>(
  declared: DeclaredWrite<Declared>,
  input: InputOf<Declared>,
  kept?: { readonly key: string; readonly person: string },
): Promise<Result<ReplyOf<Declared>, Failure>> => {
  const owner = keyOwner()
  const person = kept?.person ?? owner?.person
  const reply = await call(declared.route, input, { key: kept?.key ?? (await keyOfWrite(declared, input)), person })
  if (reply.ok || !unclear.has(reply.problem.type)) await keys.answered(...identityOf(declared, input, owner))
  return reply
}

const send = async <Declared extends Write | Upload>(
  declared: DeclaredWrite<Declared>,
  input: InputOf<Declared>,
): Promise<ReplyOf<Declared>> => {
  const reply = await sendWrite(declared, input)
  if (!reply.ok) throw new FailedWrite(reply.problem)
  return reply.value
}

const registered = new Map<string, DeclaredWrite>()

/** A registered write by its name; undefined while its feature was not loaded. */
export const writeNamed = (name: string): DeclaredWrite | undefined => registered.get(name)

const register = <Declared extends Write | Upload>(client: QueryClient, declared: DeclaredWrite<Declared>): void =>
  client.setMutationDefaults<ReplyOf<Declared>, FailedWrite, InputOf<Declared>, (() => void) | undefined>(
    [declared.name],
    {
      mutationFn: input => send(declared, input),
      // Without a network the person is told so, and the write is theirs to repeat.
      networkMode: 'always',
      onMutate: input => declared.optimistic?.(client, input),
      onSuccess: (reply, input) => declared.onDone?.(client, reply, input),
      onError: (_error, _input, takeBack) => takeBack?.(),
    },
  )

/** Registers writes with TanStack Query by their names. The shell does so for a feature as it loads its screens. */
export const registerWrites = (client: QueryClient, writes: Readonly<Record<string, DeclaredWrite>>): void => {
  for (const declared of Object.values(writes)) {
    registered.set(declared.name, declared)
    register(client, declared)
  }
}

/** What concerns the component that sends: closing a dialog, a toast, going elsewhere. */
type CallEffects<Declared extends Write | Upload> = {
  /** After the write's own onDone. */
  readonly onDone?: (reply: ReplyOf<Declared>, input: InputOf<Declared>) => unknown
  readonly onFailed?: (failure: Failure, input: InputOf<Declared>) => unknown
}

/** Why a write failed, also where this app itself did after the API's answer. */
const failureIn = (error: unknown): Failure => (error instanceof FailedWrite ? error.failure : { type: 'unexpected' })

const states = { idle: 'idle', pending: 'sending', success: 'sent', error: 'failed' } as const

/**
 * A registered write, sent from a screen. `send(input)` sends it; `state` is `idle`, `sending`, `sent` or `failed` (then
 * `failure` says why). The same input sent again after no clear answer repeats the same write, never does it twice.
 */
export const useWrite = <Declared extends Write | Upload>({ name }: DeclaredWrite<Declared>) => {
  const mutation = useMutation<ReplyOf<Declared>, Error, InputOf<Declared>>({ mutationKey: [name] })
  return {
    // By the promise, since callbacks given to mutate() are dropped when the component is unmounted meanwhile.
    send: (input: InputOf<Declared>, { onDone, onFailed }: CallEffects<Declared> = {}): void => {
      mutation.mutateAsync(input).then(
        reply => onDone?.(reply, input),
        (error: unknown) => {
          onFailed?.(failureIn(error), input)
          // What was thrown here, and not answered, is a fault of the app: the browser reports it.
          if (!(error instanceof FailedWrite)) throw error
        },
      )
    },
    state: states[mutation.status],
    failure: mutation.error ? failureIn(mutation.error) : undefined,
    reply: mutation.data,
    reset: mutation.reset,
  }
}
