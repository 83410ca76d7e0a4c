import type { Page } from 'playwright-core'
import { contracts } from '../../../shared/features.ts'
import type { Fixture } from '../../browser/fixture.ts'
import type { Screen } from '../../browser/screen.ts'
import { open } from '../../browser/screen-list.ts'
import type { Span } from '../../support/meter.ts'
import type { Metered } from '../../support/metered.ts'
import { inTurn } from './in-turn.ts'

/** What opening a screen takes, on a device that holds nothing of the territory but its session. */
export type Opening = {
  /** Requests of the browser but those for the app's own files. */
  readonly requests: number
  /** Requests to the API that are for one person, one after the other until the screen shows what it is for. */
  readonly privateInTurn: number
  /** Requests to the buckets of boards and of documents. */
  readonly bucket: number
  readonly invocations: number
  /** Requests to the table, in all and one after the other until the screen shows what it is for. */
  readonly dynamoDb: number
  readonly dynamoDbInTurn: number
  readonly readUnits: number
  readonly writeUnits: number
}

/**
 * Milliseconds for which the table holds its answers back: more than lies between two requests that do not wait for one
 * another, such as that of the app and that of a screen whose code is loaded meanwhile. Less than functions wait for it.
 */
const heldBack = 300

/** Milliseconds without a request after which a screen has all that it asks for. */
const quiet = 1_500

/** Seconds after which neither boards nor documents are served from the edge's copies without the bucket. */
export const copiesEnd = 60

const ofBuckets = ['/boards/*', '/media/*']
const answering = new Set<string>(contracts.map(one => one.function))

const countsOf = ({ edge, functions }: Metered) => {
  const byName = Object.entries(functions()).map(
    ([name, { invocations }]) => [name.split('-').at(-1), invocations] as const,
  )
  const sum = (isCounted: (name: string) => boolean) =>
    byName.reduce((all, [name = '', count]) => all + (isCounted(name) ? count : 0), 0)
  return {
    bucket: ofBuckets.reduce((all, pattern) => all + (edge()[pattern]?.origin ?? 0), 0),
    invocations: sum(name => answering.has(name)),
    others: sum(name => !answering.has(name)),
  }
}

/** Notes the requests of a page that are not for the app's own files, as far as they have ended. */
const requestsOf = (page: Page) => {
  const asked: { path: string; began: number; ended: number }[] = []
  let last = performance.now()
  page.on('request', request => {
    const { pathname } = new URL(request.url())
    if (!/^\/(api|boards|media)\//.test(pathname)) return
    last = performance.now()
    const one = { path: pathname, began: last, ended: Number.POSITIVE_INFINITY }
    asked.push(one)
    const ended = () => {
      last = one.ended = performance.now()
    }
    request.response().then(ended, ended)
  })
  return {
    asked,
    settled: async () => {
      while (performance.now() - last < quiet || asked.some(one => one.ended === Number.POSITIVE_INFINITY))
        await page.waitForTimeout(100)
    },
  }
}

const isPrivate = (path: string) => path.startsWith('/api/') && !path.startsWith('/api/audiences/')

/**
 * When a page first shows what a screen is for, in milliseconds of this process's monotonic clock: noticed by the page itself
 * at the change that shows it, since Playwright looks again only after up to half a second.
 */
const noteShown = async (page: Page, { shows }: Screen): Promise<() => number> => {
  if (!shows) return () => performance.now()
  let shown = Number.POSITIVE_INFINITY
  await page.exposeFunction('noteShown', () => {
    shown = Math.min(shown, performance.now())
  })
  await page.addInitScript(text => {
    const { noteShown } = window as unknown as { readonly noteShown: () => void }
    const observer = new MutationObserver(() => {
      // biome-ignore lint/performance/useDomNodeTextContent: what is folded or hidden is not shown.
      const words = document.querySelector('main')?.innerText.replaceAll(/\s+/g, ' ')
      if (!words?.includes(text)) return
      observer.disconnect()
      noteShown()
    })
    observer.observe(document, { childList: true, subtree: true, characterData: true })
  }, shows)
  return () => Math.min(shown, performance.now())
}

const openOnce = async (fixture: Fixture<Metered>, screen: Screen, ids: ReadonlyMap<string, string>) => {
  const { territory } = fixture
  const { page, close } = await fixture.visit(screen.as)
  try {
    // What follows the sign-in is done.
    await page.waitForTimeout(quiet)
    territory.meter.read()
    territory.meter.holdBack(heldBack)
    const before = countsOf(territory)
    const { asked, settled } = requestsOf(page)
    const shownAt = await noteShown(page, screen)
    await open(page, screen, ids)
    const shown = shownAt()
    const isDone = ({ ended }: Span) => ended <= shown
    const spans = territory.meter.spans().filter(isDone)
    const privately = asked.filter(one => isPrivate(one.path) && isDone(one))
    await settled()
    const after = countsOf(territory)
    const { requests: dynamoDb, readUnits, writeUnits } = territory.meter.read()
    return {
      isAlone: after.others === before.others,
      opening: {
        requests: asked.length,
        privateInTurn: inTurn(privately),
        bucket: after.bucket - before.bucket,
        invocations: after.invocations - before.invocations,
        dynamoDb,
        dynamoDbInTurn: inTurn(spans),
        readUnits,
        writeUnits,
      } satisfies Opening,
    }
  } finally {
    territory.meter.holdBack(0)
    await close()
  }
}

/** Times that a screen is opened until nothing else happens in the territory meanwhile, such as a run of the clock. */
const most = 5

/**
 * Opens a screen, after it was opened once, so that its functions have started. `expire`: makes the edge's copies expire.
 */
export const openingOf = async (
  fixture: Fixture<Metered>,
  screen: Screen,
  ids: ReadonlyMap<string, string>,
  expire: () => void,
): Promise<Opening> => {
  await openOnce(fixture, screen, ids)
  for (let tried = 0; tried < most; tried++) {
    expire()
    const { isAlone, opening } = await openOnce(fixture, screen, ids)
    if (isAlone) return opening
  }
  throw new Error(`something else happened at each opening of ${screen.name}`)
}
