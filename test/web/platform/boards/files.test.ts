import { describe, expect, it } from 'vitest'
import { board, boardPath, indexPath } from '../../../../shared/kernel/board.ts'
import { fileNameOf, filesIn, readableFile } from '../../../../web/platform/boards/board-names.ts'
import { problem } from '../loopback.ts'
import { classA, classB, fileName, inA, memoryDatabase, notes, openEdge, openPage, uai } from './fixture.ts'

const indexOf = indexPath(uai, 'guardians')
const text = (count: number) => fileName(count, 'notes-text')
const textPath = (count: number, audience = classA) => boardPath(audience, text(count))

/** An edge whose board names so many texts. */
const withTexts = async (...counts: readonly number[]) => {
  const edge = await openEdge()
  edge.index({ [classA]: [fileName(1)] })
  edge.put(classA, fileName(1), { notes: counts.map(count => ({ title: `n${count}`, text: text(count) })) })
  for (const count of counts) edge.put(classA, text(count), { body: `Texte ${count}` })
  return edge
}
const refs = (...counts: readonly number[]) => counts.map(count => ({ audience: classA, file: text(count) }))

describe('boardStore() and the files that a board names', () => {
  it('fetches texts ahead, each once, so that they are read without a network', async () => {
    const edge = await withTexts(1, 2, 3)
    const { store } = await openPage(edge)
    await store.refresh()
    await store.fetchAhead(refs(1, 2, 3), () => true)
    await store.fetchAhead(refs(1, 2, 3), () => true)
    expect(
      edge
        .since()
        .filter(path => path.includes('text'))
        .sort(),
    ).toEqual([1, 2, 3].map(one => textPath(one)))
    edge.state.instead = () => 'broken'
    await store.request(refs(2))
    expect(store.content(notes, textPath(2))).toEqual({ body: 'Texte 2' })
  })

  it('fetches two texts ahead at a time, and none any more once it may not', async () => {
    const edge = await withTexts(1, 2, 3, 4, 5, 6)
    const { store } = await openPage(edge)
    await store.refresh()
    let [now, most, done] = [0, 0, 0]
    edge.state.instead = async () => {
      most = Math.max(most, ++now)
      await new Promise(resolve => setTimeout(resolve, 5))
      now--
      done++
      return undefined
    }
    await store.fetchAhead(refs(1, 2, 3, 4, 5, 6), () => done < 2)
    expect(most).toBe(2)
    expect(store.content(notes, textPath(6))).toBeUndefined()
  })

  it('drops the text of a withdrawn row with the board that named it, on the device too', async () => {
    const edge = await withTexts(1, 2)
    const { database, held } = memoryDatabase()
    const { store, cached } = await openPage(edge, { database, person: 'lea' })
    await store.refresh()
    await store.request(refs(1, 2))
    edge.index({ [classA]: [fileName(2)] })
    edge.put(classA, fileName(2), { notes: [{ title: 'n2', text: text(2) }] })
    await store.refresh()
    expect([...cached.files.keys()].sort()).toEqual([textPath(2), boardPath(classA, fileName(2))].sort())
    await expect
      .poll(() => [...held.keys()].sort())
      .toEqual([textPath(2), boardPath(classA, fileName(2)), 'owner'].sort())
  })

  it('says why a text is not here', async () => {
    const edge = await withTexts(1, 2)
    edge.remove(classA, text(1))
    const { store } = await openPage(edge)
    await store.refresh()
    edge.state.instead = ({ path }) => (path === textPath(2) ? problem('unavailable') : undefined)
    await store.request(refs(1, 2))
    expect(refs(1, 2).map(one => store.missed(one))).toMatchObject(['gone', { type: 'unavailable' }])
    edge.state.instead = undefined
    await store.request(refs(2))
    expect(store.missed(refs(2)[0] ?? { audience: '', file: '' })).toBeUndefined()
  })
})

describe('boardStore() at the next visit', () => {
  it('shows what the device holds at once, and asks for the index alone', async () => {
    const edge = await withTexts(1)
    const { database } = memoryDatabase()
    const first = await openPage(edge, { database, person: 'lea' })
    await first.store.refresh()
    await first.store.request(refs(1))
    edge.since()
    const { store, titles } = await openPage(edge, { database, person: 'lea' })
    expect(titles()).toEqual(['n1'])
    expect(store.content(notes, textPath(1))).toEqual({ body: 'Texte 1' })
    await store.refresh()
    expect(edge.since()).toEqual([indexOf])
  })

  it('reads everything again without a network, visit after visit', async () => {
    const edge = await withTexts(1)
    const { database } = memoryDatabase()
    const first = await openPage(edge, { database, person: 'lea' })
    await first.store.refresh()
    edge.state.instead = () => 'broken'
    for (let visit = 0; visit < 3; visit++) {
      const { store, titles } = await openPage(edge, { database, person: 'lea' })
      await store.refresh()
      expect(titles()).toEqual(['n1'])
    }
  })

  it('holds nothing of another person', async () => {
    const edge = await withTexts(1)
    const { database, held } = memoryDatabase()
    await (await openPage(edge, { database, person: 'lea' })).store.refresh()
    edge.state.instead = () => 'broken'
    const { titles } = await openPage(edge, { database, person: 'tom' })
    expect(titles()).toBe('waiting')
    expect([...held.keys()].filter(key => key.startsWith('/boards/'))).toEqual([])
  })

  it('stores nothing on a shared device', async () => {
    const edge = await withTexts(1)
    const { database, held } = memoryDatabase()
    const { store, titles } = await openPage(edge, { database })
    await store.refresh()
    expect([titles(), held.size]).toEqual([['n1'], 0])
  })

  it('works where the browser stores nothing', async () => {
    const edge = await withTexts(1)
    const denied = async () => {
      throw new DOMException('denied', 'InvalidStateError')
    }
    const { store, titles } = await openPage(edge, {
      database: { entries: denied, change: denied, clear: denied },
      person: 'lea',
    })
    await store.refresh()
    expect(titles()).toEqual(['n1'])
  })
})

describe('boardStore() and shapes', () => {
  const former = fileName(1, 'notes', 1)

  it('reads the former shape until the current one is published, then that', async () => {
    const edge = await openEdge()
    edge.index({ [classA]: [former] })
    edge.put(classA, former, { titles: ['Sortie'] })
    const { store, titles, tooNew } = await openPage(edge)
    await store.refresh()
    expect([titles(), tooNew]).toEqual([['Sortie'], []])
    edge.index({ [classA]: [former, fileName(1)] })
    edge.put(classA, fileName(1), { notes: [{ title: 'Photo' }] })
    await store.refresh()
    expect(titles()).toEqual(['Photo'])
  })

  it('shows what it holds where all shapes are newer, and asks for a newer app', async () => {
    const edge = await withTexts(1)
    const { store, titles, tooNew } = await openPage(edge)
    await store.refresh()
    edge.index({ [classA]: [fileName(9, 'notes', 3)] })
    edge.since()
    await store.refresh()
    expect([titles(), tooNew.length]).toEqual([['n1'], 1])
    expect(edge.since()).toEqual([indexOf])
  })

  it('leaves a board in newer shapes to the API on a device that holds none', async () => {
    const edge = await openEdge()
    edge.index({ [classA]: [fileName(9, 'notes', 3)] })
    const { store, titles } = await openPage(edge)
    await store.refresh()
    expect(titles()).toBe('missing')
  })

  it('leaves a board that does not match its schema to the API, and reads it again at the next poll', async () => {
    const edge = await withTexts(1)
    edge.put(classA, fileName(1), { notes: 'none' })
    const { store, titles } = await openPage(edge)
    await store.refresh()
    expect(titles()).toBe('missing')
    edge.put(classA, fileName(1), { notes: [] })
    await store.refresh()
    expect(titles()).toEqual([])
  })

  it('fetches anew what an earlier version of the app stored and this one cannot read', async () => {
    const edge = await withTexts(1)
    const { database, held } = memoryDatabase()
    await (await openPage(edge, { database, person: 'lea' })).store.refresh()
    held.set(boardPath(classA, fileName(1)), { written: 'otherwise' })
    const { store, titles } = await openPage(edge, { database, person: 'lea' })
    await store.refresh()
    expect(titles()).toEqual(['n1'])
  })
})

describe('readableFile()', () => {
  it('returns the newest shape of the service that is read, of the board itself', () => {
    const names = [fileName(1, 'notes', 1), fileName(2), fileName(3, 'notes', 3), text(4), fileName(5, 'work'), 'x']
    expect(readableFile(notes, names)).toBe(fileName(2))
    expect(readableFile(notes, [fileName(3, 'notes', 3)])).toBeUndefined()
    expect(readableFile(board({ ...notes, former: [] }), [fileName(1, 'notes', 1)])).toBeUndefined()
  })
})

describe('fileNameOf()', () => {
  it('reads service, part, shape and hash', () => {
    expect(fileNameOf('news-text.12.0c3m8v2t9k1aa')).toEqual({
      service: 'news',
      part: 'text',
      shape: 12,
      hash: '0c3m8v2t9k1aa',
    })
    expect(fileNameOf('news.1.0c3m8v2t9k1aa')).toMatchObject({ part: 'board' })
    expect(fileNameOf('Sortie')).toBeUndefined()
  })
})

describe('filesIn()', () => {
  it('finds names wherever they stand', () => {
    expect(filesIn({ a: [{ b: text(1) }, 'Sortie', null], c: text(2), d: 4 })).toEqual([text(1), text(2)])
    expect(filesIn({ audience: classB, in: inA })).toEqual([])
  })
})
