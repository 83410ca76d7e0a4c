import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { builtAssembly } from '../support/built.ts'
import { bringNights } from '../support/nights.ts'
import { runs } from '../support/thorough.ts'
import { placeDocuments } from '../support/valmont-documents.ts'
import { setAssignments } from '../support/valmont-hand-ins.ts'
import { publishNews } from '../support/valmont-news.ts'
import { setWork } from '../support/valmont-work.ts'
import { violations } from './axe.ts'
import { type Fixture, openFixture } from './fixture.ts'
import { enlargeText, layoutFaults } from './layout.ts'
import { missing, open, screens } from './screen-list.ts'

let fixture: Fixture
let ids: ReadonlyMap<string, string>

beforeAll(async () => {
  fixture = await openFixture(builtAssembly())
  ids = new Map([
    ...(await publishNews(fixture.valmont)),
    ...(await setWork(fixture.valmont)),
    ...(await placeDocuments(fixture.valmont)),
    ...(await setAssignments(fixture.valmont)),
    ...(await bringNights(fixture.territory)),
  ])
})
afterAll(() => fixture?.close())

/**
 * Widths of pages, and the size of their text in per cent. 320 is a phone, or 1280 at 400 % zoom; 640 is 1280 at 200 %.
 * `npm test` enlarges text where there is least room, and where a desktop has most of it.
 */
const layouts = runs(
  [
    [320, 100],
    [640, 100],
    [1280, 100],
    [1280, 200],
    [360, 200],
  ],
  [100, 200].flatMap(text => [320, 360, 480, 640, 768, 1024, 1280, 1920].map(width => [width, text] as const)),
)

/** What axe looks at, last the widest: `npm test` takes half of the screens in each theme, narrow and wide in turn. */
const looksOf = (place: number): { readonly theme: 'light' | 'dark'; readonly width: number }[] => {
  const narrow = { theme: 'light', width: 360 } as const
  const wide = { theme: 'dark', width: 1280 } as const
  const all = [narrow, { theme: 'dark', width: 360 } as const, { theme: 'light', width: 1280 } as const, wide]
  return runs([place % 2 === 0 ? narrow : wide], all)
}

test('every registered address is looked at', () => {
  // One with a parameter needs an entry in screen-list.ts, which says of what.
  expect(missing).toEqual([])
})

describe.each(screens.map((screen, place) => ({ ...screen, looks: looksOf(place) })))(
  '$name',
  ({ looks, ...screen }) => {
    test('is accessible, is laid out well at every width and size of text, and causes no error', async () => {
      const visit = await fixture.visit(screen.as, { width: 360, theme: 'light', session: 'shared' })
      const { page } = visit
      try {
        if (screen.refused) visit.expect(screen.refused)
        await open(page, screen, ids).catch(async (cause: unknown) => {
          const shown = await page.locator('body').ariaSnapshot()
          throw new Error(`${page.url()} shows: ${shown}\n${visit.troubles().join('\n')}`, { cause })
        })
        // A text whose placeholders nothing has filled in.
        expect(await page.locator('body').innerText()).not.toMatch(/\{\w+[,}]/)
        for (const { theme, width } of looks) {
          await page.setViewportSize({ width, height: 800 })
          await page.emulateMedia({ colorScheme: theme })
          expect(await violations(page), `${theme}, ${width} px`).toEqual([])
        }
        await page.evaluate(() => document.fonts.ready.then(() => undefined))
        for (const [width, text] of layouts) {
          await page.setViewportSize({ width, height: 800 })
          await enlargeText(page, text)
          // The app lays out anew by the width once it was told.
          await expect.poll(() => layoutFaults(page), { message: `at ${width} px, text of ${text} %` }).toEqual([])
        }
        expect(visit.troubles()).toEqual([])
      } finally {
        await visit.close()
      }
    })
  },
)
