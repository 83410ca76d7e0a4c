import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { publishNews } from '../support/valmont-news.ts'
import { violations } from './axe.ts'
import { open, screens } from './screen-list.ts'
import { openStage, type Stage } from './stage.ts'

let stage: Stage
let ids: ReadonlyMap<string, string>

beforeAll(async () => {
  stage = await openStage()
  ids = await publishNews(stage.valmont)
})
afterAll(() => stage?.close())

/** 320 is a phone, or 1280 at 400 % zoom; 640 is 1280 at 200 %. */
const widths = [320, 640, 1280]

describe.each(screens)('$name', screen => {
  test('is accessible in both themes, fits every width, and troubles nobody', async () => {
    const visit = await stage.visit(screen.as, { width: 360, theme: 'light' })
    const { page } = visit
    try {
      if (screen.refused) visit.expect(screen.refused)
      await open(page, screen, ids)
      expect(await violations(page), 'light, 360 px').toEqual([])
      for (const width of widths) {
        await page.setViewportSize({ width, height: 800 })
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        )
        expect(overflow, `pixels beyond the side at ${width}`).toBe(0)
      }
      await page.emulateMedia({ colorScheme: 'dark' })
      expect(await violations(page), 'dark, 1280 px').toEqual([])
      expect(visit.troubles()).toEqual([])
    } finally {
      await visit.close()
    }
  })
})
