import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mostAttachments } from '../../../shared/kernel/attachment.ts'
import { type SetPiece, workLimits } from '../../../shared/work/shapes.ts'
import { accepted } from '../../support/accepted.ts'
import { audience, groups } from '../../support/school.ts'
import { openOwnDocuments } from '../documents/own-documents.ts'
import { exercises } from './examples.ts'
import { openTerritory, type Territory } from './territory.ts'

let t: Territory
beforeAll(async () => {
  t = await openTerritory()
})
afterAll(() => t.close())

const days = Array.from({ length: workLimits.groups }, (_, at) => `2026-12-${String(at + 1).padStart(2, '0')}`)
const to = days.map(day => ({ group: groups.sixA.id, day, assignment: { dueAt: `${day}T17:00:00.000Z`, late: true } }))
const inMinutes = (minutes: number) => new Date(t.clock.now.getTime() + minutes * 60_000).toISOString()
const titles = async (title: string) =>
  (await t.notebook(audience('class', groups.sixA.id))).filter(one => one.endsWith(title))
/** Sets work for as many days as there can be, for `minutes` from now. */
const setAll = (title: string, minutes: number, more: object = {}) =>
  t.set('anne', { title, to, publishAt: inMinutes(minutes), ...more })
const ids = (pieces: readonly SetPiece[]) => pieces.map(({ id }) => id)

describe('set of the most that a request names', () => {
  it('hangs as many files as there can be on as many assignments, for later, and all go out at their time', async () => {
    const own = openOwnDocuments(t)
    const attachments: string[] = []
    for (let at = 0; at < mostAttachments; at++) attachments.push(await own.add('anne', `Fiche ${at}.pdf`))
    const pieces = await setAll('Le plus', 2, { attachments })
    expect(pieces).toHaveLength(12)
    expect(attachments).toHaveLength(5)
    for (const file of attachments) expect(await own.placesOf(file)).toEqual([13, 13])
    expect(await titles('Le plus')).toEqual([])
    await t.runAt(inMinutes(2))
    expect(await titles('Le plus')).toHaveLength(12)
  })
})

describe('pieces that were set together for later', () => {
  it('go out as each of them is then: not what was taken back, and what was put off at its own time', async () => {
    const [removed = '', later = '', again = '', ...rest] = ids(await setAll('Ensemble', 2))
    await accepted(t.ask('remove', 'anne', { params: { piece: removed } }))
    const { subject } = exercises
    const body = { subject, title: 'Ensemble', day: days[1], publishAt: inMinutes(5), version: 1 }
    await accepted(t.ask('edit', 'anne', { params: { piece: later }, body }))
    await accepted(t.ask('remove', 'anne', { params: { piece: again } }))
    await accepted(t.ask('restore', 'anne', { params: { piece: again } }))
    await t.runAt(inMinutes(2))
    expect(await titles('Ensemble')).toHaveLength(rest.length + 1)
    await t.runAt(inMinutes(3))
    expect(await titles('Ensemble')).toHaveLength(rest.length + 2)
  })

  it('do not go out once their teacher has lost the class, or while the account is frozen, and say so', async () => {
    const lost = await setAll('Perdues', 2)
    await t.withoutGroups('anne', () => t.runAt(inMinutes(2)))
    const frozen = await setAll('Gelées', 2)
    await t.freeze('anne')
    await t.runAt(inMinutes(2))
    expect([...(await titles('Perdues')), ...(await titles('Gelées'))]).toEqual([])
    for (const id of ids(lost)) expect(await t.pieceOf(id)).toMatchObject({ noLongerAllowed: true })
    for (const id of ids(frozen)) expect(await t.pieceOf(id)).toMatchObject({ accountFrozen: true })
  })
})
