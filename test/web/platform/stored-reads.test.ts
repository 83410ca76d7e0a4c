import { QueryClient } from '@tanstack/react-query'
import { describe, expect, it } from 'vitest'
import { readsIn } from '../../../web/platform/stored-reads.ts'

describe('readsIn()', () => {
  it('holds what was read before, also of reads that have failed since', async () => {
    const client = new QueryClient({ defaultOptions: { queries: { retry: false } } })
    let isDown = false
    const ask = (key: string) =>
      client.fetchQuery({
        queryKey: [key],
        queryFn: () => (isDown ? Promise.reject(new Error('down')) : Promise.resolve(`${key} as it was`)),
      })
    await Promise.all([ask('list'), ask('state')])
    isDown = true
    await ask('state').catch(() => undefined)
    await ask('never').catch(() => undefined)
    expect(client.getQueryState(['state'])?.status).toBe('error')
    expect(readsIn(client.getQueryCache()).map(({ key, data }) => [key, data])).toEqual([
      [['list'], 'list as it was'],
      [['state'], 'state as it was'],
    ])
  })
})
