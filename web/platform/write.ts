import { useMutation } from '@tanstack/react-query'
import { useRef } from 'react'
import { randomId } from '../../shared/kernel/ids.ts'
import type { Write } from '../../shared/kernel/route.ts'
import { call } from './api.ts'
import type { Failure } from './failure.ts'
import { type AnyInput, addressOf, type InputOf, type ReplyOf } from './request.ts'

class FailedWrite extends Error {
  readonly failure: Failure
  constructor(failure: Failure) {
    super(failure.type)
    this.failure = failure
  }
}

/** After these it is not known whether the act was done. */
const unsure: ReadonlySet<Failure['type']> = new Set(['unreachable', 'unavailable', 'unexpected'])

/**
 * Idempotency-Keys of what a person did: what is sent again after no answer came is the same act, under its first key.
 * Once answered, the same content is a new act.
 */
export const actKeys = () => {
  let held: { readonly what: string; readonly key: string } | undefined
  return {
    keyOf: (what: string): string => {
      if (held?.what !== what) held = { what, key: randomId() }
      return held.key
    },
    answered: (): void => {
      held = undefined
    },
  }
}

export type WriteOptions<Declared extends Write> = {
  /** After the API did it. What it changed is read again by `queryClient.invalidateQueries` here. */
  readonly onDone?: (reply: ReplyOf<Declared>, input: InputOf<Declared>) => unknown
  /** Before it is sent: shows at once what will be. Returns how to take that back should it fail. */
  readonly optimistic?: (input: InputOf<Declared>) => (() => void) | undefined
  readonly onFailed?: (failure: Failure, input: InputOf<Declared>) => unknown
}

/**
 * A write from a screen. `send(input)` sends it; `state` is what a person is told: `idle`, `sending`, `sent`, `failed` (then
 * `failure` says why). Sending the same input again after no clear answer repeats the same act, never a second one.
 */
export const useWrite = <Declared extends Write>(route: Declared, options: WriteOptions<Declared> = {}) => {
  const keys = useRef<ReturnType<typeof actKeys>>(undefined)
  keys.current ??= actKeys()
  const acts = keys.current
  const mutation = useMutation<ReplyOf<Declared>, FailedWrite, InputOf<Declared>, (() => void) | undefined>({
    mutationFn: async input => {
      const given = input as AnyInput
      const key = acts.keyOf(JSON.stringify([addressOf(route, given), given.body]))
      const reply = await call(route, input, { key })
      if (reply.ok || !unsure.has(reply.problem.type)) acts.answered()
      if (!reply.ok) throw new FailedWrite(reply.problem)
      return reply.value
    },
    // Without a network the person is told so, and the act is theirs to repeat.
    networkMode: 'always',
    onMutate: input => options.optimistic?.(input),
    onSuccess: (reply, input) => options.onDone?.(reply, input),
    onError: (error, input, takeBack) => {
      takeBack?.()
      return options.onFailed?.(error.failure, input)
    },
  })
  const states = { idle: 'idle', pending: 'sending', success: 'sent', error: 'failed' } as const
  return {
    send: (input: InputOf<Declared>): void => mutation.mutate(input),
    state: states[mutation.status],
    failure: mutation.error?.failure,
    reply: mutation.data,
    reset: mutation.reset,
  }
}
