import { afterAll, beforeAll, expect, it } from 'vitest'
import { contracts } from '../../shared/features.ts'
import { isCached, type Route } from '../../shared/kernel/route.ts'
import { builtAssembly } from '../support/built.ts'
import { type Metered, startMetered } from '../support/metered.ts'

let territory: Metered

beforeAll(async () => {
  territory = await startMetered(builtAssembly())
})
afterAll(() => territory?.stop())

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']
const routes: readonly Route[] = contracts.flatMap(one => Object.values<Route>(one.routes))
const byPath = Map.groupBy(routes, ({ path }) => path)

it.each([...byPath.entries()])(
  '%s refuses the methods that it does not take, and names those it takes',
  async (path, of) => {
    const taken = of.map(({ method }) => method)
    // What stands for an id: of no form at all, since the method is looked at first.
    const address = new URL(path.replaceAll(/\{\w+\}/g, 'any'), territory.url)
    const answers = await Promise.all(
      methods
        .filter(method => !taken.includes(method as 'GET'))
        .map(async method => {
          const reply = await fetch(address, { method, headers: { 'sec-fetch-site': 'same-origin' } })
          return {
            method,
            status: reply.status,
            allow: reply.headers.get('allow'),
            type: (await reply.text()).slice(0, 60),
          }
        }),
    )
    // CloudFront itself refuses what a behaviour does not take, in words of its own.
    const atEdge = of.every(isCached)
    for (const answer of answers)
      expect(answer).toEqual({
        method: answer.method,
        status: atEdge ? 403 : 405,
        allow: atEdge ? null : [...taken].sort().join(', '),
        type: atEdge ? expect.any(String) : expect.stringContaining('/api/problems/method-not-allowed'),
      })
  },
)
