import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { directoryPatterns } from '../../../../functions/directory/audiences.ts'
import { timeId } from '../../../../shared/kernel/ids.ts'
import type { handInRoutes } from '../../../../shared/work/hand-in-routes.ts'
import { accepted } from '../../../support/accepted.ts'
import { groups } from '../../../support/school.ts'
import { openOwnDocuments } from '../../documents/own-documents.ts'
import { type Class, openClass } from './class.ts'

type Name = keyof typeof handInRoutes

let c: Class
let own: ReturnType<typeof openOwnDocuments>
let piece: string
let file: string
beforeAll(async () => {
  c = await openClass()
  own = openOwnDocuments(c)
  c.goTo(-600)
  piece = await c.assigned()
  file = await own.add('lea', 'Devoir de Léa.zip', 'unscannable')
  await accepted(c.askHandIn('lea', piece, { attachments: [file] }))
  await c.note(piece, { comment: 'Bien.', mark: '14/20' })
  await c.stream.deliverAll()
})
afterAll(() => c.close())

const noteAt = () => c.clock.now.toISOString()
const groupsOf = (...all: readonly (typeof groups)[keyof typeof groups][]) => ({ groups: all })

/** A valid request of each route of Lea's hand-in: a missing one does not compile. */
const requests: Record<Name, () => { params?: Record<string, string>; body?: object }> = {
  collected: () => ({}),
  handIn: () => ({}),
  unscannedFile: () => ({ params: { file } }),
  start: () => ({}),
  sendHandIn: () => ({
    params: { version: timeId(c.clock.now) },
    body: { text: 'À la place de Léa', at: noteAt(), sentAt: noteAt() },
  }),
  note: () => ({ body: { comment: 'Par un autre', mark: '0/20', at: noteAt() } }),
  draw: () => ({
    params: { version: timeId(c.clock.now), file },
    body: { strokes: [], remarks: [{ x: 1, y: 1, text: 'Par un autre' }], at: noteAt() },
  }),
  extend: () => ({ body: { until: c.at(600) } }),
  remind: () => ({ body: { guardians: true } }),
  giveBack: () => ({ body: { items: [{ pupil: c.idOf('lea'), version: timeId(c.clock.now) }] } }),
}

const ask = (name: Name, who: string, of = piece) => {
  const { params, body } = requests[name]()
  return c.ask(name, who, { params: { piece: of, pupil: c.idOf('lea'), ...params }, ...(body && { body }) })
}

/** Who has nothing to do with Lea's hand-in, though they have its roles; `change`: what the last import says of them. */
const strangers: readonly (readonly [relation: string, who: string, change: object])[] = [
  ['a pupil of another class', 'tom', {}],
  ['a pupil of the same class', 'tom', groupsOf(groups.sixA)],
  ['a brother at another school', 'jules', {}],
  ['a guardian of another child', 'ines', {}],
  ['a guardian who is one of hers no more', 'sophie', { children: [] }],
  ['a guardian whose account is suspended', 'karim', { status: 'suspended' }],
  ['a teacher of another class', 'paul', {}],
  ['a teacher of the class who did not set it', 'paul', groupsOf(groups.sixA, groups.sixB)],
  ['the teacher who has lost the class', 'anne', groupsOf(groups.sixB)],
  ['the teacher whose account is suspended', 'anne', { status: 'suspended' }],
  ['the head of the school', 'marc', {}],
  ['an administrator of the school', 'nadia', {}],
  ['staff of pupil life', 'claire', {}],
  ['the head of another school', 'denise', {}],
]

describe.each(strangers)('%s', (_, who, change) => {
  it('is answered nothing by any route of a hand-in, and changes nothing of it', async () => {
    const before = await c.seenBy('anne', piece)
    await c.whileChanged(who, change, async () => {
      for (const name of Object.keys(requests) as Name[]) {
        const { status, raw } = await ask(name, who)
        expect([401, 403, 404], `${name}: ${status} ${raw}`).toContain(status)
        expect(raw, name).not.toMatch(/Devoir de Léa|Bien\.|14\/20|Un soir/)
      }
    })
    expect(await c.seenBy('anne', piece)).toEqual(before)
  })
})

describe('a pupil whom an import moves to another class at noon', () => {
  /** What the import changes, also the version of the access that a token has to tell. */
  const moved = { ...groupsOf(groups.sixB), access: 'moved-at-noon' }
  /** The pupil with a token of the time before, or after, a renewal. */
  const asMoved = (isRenewed: boolean, work: () => Promise<void>) =>
    c.whileChanged('lea', moved, async () => {
      const { lea } = c.callers
      if (!lea) throw new Error('nobody is called lea here')
      if (isRenewed) Object.assign(c.callers, { lea: { ...lea, access: moved.access } })
      await work().finally(() => Object.assign(c.callers, { lea }))
    })

  it('writes nothing by a token of before', async () => {
    await asMoved(false, async () => {
      const { status, body } = await ask('sendHandIn', 'lea')
      expect([status, body.type]).toEqual([401, '/api/problems/session-stale'])
    })
  })

  it.each([
    ['handIn', 200, 404],
    ['start', 204, 404],
    ['sendHandIn', 200, 404],
  ] as const)('%s: goes on with what was handed in there, and with nothing else', async (name, begun, other) => {
    const untouched = await c.assigned()
    await asMoved(true, async () => {
      expect([(await ask(name, 'lea')).status, (await ask(name, 'lea', untouched)).status]).toEqual([begun, other])
    })
  })

  it('ticks no work of the class before', async () => {
    const task = await c.setOne('anne')
    const { lea } = c.callers
    await asMoved(true, async () => {
      Object.assign(c.callers, { lea: { ...c.callers.lea, audiences: [] } })
      const person = await c.person('lea')
      const audiences = person.audiences.filter(({ group }) => group !== groups.sixA.id)
      await c.items.put(directoryPatterns.person, { person: person.id }, { ...person, audiences })
      const ticks = [{ piece: task.id, done: true, at: noteAt() }]
      expect((await accepted(c.ask('tick', 'lea', { body: { ticks } }))).body.ticked).toEqual([])
    }).finally(() => Object.assign(c.callers, { lea }))
  })
})

describe('a file that one may not hand on', () => {
  it.each([
    ['the teacher’s own', 'sendHandIn', 'lea', () => own.add('anne')],
    ['one that the pupil handed in, by their guardian', 'sendHandIn', 'sophie', async () => file],
    ['a pupil’s, by the teacher who reads it', 'note', 'anne', async () => file],
  ] as const)('%s: is refused', async (_, name, who, add) => {
    const attachments = [await add()]
    const { params, body } = requests[name]()
    const before = await own.placesOf(attachments[0] ?? '')
    const reply = await c.ask(name, who, {
      params: { piece, pupil: c.idOf('lea'), ...params },
      body: { ...body, attachments },
    })
    expect([reply.status, reply.body.errors?.[0]?.path]).toEqual([400, 'body.attachments.0'])
    expect(await own.placesOf(attachments[0] ?? '')).toEqual(before)
  })

  it('hangs on no copy of another teacher’s piece', async () => {
    const sheet = await own.add('anne')
    const theirs = await c.setOne('anne', { attachments: [sheet] })
    const to = [{ group: groups.sixB.id, day: '2026-11-30' }]
    const body = { uai: groups.sixB.uai, kind: 'task', subject: 'Français', title: 'Copie', to }
    const copied = { ...body, attachments: [sheet], copiedFrom: theirs.id }
    const reply = await c.ask('set', 'paul', { body: copied })
    expect([reply.status, reply.body.errors?.[0]?.path]).toEqual([400, 'body.attachments.0'])
  })
})
