import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { timeoutMs } from '../support/timeout.ts'

/**
 * Loads the page again until it shows what the boards hold some seconds after it was published. It is waited for after
 * each load: a page that has just loaded shows nothing yet, and would be loaded again before it could.
 * @param isWhole whether what is shown is all that is expected, and nothing of before.
 */
export const reloadUntilShown = async (page: Page, shown: Locator, isWhole = async () => true): Promise<void> => {
  const isThere = async () => {
    const isShown = await shown
      .first()
      .waitFor({ timeout: timeoutMs(0.2) })
      .then(
        () => true,
        () => false,
      )
    if (isShown && (await isWhole())) return true
    await page.reload()
    return false
  }
  await expect.poll(isThere, { timeout: timeoutMs(10) }).toBe(true)
}
