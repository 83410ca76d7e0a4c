import { describe, expect, it } from 'vitest'
import { type BoardIndex, boardPath, type FormerIndex, indexPath } from '../../../../shared/kernel/board.ts'
import { classA, fileName, memoryDatabase, openEdge, openPage, uai } from './fixture.ts'

type Former = Omit<BoardIndex, 'poll'> & { readonly every: number }

/** An earlier shape, in which the interval had another name. */
const earlier: FormerIndex = {
  shape: 9,
  downgrade: ({ poll, ...index }) => ({ ...index, every: poll }),
  upgrade: content => {
    const { every, ...index } = content as Former
    return { ...index, poll: every }
  },
}
const current = indexPath(uai, 'guardians')
const former = indexPath(uai, 'guardians', earlier.shape)

/** An edge where the index is in the earlier shape only, as in the minutes after a deploy that raised it. */
const deployed = async () => {
  const edge = await openEdge()
  edge.index({ [classA]: [fileName(1)] })
  edge.files.set(former, earlier.downgrade(edge.files.get(current) as BoardIndex))
  edge.files.delete(current)
  edge.put(classA, fileName(1), { notes: [{ title: 'Sortie' }] })
  return edge
}

describe('an app that reads a new shape of the index', () => {
  it('reads the former one until the new one is there', async () => {
    const edge = await deployed()
    const { store, titles } = await openPage(edge, { former: [earlier] })
    expect(await store.refresh()).toBe(20)
    expect(edge.since()).toEqual([current, former, boardPath(classA, fileName(1))])
    expect(titles()).toEqual(['Sortie'])
    edge.index({ [classA]: [fileName(1)] })
    await store.refresh()
    expect(edge.since()).toEqual([current])
  })

  it('shows what the device held of the former one, without a network', async () => {
    const { database, held } = memoryDatabase()
    const edge = await deployed()
    const before = await openPage(edge, { former: [earlier], database, person: 'sophie' })
    await before.store.refresh()
    // As the previous app stored it: in its own shape, by its own path.
    const owner = held.get('owner') as { state: { indexes: Record<string, { index: BoardIndex }> } }
    const { [current]: stored } = owner.state.indexes
    if (!stored) throw new Error('no index is stored')
    owner.state.indexes = { [former]: { ...stored, index: earlier.downgrade(stored.index) as BoardIndex } }
    edge.state.instead = () => 'broken'
    const after = await openPage(edge, { former: [earlier], database, person: 'sophie' })
    expect(after.titles()).toEqual(['Sortie'])
  })

  it('drops what it cannot convert, and asks', async () => {
    const edge = await deployed()
    const broken = {
      ...earlier,
      upgrade: () => {
        throw new TypeError('unexpected')
      },
    }
    const { store, titles } = await openPage(edge, { former: [broken] })
    await store.refresh()
    expect(titles()).toBe('failed')
  })
})
