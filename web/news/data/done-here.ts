import { onlineManager, type QueryClient, queryOptions } from '@tanstack/react-query'
import { homeContract } from '../../../shared/home/contract.ts'
import { randomId } from '../../../shared/kernel/ids.ts'
import type { NewsMark } from '../../../shared/news/shapes.ts'
import { call, currentSession } from '../../platform/api.ts'
import { queryClient } from '../../platform/content.ts'
import type { FailedRead } from '../../platform/failure.ts'
import { deviceBox } from '../../platform/outbox/device-outbox.ts'
import { keepWrite } from '../../platform/outbox/keep-write.ts'
import { isUnanswered } from '../../platform/outbox/outbox.ts'
import { readKey } from '../../platform/read.ts'
import {
  type DoneHere,
  keysOfBody,
  mostSeen,
  nothingDone,
  type SeenBody,
  seenBody,
  seenKey,
  withAct,
  withoutFormer,
  withSeen,
  withSent,
} from './marks.ts'
import { seenSender } from './seen-sender.ts'
import { seenWrite } from './seen-write.ts'

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
    if (!onlineManager.isOnline()) return keepSeen(pending)
    const reply = await call(
      seenWrite.route,
      { body: seenBody(pending) },
      { key: randomId(), retry: false, keepalive: isLeaving },
    )
    // Refused for what they are, they would be refused again.
    return reply.ok || reply.problem.type === 'invalid-request' || (isUnanswered(reply.problem) && keepSeen(pending))
  },
  sent: keys => change(queryClient, here => withSent(here, keys)),
  setTimer: (work, milliseconds) => setTimeout(work, milliseconds),
  clearTimer: timer => clearTimeout(timer as ReturnType<typeof setTimeout>),
})

/** What was opened and waits on the device: joined by more, it is one request. */
const waitingSeen = (): readonly SeenBody[] =>
  deviceBox
    .waiting()
    .flatMap(({ write, refused, input }) =>
      write === seenWrite.name && !refused ? [(input as { readonly body: SeenBody }).body] : [],
    )

/** Keeps on the device that these were opened, until there is a network. Resolves to false where it cannot. */
const keepSeen = async (pending: readonly string[]): Promise<boolean> => {
  if (currentSession().state !== 'signed-in') return false
  const joined = waitingSeen().map(body => withoutFormer([...keysOfBody(body), ...pending]))
  const keys = joined.find(({ length }) => length <= mostSeen) ?? pending
  return keepWrite(seenWrite, { body: seenBody(keys) }, seenWrite.name)
}

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

/**
 * Notes that the reader has opened an edition of an item; the API is told within three minutes, of several at once. Without a
 * network it waits on the device.
 */
export const noteSeen = (news: string, edition: number): void => {
  change(queryClient, here => withSeen(here, news, edition))
  if (onlineManager.isOnline()) sender.noted()
  else void sender.now()
}

/** Notes the API's answer to a signature, and asks for the state anew. */
export const noteAct = (client: QueryClient, act: NewsMark): void => {
  change(client, here => withAct(here, act))
  void client.invalidateQueries({ queryKey: readKey(homeContract.routes.state, {}) })
}
