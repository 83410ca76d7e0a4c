import { boardCache, boardsPrefix, indexCache } from '../../../shared/kernel/board.ts'
import { openRandom } from '../../support/random.ts'
import { openDevice } from './device.ts'
import type { Exchange } from './network.ts'
import { audiencesOf, draftsOf } from './publications.ts'
import { uai } from './school.ts'
import { publisher, type SchoolDay } from './school-day.ts'
import { type Cause, causes, type Tally } from './tally.ts'
import { newFolder, openTerritory } from './territory.ts'

const minute = 60_000

/** What happens in a run: 15 minutes in which visits begin, and 15 publications come. Milliseconds. */
export const window = { beginning: 15 * minute, visit: 180_000, pageViews: 8, publications: 15 }
/** Page views a second of a school of this size on an ordinary day: x1. */
const pageViewsASecond = 0.09
/** Share of visits by a device that was not signed in before: its token is fresh. The others come back after a day. */
const firstVisits = 0.3

export type RunOptions = {
  readonly assembly: string
  readonly day: SchoolDay
  /** How many times as many readers as on an ordinary day. */
  readonly factor: number
  /** Milliseconds from a publication to its index in the bucket. */
  readonly rendering: number
}

/** What was counted in a run. */
export type Run = {
  readonly factor: number
  readonly visits: number
  readonly pageViews: number
  readonly by: Readonly<Record<Cause, Readonly<Tally>>>
  /** Requests that the edge sent to the boards' bucket. */
  readonly bucket: number
  /** The most that the edge's configuration allows, whatever readers do. */
  readonly mostOfBucket: number
  /** Indexes and states of files that there were. */
  readonly indexes: number
  readonly states: number
  /** Requests of readers for boards and indexes, and what the viewer function read for all of them. */
  readonly exchanges: readonly Exchange[]
  readonly keyValueReads: number
  /** Of each reader who looked while something was published for them: milliseconds until it was on their screen. */
  readonly latencies: readonly number[]
  /** Publications that nobody who looked has seen, though they were to. */
  readonly unseen: number
  readonly puts: number
  readonly publications: number
  /** News that readers opened. */
  readonly seen: number
  /** Files that were fetched once a visit had begun, some seconds after it. */
  readonly filesLater: number
  /** Share of the publications that concern one of the school's people, on average. */
  readonly concerned: number
}

/** One run: the same publications as in every other, with `factor` times the readers, each on a device that starts empty. */
export const runSchoolDay = async ({ assembly, day, factor, rendering }: RunOptions): Promise<Run> => {
  const { folder, remove } = newFolder(day.folder)
  const territory = await openTerritory({ assembly, folder, start: day.start })
  try {
    const { simulation, followUps, tallies, url, keyValueReads } = territory
    const random = openRandom(7)
    const visits = Math.round((pageViewsASecond * factor * window.beginning) / 1000 / window.pageViews)
    const readers = [...day.people].sort((a, b) => (a.id.slice(5) < b.id.slice(5) ? -1 : 1)).slice(0, visits)
    if (readers.length < visits) throw new Error(`the school has ${readers.length} people for ${visits} visits`)
    const before = await territory.allFiles()
    const publishAs = await publisher(territory, day.author)
    const exchanges: Exchange[] = []
    const published: { readonly id: string; readonly at: number; readonly audiences: readonly string[] }[] = []
    const latencies: number[] = []
    let [unseen, seen, filesLater] = [0, 0, 0]

    const visit = async (place: number): Promise<void> => {
      const person = readers[place]
      if (!person) return
      const openedAt = simulation.now()
      const issued = random() < firstVisits ? openedAt : openedAt - 24 * 60 * minute
      const signed = await simulation.during(territory.signIn(person, new Date(issued)))
      const held = new Set(signed.me.audiences.map(({ id }) => id))
      const shown = new Set<string>()
      let wasHere = new Set<string>()
      const device = openDevice({
        url,
        simulation,
        signed,
        note: exchange => {
          exchanges.push(exchange)
          if (isNewsFile(exchange.path) && exchange.at > openedAt + 2_000) filesLater++
        },
        onNews: news => {
          for (const { id, at } of published) {
            if (at < openedAt || shown.has(id) || !news.has(id)) continue
            shown.add(id)
            latencies.push(simulation.now() - at)
          }
          wasHere = new Set(news)
        },
      })
      const step = window.visit / window.pageViews
      const openUnread = () => {
        if (device.openUnread()) seen++
      }
      const views: readonly (() => void)[] = [
        () => device.show('home'),
        () => device.show('news'),
        openUnread,
        () => device.show('news'),
        openUnread,
        () => device.showNotebook(),
        () => device.showNotebook(),
        () => device.show('home'),
      ]
      for (const [at, view] of views.entries()) simulation.setTimer(view, at * step)
      simulation.setTimer(() => {
        device.leave()
        // What was published long enough before the end is on the screen by now.
        const due = published.filter(
          ({ at, audiences }) =>
            at >= openedAt && at <= simulation.now() - 30_000 - rendering && audiences.some(id => held.has(id)),
        )
        unseen += due.filter(({ id }) => !shown.has(id) && !wasHere.has(id)).length
      }, window.visit)
    }

    const drafts = draftsOf(window.publications, uai, audiencesOf(day.everybody, uai), 2)
    const publications = openRandom(3)
    for (const draft of drafts)
      simulation.setTimer(
        () => {
          const at = simulation.now()
          const work = async () => {
            const { id, records } = await publishAs(draft)
            published.push({ id, at, audiences: draft.audiences })
            simulation.setTimer(() => {
              void simulation.during(deliver('rendering', records))
            }, rendering)
          }
          void simulation.during(work())
        },
        Math.round(publications() * window.beginning),
      )
    /** What readers wrote comes first, so that it is not taken for what follows from the publication. */
    const deliver = async (cause: Cause, records: Parameters<typeof followUps.toTheEnd>[1]) => {
      await followUps.toTheEnd('what follows a write', await followUps.take())
      await followUps.toTheEnd(cause, records)
    }
    const arrivals = openRandom(5)
    for (let place = 0; place < visits; place++)
      simulation.setTimer(() => void simulation.during(visit(place)), Math.round(arrivals() * window.beginning))
    const end = day.start + window.beginning + window.visit
    let isDue = false
    /** What follows from what readers write: delivered after the mapping's window, which begins with the first record. */
    tallies.onWrite(() => {
      if (isDue) return
      isDue = true
      simulation.setTimer(() => {
        isDue = false
        void simulation.during(deliver('what follows a write', []))
      }, followUps.window)
    })

    const everyMinute = () => {
      void simulation.during(followUps.runClock())
      if (simulation.now() < end) simulation.setTimer(everyMinute, minute)
    }
    simulation.setTimer(everyMinute, minute)

    tallies.reset()
    const edgeBefore = bucketRequests(territory)
    const [readsBefore, putsBefore] = [keyValueReads(), followUps.puts.length]
    await simulation.runUntil(end + 10_000)
    await territory.edgeIdle()

    const put = followUps.puts.slice(putsBefore)
    const states = new Set([...before, ...put].filter(path => !isIndex(path)))
    const indexes = new Set([...before, ...put].filter(isIndex))
    const seconds = (simulation.now() - day.start) / 1000
    const per = (ttl: number) => Math.floor(seconds / ttl) + 1
    const held = day.people.map(
      ({ audiences }) =>
        drafts.filter(draft => draft.audiences.some(id => audiences.some(one => one.id === id))).length,
    )
    return {
      factor,
      visits,
      pageViews: visits * window.pageViews,
      by: Object.fromEntries(causes.map(cause => [cause, { ...tallies.of(cause) }])) as Run['by'],
      bucket: bucketRequests(territory) - edgeBefore,
      indexes: indexes.size,
      states: states.size,
      mostOfBucket: indexes.size * per(indexCache.ttl) + states.size * per(boardCache.ttl),
      exchanges,
      keyValueReads: keyValueReads() - readsBefore,
      latencies,
      unseen,
      puts: put.length,
      publications: drafts.length,
      seen,
      filesLater,
      concerned: held.reduce((sum, count) => sum + count, 0) / held.length / drafts.length,
    }
  } finally {
    await territory.close()
    remove()
  }
}

/** True for a file of the news. */
const isNewsFile = (path: string): boolean => path.startsWith(boardsPrefix) && path.includes('/news')

export const isIndex = (path: string): boolean => path.startsWith(`${boardsPrefix}index.`)

type Territory = Awaited<ReturnType<typeof openTerritory>>

const bucketRequests = ({ edge }: Territory): number => edge()[`${boardsPrefix}*`]?.origin ?? Number.NaN
