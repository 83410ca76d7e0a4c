import axe from 'axe-core'
import type { Page } from 'playwright-core'

type Found = {
  violations: {
    id: string
    impact: string | null
    help: string
    nodes: { target: unknown[]; failureSummary?: string }[]
  }[]
}

/** The rules of WCAG 2.2, levels A and AA. */
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/**
 * What axe finds wrong on the page as it stands, one line each; empty if nothing. Its source comes in through the
 * debugger, beside the page's Content-Security-Policy, which stays as it is.
 */
export const violations = async (page: Page): Promise<string[]> => {
  const session = await page.context().newCDPSession(page)
  const evaluate = async (expression: string) => {
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
    })
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
    return result.value
  }
  await evaluate(`if (!globalThis.axe) { ${axe.source} }`)
  // What lies under a bar that stays in view is scrolled from under it. Axe knows that of a fixed bar, not of a sticky one.
  await evaluate(`for (const bar of document.querySelectorAll('nav')) bar.style.position = 'static'`)
  const options = { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] }
  const found = JSON.parse(
    await evaluate(`axe.run(document, ${JSON.stringify(options)}).then(found => JSON.stringify(found))`),
  ) as Found
  await evaluate(`for (const bar of document.querySelectorAll('nav')) bar.style.position = ''`)
  await session.detach()
  return found.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(
      ({ target, failureSummary = '' }) =>
        `${id}: ${help} (${target.join(' ')}) ${failureSummary.replace(/\s+/g, ' ')}`,
    ),
  )
}
