import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { audienceId } from '../../functions/directory/audiences.ts'
import type { Metered } from '../support/metered.ts'
import type { Valmont } from '../support/populate.ts'
import { college } from '../support/valmont.ts'
import type { Part } from './figure.ts'

const client = fileURLToPath(new URL('./load-client.ts', import.meta.url))

export type Load = {
  readonly url: string
  readonly cookie: string
  readonly seconds: number
  readonly connections: number
}
export type Loaded = {
  readonly answers: number
  readonly refused: number
  readonly seconds: number
  readonly p95: number
}

/** How many shared reads a second the local edge answers, to a client in a process of its own. */
export const load = async (
  territory: Metered,
  valmont: Valmont,
  { seconds = 5, connections = 16 } = {},
): Promise<Part> => {
  const sophie = await valmont.as('sophie')
  const cookie = [...sophie.cookies]
    .filter(([, { path }]) => path === '/')
    .map(([name, { value }]) => `${name}=${value}`)
  const url = `${territory.url}/api/audiences/${audienceId('school', college.uai)}/news`
  const asked: Load = { url, cookie: cookie.join('; '), seconds, connections }
  territory.meter.read()
  const child = spawn(process.execPath, [client, JSON.stringify(asked)], { stdio: ['ignore', 'pipe', 'inherit'] })
  const { answers, refused, seconds: took, p95 } = JSON.parse(await text(child.stdout)) as Loaded
  if (answers === 0) throw new Error(`the edge refused all ${refused} shared reads`)
  const { requests } = territory.meter.read()
  return {
    name: `Shared reads at the local edge, ${connections} connections for ${seconds} s`,
    figures: [
      { what: 'shared reads', value: answers / took, unit: '/s', note: `${refused} not answered with 200` },
      { what: '95th percentile', value: p95, unit: 'ms' },
      {
        what: 'DynamoDB requests behind them',
        value: requests,
        unit: 'requests',
        note: 'one each time the copy ages out',
      },
    ],
  }
}
