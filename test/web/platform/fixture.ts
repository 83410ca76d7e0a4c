import { onTestFinished } from 'vitest'
import type { Me } from '../../../shared/session/contract.ts'
import type { Network } from '../../../web/platform/client.ts'
import { type Answering, loopback } from './loopback.ts'

export const me: Me = {
  person: { id: 'p000000000000001', givenName: 'Léa', familyName: 'Martin', login: 'lea.martin' },
  roles: [{ uai: '0750001A', role: 'pupil' }],
  schools: [{ uai: '0750001A', name: 'Collège des Tilleuls' }],
  children: [],
  audiences: [],
  expiresAt: '2026-03-16T08:15:00.000Z',
}

/**
 * A territory's API that answers as the test says, and a network that reaches it. Waiting takes no time: how long it
 * would have taken is in `waits`, and the clock goes on by it.
 */
export const openApi = async (answering: Answering) => {
  const { url, asked, close } = await loopback(answering)
  onTestFinished(close)
  const waits: number[] = []
  let now = Date.parse('2026-03-16T08:00:00.000Z')
  const network: Network = {
    fetch: (address, init) => fetch(url + address, init),
    wait: async milliseconds => {
      waits.push(milliseconds)
      now += milliseconds
    },
    random: () => 0.5,
    now: () => now++,
  }
  return { network, asked, waits, close }
}

/** A browser's storage, empty. `full`: it keeps nothing more. */
export const storage = ({ full = false } = {}): Storage => {
  const held = new Map<string, string>()
  return {
    get length() {
      return held.size
    },
    key: place => [...held.keys()][place] ?? null,
    getItem: name => held.get(name) ?? null,
    setItem: (name, value) => {
      if (full) throw new DOMException('full', 'QuotaExceededError')
      held.set(name, value)
    },
    removeItem: name => void held.delete(name),
    clear: () => held.clear(),
  }
}
