import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { contentType } from '../../../functions/site/headers.ts'
import { launch } from '../../browser/chromium.ts'
import { builtSite } from '../../support/built.ts'
import { timeoutMs } from '../../support/timeout.ts'
import { type Answering, loopback, problem } from './loopback.ts'

/**
 * The web app as it is built, in a browser, before an API and boards that answer as a test says: for what a territory does when
 * it is troubled, or what the app does by itself. Nobody is signed in unless `answering` says so.
 */
export const openSite = async (territory = 'demo') => {
  const folder = builtSite(territory)
  let answering: Answering = () => problem('signed-out')
  const { url, asked, close } = await loopback(request => {
    if (/^\/(api|boards)\//.test(request.path)) return answering(request)
    const { pathname } = new URL(request.path, 'http://localhost')
    const file = join(folder, pathname)
    const found = pathname !== '/' && existsSync(file) ? file : join(folder, 'index.html')
    return { status: 200, headers: { 'content-type': contentType(found) }, body: readFileSync(found) }
  })
  const browser = await launch()
  return {
    asked,
    /** From now on the API answers so. */
    answer: (so: Answering) => {
      answering = so
    },
    /** A browser that was never here before. */
    visit: async (options: BrowserContextOptions = {}): Promise<Page> => {
      const context = await browser.newContext({ baseURL: url, locale: 'fr-FR', serviceWorkers: 'block', ...options })
      context.setDefaultTimeout(timeoutMs(3))
      return context.newPage()
    },
    close: async () => {
      await browser.close()
      await close()
    },
  }
}
