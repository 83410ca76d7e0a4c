import { describe, expect, it } from 'vitest'
import { costOf } from './cost.ts'
import { assumed, busyWeek, type Counts, closureWeek } from './counts.ts'

const lineOf = (what: string, measured: Counts = {}, week = closureWeek) => {
  const line = costOf(week, measured).lines.find(one => one.what === what)
  if (!line) throw new Error(`there is no line ${what}`)
  return line
}

/** The week of the estimate: it did not know the notebook of classes. */
const newsAlone = { ...closureWeek, pieces: 0, notebookVisits: 0, ticks: 0 }

describe('costOf', () => {
  it.each([
    ['index polls', 290],
    ['boards and texts', 150],
    ['private reads', 130],
    ['marks', 146],
    ['renewals', 63],
    ['sign-ins', 68],
    ['who one is', 42],
    ['bucket', 71],
    ['Origin Shield', 158],
    ['puts and rendering', 88],
  ])('comes to the estimate made beforehand, with nothing measured: %s, %i dollars', (what, dollars) => {
    expect(Math.abs(lineOf(what, {}, newsAlone).dollars - dollars)).toBeLessThan(dollars * 0.04)
  })

  it("counts the app's files of first visits and of later ones", () => {
    expect(lineOf("the app's files", { appFilesAgain: 0, appBytesAgain: 0 }).dollars).toBeCloseTo(192, -1)
    expect(lineOf("the app's files").dollars).toBeGreaterThan(200)
  })

  it('sums its lines', () => {
    const { lines, dollars } = costOf(newsAlone)
    expect(dollars).toBeCloseTo(
      lines.reduce((sum, line) => sum + line.dollars, 0),
      6,
    )
    expect(dollars).toBeGreaterThan(1_350)
    expect(dollars).toBeLessThan(1_450)
  })

  it('says of each line which of its counts were not measured', () => {
    expect(lineOf('index polls').assumed).toEqual(['indexBytes', 'keyValueReads'])
    expect(lineOf('index polls', { keyValueReads: 3 }).assumed).toEqual(['indexBytes'])
    expect(lineOf('index polls', { keyValueReads: 3, indexBytes: 1_000 }).assumed).toEqual([])
  })

  it('takes a measured nothing for nothing', () => {
    const measured = { whoByApi: 0, whoByEdge: 0 }
    expect(lineOf('who one is', measured).dollars).toBe(0)
    expect(lineOf('who one is', measured).assumed).not.toContain('whoByApi')
  })

  it('prices a request of the edge by request, function, reads of the store and bytes', () => {
    const week = { ...closureWeek, visits: 1e6, activeMinutes: 1, pollSeconds: 60, schoolsAPerson: 1 }
    expect(lineOf('index polls', { indexBytes: 1_000, keyValueReads: 0 }, week).dollars).toBeCloseTo(1.2 + 0.1 + 0.085)
    expect(lineOf('index polls', { indexBytes: 0, keyValueReads: 3 }, week).dollars).toBeCloseTo(1.2 + 0.1 + 0.09)
  })

  it('charges Origin Shield for all that edge locations pass on, the bucket for what is left', () => {
    const measured = { passedOn: 0.5, passedOnByShield: 0.1 }
    const [shield, bucket] = [lineOf('Origin Shield', measured).dollars, lineOf('bucket', measured).dollars]
    expect(bucket / shield).toBeCloseTo((0.1 * 0.42) / 0.9)
    expect(shield).toBeCloseTo((lineOf('Origin Shield').dollars * 0.5) / assumed.passedOn)
  })

  it('charges nothing for Origin Shield where there is none, and the bucket for all that is passed on', () => {
    const measured = { passedOn: 0.5, shielded: 0 }
    expect(lineOf('Origin Shield', measured).dollars).toBe(0)
    const through = lineOf('bucket', { passedOn: 0.5, passedOnByShield: 0.25 }).dollars
    expect(lineOf('bucket', measured).dollars).toBeCloseTo(4 * through)
    expect(lineOf('bucket', measured).assumed).not.toContain('passedOnByShield')
  })

  it('counts a private read each three minutes, but none as a visit ends', () => {
    const measured = { privateReadsAtOpening: 1, privateReadSeconds: 180 }
    const [three, five] = [lineOf('private reads', measured), lineOf('private reads', measured, busyWeek)]
    expect(five.dollars).toBeCloseTo(2 * three.dollars)
  })

  it.each([
    ['notebook: boards and texts', 'notebookVisits'],
    ['notebook: ticks', 'ticks'],
    ['notebook: puts and rendering', 'pieces'],
    ['notebook: puts and rendering', 'classes'],
  ] as const)('counts the notebook: %s, twice as much with twice the %s, and nothing without', (what, scenario) => {
    const at = (factor: number) =>
      lineOf(what, {}, { ...closureWeek, [scenario]: closureWeek[scenario] * factor }).dollars
    expect(at(0)).toBe(0)
    expect(at(1)).toBeGreaterThan(1)
    expect(at(2)).toBeCloseTo(2 * at(1))
  })

  it('charges bucket and Origin Shield also for the files of notebooks', () => {
    for (const what of ['bucket', 'Origin Shield'])
      expect(lineOf(what).dollars).toBeGreaterThan(lineOf(what, {}, newsAlone).dollars)
  })

  it('gives every count of a line, measured or assumed', () => {
    expect(lineOf('index polls', { keyValueReads: 3 }).counts).toEqual({
      indexBytes: assumed.indexBytes,
      keyValueReads: 3,
    })
  })

  it('grows with longer visits and more publications only where these are paid for', () => {
    const growth = (what: string) => lineOf(what, {}, busyWeek).dollars / lineOf(what).dollars
    expect(growth('index polls')).toBeCloseTo(5 / 3)
    expect(growth('puts and rendering')).toBeCloseTo(6)
    expect(growth('boards and texts')).toBeGreaterThan(1.5)
    for (const what of ['marks', 'renewals', 'sign-ins', 'who one is', "the app's files"]) expect(growth(what)).toBe(1)
  })
})
