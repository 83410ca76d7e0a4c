import fc from 'fast-check'
import { inlineText, workBoard } from '../../../shared/work/board.ts'
import { dayAfter } from '../../../shared/work/rules.ts'
import { accepted } from '../../support/accepted.ts'
import { audience, college, groups } from '../../support/school.ts'
import { draftOf } from '../news/territory.ts'
import type { BoardsTerritory } from './fixture.ts'

/*
 * What authors and teachers do that boards follow from, at random.
 */

export const audiences = [
  audience('school', college),
  audience('guardians', college),
  audience('class', groups.sixA.id),
  audience('class-guardians', groups.sixB.id),
]

type Action =
  | {
      readonly do: 'publish'
      readonly to: readonly string[]
      readonly long: boolean
      readonly notice: boolean
      /** Minutes until it is published; undefined: at once. */
      readonly later: number | undefined
    }
  | { readonly do: 'edit'; readonly which: number; readonly to: readonly string[]; readonly pinned: boolean }
  | { readonly do: 'withdraw'; readonly which: number }
  | {
      readonly do: 'set'
      /** Days from today. */
      readonly away: number
      /** Characters of its text. */
      readonly length: number
      readonly later: number | undefined
    }
  | { readonly do: 'move'; readonly which: number; readonly away: number }
  | { readonly do: 'remove'; readonly which: number }

/** Minutes by which a publication is scheduled ahead, at most. */
export const longestWait = 5

const to = fc.subarray(audiences, { minLength: 1 })
const which = fc.nat({ max: 20 })
/** Minutes until something is published; undefined: at once. */
const later = fc.oneof(
  { weight: 3, arbitrary: fc.constant(undefined) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: longestWait }) },
)
/** In what a notebook's board looks back to, in what it shows of the days ahead, and beyond. */
const away = fc.constantFrom(-workBoard.holds.daysBack - 1, -1, 0, 2, workBoard.holds.daysAhead + 1)
export const anAction: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('publish' as const),
      to,
      long: fc.boolean(),
      notice: fc.boolean(),
      later,
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('edit' as const), which, to, pinned: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('withdraw' as const), which }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('set' as const),
      away,
      // None, one that stands in the board, and one in a file of its own.
      length: fc.constantFrom(0, 1, inlineText + 1),
      later,
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('move' as const), which, away }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('remove' as const), which }) },
)

export type Published = {
  readonly of: 'news' | 'work'
  id: string
  version: number
  notice: 'none' | 'guardian'
  withdrawn: boolean
  marker: string
  /** When it is published, if it was scheduled. */
  publishAt?: string
}

const scheduled = (t: BoardsTerritory, minutes: number | undefined): { publishAt?: string } =>
  minutes === undefined ? {} : { publishAt: new Date(t.clock.now.getTime() + minutes * 60_000).toISOString() }

/** The times of what is still to be published at its time. */
const stillScheduled = (t: BoardsTerritory, { publishAt }: Published): { publishAt?: string } =>
  publishAt !== undefined && publishAt > t.clock.now.toISOString() ? { publishAt } : {}

export const dayAway = (t: BoardsTerritory, days: number) => dayAfter(t.clock.now.toISOString().slice(0, 10), days)

const written = { subject: 'Histoire', minutes: 20 }

/** Does something to the notebook of 6e A as its teacher; what is refused is left. */
const actOnWork = async (
  t: BoardsTerritory,
  action: Action & { do: 'set' | 'move' | 'remove' },
  known: Published[],
): Promise<void> => {
  if (action.do === 'set') {
    const title = `marque-${known.length}-${t.clock.now.getTime()}`
    const dated = scheduled(t, action.later)
    const text = action.length === 0 ? {} : { text: `${title} `.padEnd(action.length, 'a') }
    const to = [{ group: groups.sixA.id, day: dayAway(t, action.away) }]
    const body = { ...written, ...text, ...dated, title, uai: college, kind: 'task', to }
    const { items } = (await accepted(t.askWork('set', 'anne', { body }))).body
    known.push({ of: 'work', id: items[0].id, version: 1, notice: 'none', withdrawn: false, marker: title, ...dated })
    return
  }
  const pieces = known.filter(({ of }) => of === 'work')
  const piece = pieces[action.which % Math.max(1, pieces.length)]
  if (!piece || piece.withdrawn) return
  const params = { piece: piece.id }
  if (action.do === 'remove') {
    await accepted(t.askWork('remove', 'anne', { params }))
    piece.withdrawn = true
    return
  }
  const { version, marker: title } = piece
  const body = { ...written, ...stillScheduled(t, piece), title, day: dayAway(t, action.away), version }
  piece.version = (await accepted(t.askWork('edit', 'anne', { params, body }))).body.version
}

/** Does something to the news as their author, or to the notebook as its teacher; what is refused is left. */
export const act = async (t: BoardsTerritory, action: Action, known: Published[]): Promise<void> => {
  t.clock.now = new Date(t.clock.now.getTime() + 1_000)
  if (action.do === 'set' || action.do === 'move' || action.do === 'remove') return actOnWork(t, action, known)
  if (action.do === 'publish') {
    const marker = `marque-${known.length}-${t.clock.now.getTime()}`
    const holdsGuardians = action.to.some(id => id !== audiences[2])
    const notice = action.notice && holdsGuardians ? 'guardian' : 'none'
    const body = draftOf({
      title: marker,
      body: `${marker} `.repeat(action.long ? 60 : 1),
      audiences: [...action.to],
      notice,
    })
    const dated = scheduled(t, action.later)
    const reply = await accepted(t.ask('publish', 'marc', { body: { ...body, ...dated } }))
    known.push({ of: 'news', id: reply.body.id, version: 1, notice, withdrawn: false, marker, ...dated })
    return
  }
  const all = known.filter(({ of }) => of === 'news')
  const news = all[action.which % Math.max(1, all.length)]
  if (!news || news.withdrawn) return
  const params = { news: news.id }
  if (action.do === 'withdraw') {
    await accepted(t.ask('withdraw', 'marc', { params }))
    news.withdrawn = true
    return
  }
  const { to: addressed, pinned } = action
  if (news.notice !== 'none' && addressed.every(id => id === audiences[2])) return
  const { marker, notice, version } = news
  const body = { title: marker, body: marker, audiences: [...addressed], notice, pinned, ...stillScheduled(t, news) }
  const draft = draftOf(body)
  await accepted(t.ask('edit', 'marc', { params, body: { ...draft, version } }))
  news.version++
}
