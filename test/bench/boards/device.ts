import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { homeContract } from '../../../shared/home/contract.ts'
import { indexRoleOf } from '../../../shared/kernel/board.ts'
import { randomId } from '../../../shared/kernel/ids.ts'
import type { PrivateRead } from '../../../shared/kernel/route.ts'
import { type NewsBoard, newsBoard } from '../../../shared/news/board.ts'
import { newsContract } from '../../../shared/news/contract.ts'
import { publishesAs, runsSchool } from '../../../shared/news/rules.ts'
import { sessionContract } from '../../../shared/session/contract.ts'
import { mergeRows } from '../../../web/news/data/feed.ts'
import {
  isUnread,
  marksOf,
  nothingDone,
  privateInterval,
  seenBody,
  seenKey,
  withSeen,
  withSent,
} from '../../../web/news/data/marks.ts'
import { seenSender } from '../../../web/news/data/seen-sender.ts'
import { boardAsker } from '../../../web/platform/boards/board-reply.ts'
import type { BoardReader } from '../../../web/platform/boards/board-status.ts'
import { boardStore, type FileRef } from '../../../web/platform/boards/board-store.ts'
import { cachedBoards } from '../../../web/platform/boards/cached-boards.ts'
import { polling } from '../../../web/platform/boards/polling.ts'
import { client, type Sessions, send } from '../../../web/platform/client.ts'
import { FailedRead } from '../../../web/platform/failure.ts'
import { read } from '../../../web/platform/read.ts'
import { renewal } from '../../../web/platform/renewal.ts'
import { sessionState } from '../../../web/platform/session.ts'
import { deviceNotebook } from './device-notebook.ts'
import { type Exchange, memoryStorage, openNetwork } from './network.ts'
import { goBySimulation } from './query-timers.ts'
import type { Signed } from './school.ts'
import type { Simulation } from './simulation.ts'

export type DeviceOptions = {
  readonly url: string
  readonly simulation: Simulation
  readonly signed: Signed
  readonly note?: (exchange: Exchange) => void
  /** Called when boards changed, with the ids of all news that the device can show. */
  readonly onNews?: (news: ReadonlySet<string>) => void
}

/**
 * A device on which the web app is open: the app's own client, session, renewal, boards, polling and marks, without its
 * screens. It may be shown and hidden, and looks at Home or at the list of news.
 */
export const openDevice = ({ url, simulation, signed, note = () => {}, onNews = () => {} }: DeviceOptions) => {
  goBySimulation(simulation)
  const { network, storage, clock } = openNetwork(url, simulation, signed.cookies, note)
  const session = sessionState({ localStore: storage, sessionStore: memoryStorage() })
  session.open(signed.me, true)
  const renew = renewal({
    exchange: key => send(network, sessionContract.routes.renew, {}, { key }),
    storage,
    alone: work => work(),
    now: simulation.now,
    renewed: me => session.open(me, true),
  })
  const sessions: Sessions = {
    open: () => session.current().state === 'signed-in',
    stale: () => session.stale(clock.now()),
    renew,
    ended: why => {
      throw new Error(`a reader's session has ended: ${why.type}`)
    },
    answered: () => undefined,
  }
  const call = client(network, sessions)
  const held = new Map<string, unknown>()
  const { me } = signed
  const cached = cachedBoards({
    entries: async () => [...held],
    change: async (put, drop) => {
      for (const key of drop) held.delete(key)
      for (const [key, content] of put) held.set(key, content)
    },
    clear: async () => held.clear(),
  })
  const store = boardStore({
    ask: boardAsker(network, sessions),
    cached,
    now: clock.now,
    onTooNew: () => {
      throw new Error('a board is newer than the app')
    },
  })
  let isVisible = true
  const hidden = new Set<() => void>()
  const polls = polling({
    ask: store.refresh,
    now: simulation.now,
    setTimer: simulation.setTimer,
    clearTimer: simulation.clearTimer,
    isVisible: () => isVisible,
    onReturn: () => {},
    onHidden: listener => void hidden.add(listener),
  })
  const indexes = me.roles.map(({ uai, role }) => ({ uai, role: indexRoleOf(role) }))
  const reader: BoardReader = {
    indexes: indexes.filter(
      (one, at) => indexes.findIndex(({ uai, role }) => uai === one.uai && role === one.role) === at,
    ),
    audiences: me.audiences.map(({ id, uai }) => ({ id, uai })),
  }
  let queries = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  const observed = <Route extends PrivateRead>(route: Route, input: { readonly [part: string]: unknown }) =>
    new QueryObserver(queries, {
      ...read(route, input as never, { every: privateInterval }),
      queryFn: async () => {
        const reply = await call(route, input as never, { retry: false })
        if (!reply.ok) throw new FailedRead(reply.problem)
        return reply.value
      },
    } as never).subscribe(() => undefined)

  let here = nothingDone
  const sender = seenSender({
    pending: () => here.seen.flatMap(one => (one.isSent ? [] : [seenKey(one)])),
    send: async (news, isLeaving) => {
      const options = { key: randomId(), retry: false, keepalive: isLeaving }
      return (await call(newsContract.routes.seen, { body: seenBody(news) }, options)).ok
    },
    sent: news => {
      here = withSent(here, news)
    },
    setTimer: simulation.setTimer,
    clearTimer: simulation.clearTimer,
  })
  const { state } = homeContract.routes
  const marks = () => marksOf(queries.getQueryData(read(state, {}).queryKey)?.news, here)
  const boardsShown = () =>
    reader.audiences.flatMap(audience => {
      const status = store.status(newsBoard, audience)
      if (status.state !== 'shown') return []
      const { rows, notices } = store.content(newsBoard, status.path) as NewsBoard
      return [{ audience: audience.id, rows, notices: [...rows.filter(({ notice }) => notice !== 'none'), ...notices] }]
    })
  const newest = (of: 'rows' | 'notices') =>
    mergeRows(
      boardsShown().map(board => ({ audience: board.audience, items: board[of] })),
      new Date(clock.now()),
    )
  /** The texts that the app fetches ahead: of unread news, and of notices to sign. */
  const ahead = (): FileRef[] => {
    const known = marks()
    const wanted = [
      ...newest('notices'),
      ...newest('rows').filter(news => news.notice === 'none' && (!known || isUnread(news, known))),
    ]
    return wanted.flatMap(({ source, text }) => (source && text ? [{ audience: source, file: text }] : []))
  }
  let fetched = ''
  const askedLists = new Set<string>()
  store.subscribe(() => {
    onNews(new Set(boardsShown().flatMap(({ rows }) => rows.map(({ id }) => id))))
    // Where a board is missing, the app asks the API for the list.
    for (const { id } of reader.audiences.filter(one => store.status(newsBoard, one).state === 'missing'))
      if (!askedLists.has(id) && askedLists.add(id))
        void call(newsContract.routes.list, { params: { audience: id }, query: {} }, { retry: false })
    const refs = ahead()
    const key = JSON.stringify(refs)
    if (key === fetched || !isVisible) return
    fetched = key
    void store.fetchAhead(refs, () => isVisible)
  })

  const publishes = me.schools.some(({ uai }) => publishesAs(me.roles, uai) !== undefined)
  const run = me.schools.find(({ uai }) => runsSchool(me.roles, uai))
  let leaveScreen = () => {}
  const notebook = deviceNotebook({ me, call, store, reader, clock, isVisible: () => isVisible })
  /** The notebook: the boards of one's classes, and what was ticked, of a teacher nothing beside. */
  const showNotebook = (): void => {
    leaveScreen()
    const stops = [...(notebook.isFollowed ? [observed(state, {})] : []), notebook.open(), polls.start()]
    leaveScreen = () => stops.forEach(stop => void stop())
  }
  /** What a screen asks for as it is shown: Home of whoever publishes asks for their publications, all else for the marks. */
  const show = (screen: 'home' | 'news'): void => {
    leaveScreen()
    const follows = screen === 'home' && publishes && me.children.length === 0
    const { ofSchool, mine } = newsContract.routes
    const stopReading = !follows
      ? observed(state, {})
      : run
        ? observed(ofSchool, { params: { uai: run.uai }, query: {} })
        : observed(mine, { query: {} })
    store.want(newsBoard)
    // Home shows what is to be done next, of the notebook's boards.
    const stopsOfHome = screen === 'home' ? [notebook.open()] : []
    if (store.open(reader)) void polls.now()
    const stops = [stopReading, ...stopsOfHome, polls.start()]
    leaveScreen = () => stops.forEach(stop => void stop())
  }
  return {
    me,
    store,
    call,
    network,
    reader,
    newest,
    marks,
    /** The texts that this device can show without a network, of what its boards hold. */
    textOf: (news: {
      readonly opened?: unknown
      readonly text?: string | undefined
      readonly source?: string | undefined
    }) =>
      news.opened !== undefined || (news.text !== undefined && cached.files.has(`/boards/${news.source}/${news.text}`)),
    fetchAhead: () => store.fetchAhead(ahead(), () => true),
    show,
    showNotebook,
    notebook,
    /** Opens all that is unread, one item after the other. */
    openAll: (): void => {
      for (const { id } of newest('rows')) here = withSeen(here, id)
    },
    /** Opens the first unread item; false if there is none. */
    openUnread: (): boolean => {
      const known = marks()
      const next = newest('rows').find(news => !known || isUnread(news, known))
      if (!next) return false
      here = withSeen(here, next.id)
      sender.noted()
      return true
    },
    /** The page is left: what was seen is sent, nothing is asked for. */
    leave: (): void => {
      isVisible = false
      for (const listener of hidden) listener()
      leaveScreen()
      leaveScreen = () => {}
      void simulation.during(sender.leaving())
    },
    /** The page is opened again, as after a reload: private reads begin anew. */
    again: (): void => {
      isVisible = true
      queries = new QueryClient({ defaultOptions: { queries: { retry: false } } })
      fetched = ''
    },
  }
}

export type Device = ReturnType<typeof openDevice>
