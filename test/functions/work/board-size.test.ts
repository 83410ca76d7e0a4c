import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { audienceId } from '../../../functions/directory/audiences.ts'
import { jsonBytes } from '../../../functions/platform/boards/fitting.ts'
import { openTable } from '../../../functions/platform/open-table.ts'
import { put } from '../../../functions/platform/operation.ts'
import type { Background } from '../../../functions/platform/platform.ts'
import { workRenderer } from '../../../functions/work/board.ts'
import { workPatterns } from '../../../functions/work/patterns.ts'
import { randomId, timeId } from '../../../shared/kernel/ids.ts'
import { type BoardPiece, inlineText, workBoard } from '../../../shared/work/board.ts'
import { dayAfter } from '../../../shared/work/rules.ts'
import { workLimits } from '../../../shared/work/shapes.ts'
import { accepted } from '../../support/accepted.ts'
import { assertProperty } from '../../support/property.ts'
import { college, groups } from '../../support/school.ts'
import { openTerritory, type Territory } from './territory.ts'

const today = '2026-11-23'

let t: Territory
beforeAll(async () => {
  t = await openTerritory(new Date(`${today}T07:00:00.000Z`))
})
afterAll(() => t.close())

type Set = { readonly away: number; readonly title: number; readonly text: number }

const { holds } = workBoard
const length = (most: number) => fc.oneof(fc.nat({ max: most }), fc.constant(most))
/** A piece `away` days from today, with a title and a text of so many characters, of three bytes each. */
const aPiece: fc.Arbitrary<Set> = fc.record({
  away: fc.integer({ min: -holds.daysBack - 10, max: holds.daysAhead + 20 }),
  title: length(workLimits.title - 1),
  text: length(inlineText),
})

/** Puts the rows of pieces into the notebook of an audience of their own. */
const written = async (pieces: readonly Set[]): Promise<string> => {
  const audience = audienceId('class', randomId(16))
  const table = openTable(t.database.table, { batch: [workPatterns.row] }, t.platform.now, t.database.client)
  const writes = pieces.map(({ away, title, text }) => {
    const [day, id] = [dayAfter(today, away), timeId(t.clock.now)]
    return put(
      'row',
      workPatterns.row,
      { audience, day, piece: id },
      {
        id,
        uai: college,
        kind: 'task',
        group: groups.sixA,
        subject: 'Mathématiques',
        title: `…${'…'.repeat(title)}`,
        day,
        author: { id: randomId(16), name: 'Mme Roche' },
        publishedAt: t.clock.now.toISOString(),
        hasText: text > 0,
        version: 1,
        ...(text > 0 && { text: '…'.repeat(text) }),
      },
    )
  })
  await table.writeMany(writes)
  return audience
}

/** What one rendering makes of an audience's rows: the board, and the files that it names. */
const rendered = async (audience: string) => {
  const files = new Map<string, unknown>()
  const background = t.platform as unknown as Background
  const content = await workRenderer.render(background, {
    audience,
    part: async (part, key, make) => {
      if (key === undefined) throw new Error('a file that may be one of several has no name of its own')
      const made = await make()
      const name = `work-${part}.1.${String(files.size).padStart(13, '0')}`
      files.set(name, made)
      return name
    },
  })
  return { board: workBoard.schema.parse(content), files }
}

const idsOf = (pieces: readonly { readonly id: string }[]) => pieces.map(({ id }) => id)

describe('the board of a notebook', () => {
  it('has no more bytes than it declares, nor has a file of it; with the API every piece is there once', async () => {
    let [cutAhead, cutPast, several] = [0, 0, 0]
    const notebook = fc.oneof(
      fc.array(aPiece, { maxLength: 12 }),
      fc.array(aPiece, { minLength: 60, maxLength: 100, size: 'max' }),
    )
    await assertProperty(
      fc.asyncProperty(notebook, async pieces => {
        const audience = await written(pieces)
        const { board, files } = await rendered(audience)
        const later = [board.later ?? [], board.further ?? []].flat()
        const beside = later.map(file => workBoard.parts.later.parse(files.get(file)).pieces)
        for (const content of [board, ...files.values()]) expect(jsonBytes(content)).toBeLessThanOrEqual(holds.bytes)

        const api: { id: string; day: string }[] = []
        for (let cursor = board.next; cursor !== undefined; ) {
          const options = { params: { audience }, query: { cursor } }
          const { items, next } = (await accepted(t.ask('list', undefined, options))).body
          api.push(...items)
          cursor = next
        }
        // By day, the last one first: files of later ones, the board, the API.
        const all: { id: string; day: string }[] = [...beside.toReversed().flat(), ...board.pieces, ...api]
        expect(all.map(({ day }) => day)).toEqual(
          pieces
            .map(({ away }) => dayAfter(today, away))
            .sort()
            .reverse(),
        )
        expect(new Set(idsOf(all)).size).toBe(pieces.length)

        // The app takes the first day that it knows for complete.
        const days = (of: readonly Pick<BoardPiece, 'day'>[]) => new Set(of.map(({ day }) => day))
        expect([...days(api)].filter(day => days([...board.pieces, ...beside.flat()]).has(day))).toEqual([])
        const soon = all.filter(({ day }) => day >= today && day <= dayAfter(today, holds.daysAhead)).at(-1)
        if (soon) expect(idsOf(board.pieces)).toContain(soon.id)

        const window = dayAfter(today, -holds.daysBack)
        if (beside.flat().some(({ day }) => day <= dayAfter(today, holds.daysAhead))) cutAhead++
        if (api.some(({ day }) => day >= window)) cutPast++
        if (later.length > 1) several++
      }),
      { short: 25, long: 400 },
    )
    // Each of what is to be proved has happened.
    expect(Math.min(cutAhead, cutPast, several)).toBeGreaterThan(0)
  })
})
