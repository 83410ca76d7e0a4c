import { describe, expect, it } from 'vitest'
import { boardPath, indexPath } from '../../../../shared/kernel/board.ts'
import { fail } from '../../../../shared/kernel/result.ts'
import { problem } from '../loopback.ts'
import { classA, fileName, inA, inB, memoryDatabase, notes, openEdge, openPage, reader, uai } from './fixture.ts'

const indexOf = indexPath(uai, 'guardians')
const titled = (...titles: string[]) => ({ notes: titles.map(title => ({ title })) })

/** An edge with a board for one class, and none for the other. */
const published = async () => {
  const edge = await openEdge()
  edge.index({ [classA]: [fileName(1)] })
  edge.put(classA, fileName(1), titled('Sortie'))
  return edge
}

describe('boardStore()', () => {
  it('asks for the index, then for the boards that it names', async () => {
    const edge = await published()
    const { store, titles } = await openPage(edge)
    expect(titles()).toBe('waiting')
    expect(await store.refresh()).toBe(20)
    expect(edge.since()).toEqual([indexOf, boardPath(classA, fileName(1))])
    expect(titles()).toEqual(['Sortie'])
    expect(titles(inB)).toBe('none')
  })

  it('waits for the index of somebody who has not been opened yet', async () => {
    const edge = await published()
    const { store } = await openPage(edge, { who: { indexes: [], audiences: [] } })
    expect(store.status(notes, inB, reader)).toEqual({ state: 'waiting' })
    store.open(reader)
    await store.refresh()
    expect(store.status(notes, inB, reader)).toEqual({ state: 'none' })
  })

  it('asks at once for the boards of a further service that an index names which was just asked for', async () => {
    const edge = await published()
    const { store, titles } = await openPage(edge)
    const other = { ...notes, service: 'other' }
    const name = fileName(3, 'other')
    edge.index({ [classA]: [fileName(1), name] })
    edge.put(classA, name, titled('Exercices'))
    await store.refresh()
    edge.since()
    store.want(other)
    await expect.poll(() => store.status(other, inA).state).toBe('shown')
    expect(edge.since()).toEqual([boardPath(classA, name)])
    expect(titles()).toEqual(['Sortie'])
  })

  it('waits for a new index where the one that it holds is old', async () => {
    const edge = await published()
    edge.state.age = 60
    const { store } = await openPage(edge)
    const other = { ...notes, service: 'other' }
    edge.index({ [classA]: [fileName(3, 'other')] })
    await store.refresh()
    edge.since()
    store.want(other)
    await store.refresh()
    expect(edge.since()[0]).toBe(indexOf)
  })

  it('asks for the index alone where nothing is new, and for one file where one changed', async () => {
    const edge = await published()
    const { store, titles } = await openPage(edge)
    await store.refresh()
    edge.since()
    await store.refresh()
    expect(edge.since()).toEqual([indexOf])
    edge.index({ [classA]: [fileName(2)] })
    edge.put(classA, fileName(2), titled('Photo', 'Sortie'))
    await store.refresh()
    expect(edge.since()).toEqual([indexOf, boardPath(classA, fileName(2))])
    expect(titles()).toEqual(['Photo', 'Sortie'])
  })

  it('asks for several schools side by side, and one that does not answer holds back no other', async () => {
    const edge = await published()
    const other = { id: 'cccccccccccc', uai: '0750002B' }
    const { store, titles } = await openPage(edge, {
      who: {
        indexes: [...reader.indexes, { uai: other.uai, role: 'pupils' }],
        audiences: [...reader.audiences, other],
      },
    })
    let release = () => {}
    edge.state.instead = ({ path }) =>
      path.includes(other.uai)
        ? new Promise(resolve => {
            release = () => resolve(problem('unavailable'))
          })
        : undefined
    const asking = store.refresh()
    await expect.poll(() => titles()).toEqual(['Sortie'])
    expect(store.status(notes, other)).toEqual({ state: 'waiting' })
    release()
    await asking
    expect(store.status(notes, other)).toMatchObject({ state: 'failed', failure: { type: 'unavailable' } })
  })

  it('asks the index again once where a board is gone, and then takes the new one', async () => {
    const edge = await published()
    const { store, titles } = await openPage(edge)
    edge.remove(classA, fileName(1))
    edge.put(classA, fileName(2), titled('Photo'))
    edge.state.instead = ({ path }) => {
      if (path === boardPath(classA, fileName(1))) edge.index({ [classA]: [fileName(2)] })
      return undefined
    }
    await store.refresh()
    expect(titles()).toEqual(['Photo'])
    expect(edge.since()).toEqual([indexOf, boardPath(classA, fileName(1)), indexOf, boardPath(classA, fileName(2))])
  })

  it('leaves a board that stays gone to the API, and asks the index for it only once', async () => {
    const edge = await published()
    edge.remove(classA, fileName(1))
    const { store, titles } = await openPage(edge)
    await store.refresh()
    expect(titles()).toBe('missing')
    expect(edge.since().filter(path => path === indexOf)).toHaveLength(2)
    await store.refresh()
    expect(edge.since().filter(path => path === indexOf)).toHaveLength(1)
  })

  it('leaves a school without an index to the API', async () => {
    const edge = await openEdge()
    const { store, titles } = await openPage(edge)
    await store.refresh()
    expect([titles(), titles(inB)]).toEqual(['missing', 'missing'])
  })

  it.each([
    ['refused', () => problem('unavailable')],
    ['broken', () => 'broken' as const],
    ['no longer there', () => ({ status: 404 })],
    ['not what it should be', () => ({ status: 200, body: { notes: 'none' } })],
  ])('keeps what it holds where everything is %s', async (_, answer) => {
    const edge = await published()
    const { store, titles, ended } = await openPage(edge)
    await store.refresh()
    edge.state.instead = answer
    await store.refresh()
    expect([titles(), titles(inB), ended]).toEqual([['Sortie'], 'none', []])
  })

  it('shows the board before while the new one is not here', async () => {
    const edge = await published()
    const { store, titles } = await openPage(edge)
    await store.refresh()
    edge.index({ [classA]: [fileName(2)] })
    edge.state.instead = ({ path }) => (path.includes(fileName(2)) ? problem('unavailable') : undefined)
    await store.refresh()
    expect(titles()).toEqual(['Sortie'])
    edge.state.instead = undefined
    edge.put(classA, fileName(2), titled('Photo'))
    await store.refresh()
    expect(titles()).toEqual(['Photo'])
  })

  it('says when the oldest index was confirmed, by the server’s time', async () => {
    const edge = await published()
    const { store, clock } = await openPage(edge)
    expect(store.confirmedAt([uai])).toBe(0)
    edge.state.age = 300
    await store.refresh()
    expect(store.confirmedAt([uai])).toBe(clock.now - 300_000)
    edge.state.instead = () => problem('unavailable')
    clock.now += 60_000
    await store.refresh()
    expect(store.confirmedAt([uai])).toBe(clock.now - 360_000)
  })

  it('believes the index that was confirmed last where two list an audience', async () => {
    const edge = await published()
    const { store, titles } = await openPage(edge, {
      who: { ...reader, indexes: [...reader.indexes, { uai, role: 'staff' }] },
    })
    edge.index({ [classA]: [fileName(2)] }, 'staff')
    edge.put(classA, fileName(2), titled('Photo'))
    const staff = edge.files.get(indexPath(uai, 'staff'))
    edge.state.instead = ({ path }) =>
      path === indexPath(uai, 'staff') ? { status: 200, headers: { age: '0' }, body: staff } : undefined
    edge.state.age = 900
    await store.refresh()
    expect(titles()).toEqual(['Photo'])
    edge.state.age = 910
    await store.refresh()
    expect(titles()).toEqual(['Photo'])
  })

  it('renews a token that the edge refuses, and only then', async () => {
    const edge = await published()
    const { store, titles, renewals } = await openPage(edge)
    let isStale = true
    edge.state.instead = () => {
      const refused = isStale ? problem('session-stale') : undefined
      isStale = false
      return refused
    }
    await store.refresh()
    expect([titles(), renewals.count]).toEqual([['Sortie'], 1])
    await store.refresh()
    expect(renewals.count).toBe(1)
  })

  it.each(['unavailable', 'unreachable', 'unexpected'])('ends no session where the renewal is %s', async type => {
    const edge = await published()
    const { store, titles, renewals, ended } = await openPage(edge)
    await store.refresh()
    renewals.result = fail({ type })
    edge.state.instead = () => problem('session-stale')
    await store.refresh()
    expect([titles(), ended]).toEqual([['Sortie'], []])
  })

  it('ends the session where the renewal says so', async () => {
    const edge = await published()
    const { store, renewals, ended } = await openPage(edge)
    renewals.result = fail({ type: 'session-ended' })
    edge.state.instead = () => problem('session-stale')
    await store.refresh()
    expect(new Set(ended)).toEqual(new Set(['session-ended']))
  })

  it('forgets everything at sign-out, also what is still on its way', async () => {
    const edge = await published()
    const { database, held } = memoryDatabase()
    const { store, cached, titles } = await openPage(edge, { database, person: 'lea' })
    await store.refresh()
    expect(held.size).toBeGreaterThan(1)
    edge.index({ [classA]: [fileName(2)] })
    edge.put(classA, fileName(2), titled('Photo'))
    let release = () => {}
    edge.state.instead = ({ path }) =>
      path.includes(fileName(2))
        ? new Promise(resolve => {
            release = () => resolve({ status: 200, body: titled('Photo') })
          })
        : undefined
    const asking = store.refresh()
    await expect.poll(() => edge.since().includes(boardPath(classA, fileName(2)))).toBe(true)
    await cached.clear()
    release()
    await asking
    expect([titles(), held.size, cached.files.size]).toEqual(['missing', 0, 0])
  })

  it('drops an audience that the person holds no more', async () => {
    const edge = await published()
    const { store, cached } = await openPage(edge)
    await store.refresh()
    expect([...cached.files.keys()]).toEqual([boardPath(classA, fileName(1))])
    store.open({ ...reader, audiences: [inB] })
    expect([...cached.files.keys()]).toEqual([])
  })

  it('drops the board of an audience that has none any more', async () => {
    const edge = await published()
    const { store, cached, titles } = await openPage(edge)
    await store.refresh()
    edge.index({})
    await store.refresh()
    expect([titles(), cached.files.size]).toEqual(['none', 0])
  })

  it('tells subscribers of every change until they unsubscribe', async () => {
    const edge = await published()
    const { store } = await openPage(edge)
    const versions: number[] = []
    const stop = store.subscribe(() => versions.push(store.version()))
    await store.refresh()
    expect(versions.length).toBeGreaterThan(1)
    expect(new Set(versions).size).toBe(versions.length)
    stop()
    const count = versions.length
    await store.refresh()
    expect(versions).toHaveLength(count)
  })
})
