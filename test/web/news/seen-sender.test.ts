import { describe, expect, it } from 'vitest'
import { seenSender } from '../../../web/news/data/seen-sender.ts'

/** A device with items that were opened, and an API that takes them unless the test says otherwise. */
const openDevice = () => {
  const device = {
    pending: [] as string[],
    requests: [] as { news: readonly string[]; isLeaving: boolean }[],
    answer: async () => true,
  }
  let timer: { work: () => void; milliseconds: number } | undefined
  const sender = seenSender({
    pending: () => device.pending,
    send: (news, isLeaving) => {
      device.requests.push({ news, isLeaving })
      return device.answer()
    },
    sent: news => {
      device.pending = device.pending.filter(one => !news.includes(one))
    },
    setTimer: (work, milliseconds) => {
      timer = { work, milliseconds }
      return timer
    },
    clearTimer: () => {
      timer = undefined
    },
  })
  const settle = async () => {
    for (let turn = 0; turn < 20; turn++) await Promise.resolve()
  }
  return {
    device,
    sender,
    open: (news: string) => {
      device.pending.push(news)
      sender.noted()
    },
    waiting: () => timer?.milliseconds,
    ring: async () => {
      timer?.work()
      await settle()
    },
    settle,
  }
}

describe('seenSender()', () => {
  it('sends what was opened within three minutes in one request', async () => {
    const { device, open, ring, waiting } = openDevice()
    for (const news of ['n1', 'n2', 'n3']) open(news)
    expect([device.requests.length, waiting()]).toEqual([0, 180_000])
    await ring()
    expect(device.requests).toEqual([{ news: ['n1', 'n2', 'n3'], isLeaving: false }])
    expect([device.pending, waiting()]).toEqual([[], undefined])
  })

  it('sends at once, in a request that outlives the page, when the page is left', async () => {
    const { device, sender, open, waiting } = openDevice()
    open('n1')
    await sender.leaving()
    expect([device.requests, waiting()]).toEqual([[{ news: ['n1'], isLeaving: true }], undefined])
    await sender.leaving()
    expect(device.requests).toHaveLength(1)
  })

  it.each([
    ['refused', async () => false],
    ['lost', async () => Promise.reject(new Error('lost'))],
  ])('sends again, with what was opened since, after a request that was %s', async (_, answer) => {
    const { device, open, ring } = openDevice()
    device.answer = answer
    open('n1')
    await ring()
    expect(device.pending).toEqual(['n1'])
    device.answer = async () => true
    open('n2')
    await ring()
    expect(device.requests[1]?.news).toEqual(['n1', 'n2'])
    expect(device.pending).toEqual([])
  })

  it('sends nothing twice at the same time', async () => {
    const { device, sender, open, ring, settle } = openDevice()
    let release = () => {}
    device.answer = () =>
      new Promise(resolve => {
        release = () => resolve(true)
      })
    open('n1')
    await ring()
    device.answer = async () => true
    open('n2')
    await sender.leaving()
    expect(device.requests.map(({ news }) => news)).toEqual([['n1'], ['n2']])
    release()
    await settle()
    expect(device.pending).toEqual([])
  })

  it('sends no more than fifty at once', async () => {
    const { device, open, ring } = openDevice()
    for (let count = 0; count < 120; count++) open(`n${count}`)
    await ring()
    expect(device.requests.map(({ news }) => news.length)).toEqual([50, 50, 20])
  })

  it('does not wait for others where there is no network', async () => {
    const { device, sender, open } = openDevice()
    open('n1')
    await sender.now()
    expect(device.requests).toEqual([{ news: ['n1'], isLeaving: false }])
  })

  it('asks nothing where nothing is pending', async () => {
    const { device, sender, ring } = openDevice()
    sender.noted()
    await ring()
    expect(device.requests).toEqual([])
  })

  it('does not send again at once what stays pending although it was taken', async () => {
    const { device, open, ring, settle } = openDevice()
    open('n1')
    Object.defineProperty(device, 'pending', { get: () => ['n1'], set: () => undefined })
    await ring()
    await settle()
    expect(device.requests).toHaveLength(1)
  })
})
