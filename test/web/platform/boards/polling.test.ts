import { describe, expect, it } from 'vitest'
import { polling } from '../../../../web/platform/boards/polling.ts'

/** A page whose time passes as the test says. Asking takes no time, unless it is held. */
const openPage = () => {
  let now = 0
  let timer: { at: number; work: () => void } | undefined
  const page = { isVisible: true, seconds: 20, asked: [] as number[], held: undefined as Promise<void> | undefined }
  const listeners = { return: () => {}, hidden: () => {} }
  const polls = polling({
    ask: async () => {
      page.asked.push(now / 1000)
      await page.held
      return page.seconds
    },
    now: () => now,
    setTimer: (work, milliseconds) => {
      timer = { at: now + milliseconds, work }
      return timer
    },
    clearTimer: which => {
      if (timer === which) timer = undefined
    },
    isVisible: () => page.isVisible,
    onReturn: listener => {
      listeners.return = listener
    },
    onHidden: listener => {
      listeners.hidden = listener
    },
  })
  const settle = async () => {
    for (let turn = 0; turn < 10; turn++) await Promise.resolve()
  }
  /** Lets so many seconds pass. */
  const pass = async (seconds: number) => {
    await settle()
    const end = now + seconds * 1000
    while (timer && timer.at <= end) {
      const { at, work } = timer
      now = at
      timer = undefined
      work()
      await settle()
    }
    now = end
  }
  const hide = () => {
    page.isVisible = false
    listeners.hidden()
  }
  const show = () => {
    page.isVisible = true
    listeners.return()
  }
  return { polls, page, pass, hide, show, comeBack: () => listeners.return(), settle }
}

describe('polling()', () => {
  it('asks at once, then at the interval that the answer sets', async () => {
    const { polls, page, pass } = openPage()
    polls.start()
    await pass(30)
    expect(page.asked).toEqual([0, 20])
    page.seconds = 60
    await pass(130)
    expect(page.asked).toEqual([0, 20, 40, 100, 160])
  })

  it('asks nothing while the page is hidden, and at once when it is shown', async () => {
    const { polls, page, pass, hide, show } = openPage()
    polls.start()
    await pass(10)
    hide()
    await pass(600)
    expect(page.asked).toEqual([0])
    show()
    await pass(1)
    expect(page.asked).toEqual([0, 610])
  })

  it('does not ask again within three seconds, however often the person comes back', async () => {
    const { polls, page, pass, comeBack } = openPage()
    polls.start()
    await pass(1)
    comeBack()
    comeBack()
    await pass(1)
    comeBack()
    await pass(10)
    expect(page.asked).toEqual([0, 3])
  })

  it('asks again after an answer that was on its way when the person came back', async () => {
    const { polls, page, pass, comeBack, settle } = openPage()
    let release = () => {}
    page.held = new Promise(resolve => {
      release = resolve
    })
    polls.start()
    await pass(9)
    comeBack()
    expect(page.asked).toEqual([0])
    page.held = undefined
    release()
    await settle()
    await pass(1)
    expect(page.asked).toEqual([0, 9])
  })

  it('asks four times in quick succession after a write, then as before', async () => {
    const { polls, page, pass } = openPage()
    polls.start()
    await pass(10)
    polls.soon()
    await pass(50)
    expect(page.asked).toEqual([0, 10, 13, 16, 19, 39, 59])
  })

  it('asks nothing once no screen looks, and goes on with the interval when one does again', async () => {
    const { polls, page, pass } = openPage()
    const stop = polls.start()
    await pass(5)
    stop()
    await pass(5)
    const stopAgain = polls.start()
    await pass(9)
    expect(page.asked).toEqual([0])
    await pass(1)
    expect(page.asked).toEqual([0, 20])
    stopAgain()
    await pass(100)
    polls.start()
    await pass(0)
    expect(page.asked).toEqual([0, 20, 120])
  })

  it('asks on behalf of several screens as for one', async () => {
    const { polls, page, pass } = openPage()
    const stop = polls.start()
    polls.start()
    await pass(5)
    stop()
    await pass(20)
    expect(page.asked).toEqual([0, 20])
  })
})
