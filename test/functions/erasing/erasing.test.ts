import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { orderErasure, whom } from '../../../functions/directory/erasing/order.ts'
import { importPatterns } from '../../../functions/directory/patterns.ts'
import { documentsPatterns } from '../../../functions/documents/patterns.ts'
import { nobody } from '../../../functions/platform/erasing/eraser.ts'
import { erasingPatterns } from '../../../functions/platform/erasing/patterns.ts'
import { endSweep, ordersBefore, sweepAll } from '../../../functions/platform/erasing/run.ts'
import { openSweep } from '../../../functions/platform/erasing/sweep.ts'
import { allErasures, idOf, type Lively, openLively, signsOf } from './lively.ts'
import { leftOver, live } from './living.ts'
import { handedFiles } from './work.ts'

let t: Lively
beforeAll(async () => {
  t = await openLively()
  await live(t)
})
afterAll(() => t.close())

/** They name people only while something goes on. */
const neverNamed = ['ends of migrations', 'how far erasures are', 'how far imports are', 'orders']

const sweep = () => openSweep(t.scan, t.platform.table, allErasures)

const eraseAll = async () => {
  const at = new Date(t.clock.now.getTime() + 1000)
  t.clock.now = at
  const orders = await ordersBefore(t.platform.table, at.toISOString())
  const done = await sweepAll(sweep(), orders)
  await endSweep(t.platform.table, orders, at.toISOString())
  await t.deliverToTheEnd()
  return done
}

const names = ['noe', 'zoe', 'berthe'] as const

const whomOf = async (name: (typeof names)[number]) => {
  const person = idOf(name)
  const sources = await t.platform.table.all(importPatterns.allSources, { person }, { consistent: true })
  return { person, ...(await whom(t.platform.table, person, sources)) }
}

describe('erasing people', () => {
  it('tells beforehand what would be erased, of every kind of item that names people', async () => {
    await t.leave()
    await leftOver(t)
    // A pupil who names a guardian whom no feed describes.
    await t.items.put(importPatterns.awaited, { guardian: idOf('ida'), pupil: idOf('zoe') }, { pupil: idOf('zoe') })
    const before = await t.everything()
    const { counts, strays } = await sweepAll(sweep(), await Promise.all(names.map(whomOf)), { dry: true })
    const kinds = allErasures.flatMap(({ erasers }) => erasers.map(({ what }) => what))
    expect(kinds.filter(what => !counts.has(what)).sort()).toEqual(neverNamed)
    expect([...strays]).toEqual([])
    expect(await t.everything()).toEqual(before)
  })

  it('leaves no trace of them', async () => {
    for (const name of names) expect(await t.tracesOf(signsOf(name)), name).not.toEqual([])
    for (const name of names)
      expect(await orderErasure(t.platform.table, await t.personOf(name), 'request', t.clock.now), name).toBeUndefined()
    const { strays } = await eraseAll()
    expect([...strays]).toEqual([])
    await t.pass(30)
    for (const name of names) expect(await t.tracesOf(signsOf(name)), name).toEqual([])
    expect(await t.platform.table.all(erasingPatterns.orders, {})).toEqual([])
  })

  it('has what they handed in deleted with its files, and leaves what they handed in for somebody who stays', async () => {
    const [zoes, tims] = await Promise.all(handedFiles.map(file => t.items.get(documentsPatterns.file, { file })))
    expect(zoes).toBeUndefined()
    expect(await t.items.get(documentsPatterns.gone, { file: handedFiles[0] })).toMatchObject({ file: handedFiles[0] })
    expect(tims).toMatchObject({ by: { id: nobody }, places: 1 })
  })
})
