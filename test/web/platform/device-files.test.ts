import { describe, expect, it } from 'vitest'
import { fail, ok, type Result } from '../../../shared/kernel/result.ts'
import type { DeviceFile, FileStore } from '../../../web/platform/device-files/file-store.ts'
import { deviceFiles } from '../../../web/platform/device-files/files.ts'
import type { Failure } from '../../../web/platform/failure.ts'

/** A device's store in memory. */
const memory = () => {
  const files = new Map<string, DeviceFile>()
  const bytes = new Map<string, ArrayBuffer>()
  const store: FileStore = {
    add: async (file, content) => {
      files.set(file.id, file)
      bytes.set(file.id, content)
    },
    all: async () => [...files.values()],
    get: async id => files.get(id),
    bytesOf: async id => bytes.get(id),
    update: async (id, changed) => {
      const file = files.get(id)
      if (file) files.set(id, { ...file, ...changed })
      if (changed.document !== undefined) bytes.delete(id)
    },
    remove: async ids => {
      for (const id of ids) for (const map of [files, bytes]) map.delete(id)
    },
  }
  return { store, files, bytes }
}

const device = () => {
  const { store, files, bytes } = memory()
  const network = { failure: undefined as Failure | undefined, documents: new Map<string, string>(), sent: 0 }
  let alone: Promise<unknown> = Promise.resolve()
  const timers: (() => void)[] = []
  let keys = 0
  const send = async (file: File, { key }: DeviceFile): Promise<Result<string, Failure>> => {
    network.sent++
    const content = await file.text()
    if (network.failure) return fail(network.failure)
    network.documents.set(key, content)
    return ok(`document ${key}`)
  }
  const tab = (of = store) =>
    deviceFiles({
      ...{ store: of, send, newKey: () => `new ${keys++}` },
      alone: <Value>(_: string, work: () => Promise<Value>) => {
        const after = alone.then(work)
        alone = after.catch(() => undefined)
        return after
      },
      setTimer: work => timers.push(work),
      clearTimer: () => undefined,
    })
  return { store, files, bytes, network, tab, timers }
}

const fileOf = (id: string, person = 'ines'): DeviceFile => ({
  ...{ id, person, owner: 'form', name: `${id}.jpg`, type: 'image/jpeg', length: 3, key: `key of ${id}` },
  at: '2026-11-27T17:00:00.000Z',
})
const bytesOf = (text: string) => new TextEncoder().encode(text).buffer

describe('deviceFiles()', () => {
  it('keeps a file over a reload and sends it once, of two tabs, then keeps its document and not its bytes', async () => {
    const { tab, network, bytes, files } = device()
    network.failure = { type: 'unreachable' }
    const first = tab()
    await first.open('ines')
    await first.keep(fileOf('a'), bytesOf('abc'))
    expect(await first.send('a', 'ines')).toEqual(fail({ type: 'unreachable' }))
    expect(first.states().get('a')).toMatchObject({ step: 'waiting', failure: { type: 'unreachable' }, isKept: true })
    const tabs = [tab(), tab()]
    for (const one of tabs) await one.open('ines')
    network.failure = undefined
    network.sent = 0
    const replies = await Promise.all([...tabs, ...tabs].map(one => one.send('a', 'ines')))
    expect(replies).toEqual(replies.map(() => ok('document key of a')))
    expect(network).toMatchObject({ sent: 1, documents: new Map([['key of a', 'abc']]) })
    expect([bytes.size, files.get('a')?.document]).toEqual([0, 'document key of a'])
    expect(tabs.map(one => one.states().get('a')?.step)).toEqual(['arrived', 'arrived'])
  })

  it('waits for what is sent and not looked at yet, under the key under which it was announced', async () => {
    const { tab, network, files } = device()
    const page = tab()
    await page.open('ines')
    await page.keep(fileOf('a'), bytesOf('abc'))
    network.failure = { type: 'late' }
    expect(await page.send('a', 'ines')).toEqual(fail({ type: 'unavailable' }))
    expect(files.get('a')?.key).toBe('key of a')
  })

  it('keeps what is refused, with the reason over a reload, and sends it again as another attempt', async () => {
    const { tab, network, bytes } = device()
    const page = tab()
    await page.open('ines')
    await page.keep(fileOf('a'), bytesOf('abc'))
    network.failure = { type: 'space-full', room: { needed: 3, left: 1 } }
    expect(await page.send('a', 'ines')).toEqual(fail({ type: 'files-refused' }))
    const later = tab()
    await later.open('ines')
    expect(later.states().get('a')).toMatchObject({ step: 'refused', failure: { room: { needed: 3, left: 1 } } })
    expect(bytes.size).toBe(1)
    network.failure = undefined
    expect(await later.send('a', 'ines')).toEqual(ok('document new 0'))
  })

  it('says so of a store that refuses a file or does not answer in time, and sends it as long as the page lasts', async () => {
    const { tab, store, timers } = device()
    const full = tab({ ...store, add: () => Promise.reject(new Error('full')) })
    await full.open('ines')
    await full.keep(fileOf('a'), bytesOf('abc'))
    expect(full.isKept('a')).toBe(false)
    // The frame of the app is drawn anew.
    await full.open('ines')
    expect(await full.send('a', 'ines')).toEqual(ok('document key of a'))
    expect(full.isKept('a')).toBe(true)
    const hanging = tab({ ...store, add: () => new Promise(() => undefined) })
    await hanging.open('ines')
    void hanging.keep(fileOf('b'), bytesOf('abc'))
    expect(hanging.isKept('b')).toBe(true)
    for (const time of timers) time()
    expect(hanging.isKept('b')).toBe(false)
  })

  it('shows and sends nothing of somebody else’s', async () => {
    const { tab, network } = device()
    const page = tab()
    await page.open('ines')
    await page.keep(fileOf('a'), bytesOf('abc'))
    await page.open('karim')
    expect(page.states().size).toBe(0)
    expect(await page.send('a', 'karim')).toEqual(fail({ type: 'file-missing' }))
    expect(network.sent).toBe(0)
  })

  it('gives up what is being sent once it is removed, or its person is not signed in any more', async () => {
    const { store } = device()
    const aborted: string[] = []
    const page = deviceFiles({
      ...{ store, newKey: () => 'new', setTimer: () => 0, clearTimer: () => undefined },
      alone: (_, work) => work(),
      send: (_, { id }, { signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            aborted.push(id)
            reject(new DOMException('given up', 'AbortError'))
          })
        }),
    })
    await page.open('ines')
    for (const id of ['a', 'b']) await page.keep(fileOf(id), bytesOf('abc'))
    const sending = ['a', 'b'].map(id => page.send(id, 'ines'))
    await new Promise(resolve => setTimeout(resolve))
    await page.remove(['a'])
    await page.open(undefined)
    expect(await Promise.all(sending)).toEqual([fail({ type: 'unreachable' }), fail({ type: 'unreachable' })])
    expect(aborted).toEqual(['a', 'b'])
    expect((await store.all()).map(({ id }) => id)).toEqual(['b'])
  })
})
