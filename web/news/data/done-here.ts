import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { homeContract } from '../../../shared/home/contract.ts'
import { randomId } from '../../../shared/kernel/ids.ts'
import { newsContract } from '../../../shared/news/contract.ts'
import type { NewsMark } from '../../../shared/news/shapes.ts'
import { call } from '../../platform/api.ts'
import { queryClient } from '../../platform/content.ts'
import type { FailedRead } from '../../platform/failure.ts'
import { readKey } from '../../platform/read.ts'
import { type DoneHere, nothingDone, seenBody, seenKey, withAct, withSeen, withSent } from './marks.ts'
import { seenSender } from './seen-sender.ts'

/** What the reader did on this device; stored with what they read, and deleted with it. */
export const doneHere = queryOptions<DoneHere, FailedRead>({
  queryKey: ['news', 'done-here'],
  queryFn: () => nothingDone,
  enabled: false,
  gcTime: Number.POSITIVE_INFINITY,
})

const change = (client: QueryClient, to: (here: DoneHere) => DoneHere): void =>
  void client.setQueryData(doneHere.queryKey, (here = nothingDone) => to(here))

const sender = seenSender({
  pending: () =>
    (queryClient.getQueryData(doneHere.queryKey)?.seen ?? []).flatMap(one => (one.isSent ? [] : [seenKey(one)])),
  send: async (pending, isLeaving) => {
    const reply = await call(
      newsContract.routes.seen,
      { body: seenBody(pending) },
      { key: randomId(), retry: false, keepalive: isLeaving },
    )
    // Refused for what they are, they would be refused again.
    return reply.ok || reply.problem.type === 'invalid-request'
  },
  sent: keys => change(queryClient, here => withSent(here, keys)),
  setTimer: (work, milliseconds) => setTimeout(work, milliseconds),
  clearTimer: timer => clearTimeout(timer as ReturnType<typeof setTimeout>),
})

let isListening = false

/** Sends what an earlier visit has left, and from now on what is pending when the page is left. */
export const startSending = (): void => {
  sender.noted()
  if (isListening) return
  isListening = true
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') void sender.leaving()
  })
  addEventListener('pagehide', () => void sender.leaving())
  addEventListener('online', () => sender.noted())
}

/** Notes that the reader has opened an edition of an item; the API is told within three minutes, of several at once. */
export const noteSeen = (news: string, edition: number): void => {
  change(queryClient, here => withSeen(here, news, edition))
  sender.noted()
}

/** Notes the API's answer to a signature, and asks for the state anew. */
export const noteAct = (client: QueryClient, act: NewsMark): void => {
  change(client, here => withAct(here, act))
  void client.invalidateQueries({ queryKey: readKey(homeContract.routes.state, {}) })
}
