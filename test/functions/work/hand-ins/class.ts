import { handInPatterns } from '../../../../functions/work/hand-ins/patterns.ts'
import { timeId } from '../../../../shared/kernel/ids.ts'
import type { Assignment, CollectedHandIn, HandIn, Receipt, SentHandIn } from '../../../../shared/work/hand-in.ts'
import type { PupilWork } from '../../../../shared/work/shapes.ts'
import { accepted } from '../../../support/accepted.ts'
import { openItems } from '../../../support/items.ts'
import { groups } from '../../../support/school.ts'
import { openTerritory } from '../territory.ts'

/** When the assignments of these tests are due: Tuesday at six in the evening. */
export const due = '2026-11-24T17:00:00.000Z'
const start = new Date('2026-11-23T07:00:00.000Z')

/** Anne’s class with assignments, and what is done with them. `minutes` are counted from the deadline. */
export const openClass = async () => {
  const t = await openTerritory(start)
  const items = openItems(t.database)
  const at = (minutes: number): string => new Date(Date.parse(due) + minutes * 60_000).toISOString()
  const goTo = (minutes: number): void => {
    t.clock.now = new Date(at(minutes))
  }
  /** Sets an assignment for 6e A. */
  const assigned = async (assignment: Partial<Assignment> = {}): Promise<string> => {
    const to = [{ group: groups.sixA.id, day: '2026-11-24', assignment: { dueAt: due, late: true, ...assignment } }]
    return (await t.setOne('anne', { title: 'Rédaction', to })).id
  }
  const newVersion = (): string => timeId(t.clock.now)
  const sent = (sending: Partial<SentHandIn> = {}): SentHandIn => {
    const now = t.clock.now.toISOString()
    return { text: 'Un soir d’été.', at: now, sentAt: now, ...sending }
  }
  /** Asks to hand in, as somebody, for a pupil. */
  const ask = (who: string, piece: string, sending: Partial<SentHandIn> = {}, version = newVersion(), pupil = 'lea') =>
    t.ask('sendHandIn', who, { params: { piece, pupil: t.idOf(pupil), version }, body: sent(sending) })
  const handIn = async (...given: Parameters<typeof ask>): Promise<Receipt> => (await accepted(ask(...given))).body
  const seenBy = async (who: string, piece: string, pupil = 'lea'): Promise<HandIn> =>
    (await accepted(t.ask('handIn', who, { params: { piece, pupil: t.idOf(pupil) } }))).body
  /** Lea in the teacher's list. */
  const collected = async (piece: string, pupil = 'lea'): Promise<CollectedHandIn> => {
    const { body } = await accepted(t.ask('collected', 'anne', { params: { piece } }))
    const found = body.items.find(({ id }: CollectedHandIn) => id === t.idOf(pupil))
    if (!found) throw new Error(`${pupil} is not in the list`)
    return found
  }
  const note = (piece: string, body: object, pupil = 'lea') =>
    accepted(
      t.ask('note', 'anne', {
        params: { piece, pupil: t.idOf(pupil) },
        body: { at: t.clock.now.toISOString(), ...body },
      }),
    )
  /** Gives back what the teacher's list shows now. */
  const giveBack = async (piece: string, pupil = 'lea'): Promise<readonly string[]> => {
    const { current, note: written, drawings } = await collected(piece, pupil)
    const one = {
      ...{ pupil: t.idOf(pupil), version: current?.id },
      ...(written && { notedAt: written.at }),
      ...(drawings !== undefined && { drawings }),
    }
    return (await accepted(t.ask('giveBack', 'anne', { params: { piece }, body: { items: [one] } }))).body.returned
  }
  /** What somebody's list says of a piece: the pupil's own, or a guardian's of Lea. */
  const listed = async (who: string, piece: string) => {
    const query: Record<string, string> = who === 'lea' ? {} : { children: t.idOf('lea') }
    const { body } = await accepted(t.ask('state', who, { query }))
    return (body.items[0] as PupilWork).handIns?.find(one => one.piece === piece)
  }
  const outage = (from: number, to: number) =>
    items.put(
      handInPatterns.outage,
      { from: at(from) },
      { from: at(from), to: at(to), reason: 'Panne', enteredAt: at(to) },
    )
  const stored = (piece: string, pupil: string) => items.get(handInPatterns.handIn, { piece, person: t.idOf(pupil) })
  return {
    ...t,
    stored,
    items,
    at,
    goTo,
    assigned,
    newVersion,
    askHandIn: ask,
    handIn,
    seenBy,
    collected,
    note,
    giveBack,
    listed,
    outage,
  }
}

export type Class = Awaited<ReturnType<typeof openClass>>
