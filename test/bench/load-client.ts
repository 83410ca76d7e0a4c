import { Agent, get } from 'node:http'
import type { Load, Loaded } from './load.ts'

// Asks one address over and over on some connections, and says how often it was answered.
const { url, cookie, seconds, connections } = JSON.parse(process.argv[2] ?? '{}') as Load
const agent = new Agent({ keepAlive: true, maxSockets: connections })
const taken: number[] = []
let refused = 0
const began = performance.now()
const end = began + seconds * 1000

const ask = (): Promise<void> =>
  new Promise((resolve, reject) => {
    const from = performance.now()
    get(url, { agent, headers: { cookie, 'accept-encoding': 'br' } }, reply => {
      reply.resume().once('end', () => {
        if (reply.statusCode === 200) taken.push(performance.now() - from)
        else refused++
        resolve()
      })
    }).once('error', reject)
  })

await Promise.all(
  Array.from({ length: connections }, async () => {
    while (performance.now() < end) await ask()
  }),
)
const sorted = taken.sort((a, b) => a - b)
const loaded: Loaded = {
  answers: taken.length,
  refused,
  seconds: (performance.now() - began) / 1000,
  p95: sorted[Math.floor(sorted.length * 0.95)] ?? 0,
}
process.stdout.write(JSON.stringify(loaded))
agent.destroy()
