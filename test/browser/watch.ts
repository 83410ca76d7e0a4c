import type { BrowserContext } from 'playwright-core'

/**
 * What the app asks for again by itself: the index of a school, which is not there until something is published, and a
 * board whose file was deleted by a withdrawal after the edge had copied the index that names it.
 */
const notOnTheBoards = /status of 404 .*\/boards\//

/**
 * Notes what goes wrong in a browser, whatever page it is on: errors on the console (breaches of the
 * Content-Security-Policy are among them), exceptions nobody caught, requests to another host than Préau's.
 */
export const watch = (context: BrowserContext, url: string) => {
  const { host } = new URL(url)
  const seen: string[] = []
  const allowed = [notOnTheBoards]
  context.on('console', message => {
    if (message.type() !== 'error') return
    const { url: where } = message.location()
    seen.push(`${message.text()}${where ? ` (${where})` : ''}`)
  })
  context.on('weberror', error => {
    seen.push(error.error().stack ?? String(error.error()))
  })
  context.on('request', request => {
    const asked = new URL(request.url())
    if (/^https?:$/.test(asked.protocol) && asked.host !== host) seen.push(`a request to another host: ${asked.href}`)
  })
  return {
    troubles: () => seen.filter(one => !allowed.some(pattern => pattern.test(one))),
    expect: (said: RegExp) => {
      allowed.push(said)
    },
  }
}
