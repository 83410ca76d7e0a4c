import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { LocalFunction } from '../../../lib/local/account.ts'
import { runSchedule } from '../../../lib/local/schedule.ts'
import type { Services } from '../../../lib/local/services.ts'
import { computeStarters } from '../../../lib/local/start-compute.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-03-16T07:00:20.000Z') })
})
afterEach(() => {
  vi.useRealTimers()
})

/** When a schedule fires within some minutes. */
const firings = (expression: string, minutes: number): string[] => {
  const fired: string[] = []
  const { stop } = runSchedule(expression, at => fired.push(at.toISOString()))
  vi.advanceTimersByTime(minutes * 60_000)
  stop()
  vi.advanceTimersByTime(60_000)
  return fired
}

describe('runSchedule()', () => {
  it('fires at a rate, counted from the start, until it is stopped', () => {
    expect(firings('rate(1 minute)', 2)).toEqual(['2026-03-16T07:01:20.000Z', '2026-03-16T07:02:20.000Z'])
    expect(firings('rate(5 minutes)', 11)).toHaveLength(2)
  })

  it('fires as a minute begins for a cron expression', () => {
    const fired = firings('cron(* * * * ? *)', 3)
    expect(fired.map(at => at.slice(0, 19))).toEqual([
      '2026-03-16T07:01:00',
      '2026-03-16T07:02:00',
      '2026-03-16T07:03:00',
    ])
    vi.setSystemTime(new Date('2026-03-16T02:15:00.000Z'))
    expect(firings('cron(17 2 * * ? *)', 5)).toEqual([expect.stringMatching(/^2026-03-16T02:17:00/)])
  })

  it('refuses what it does not know', () => {
    expect(() => firings('at(2026-03-16T07:00:00)', 1)).toThrow('not supported')
  })
})

describe('AWS::Events::Rule', () => {
  /** Starts a rule with a function as its target. @returns the events the function gets within three minutes. */
  const eventsOf = (properties: Record<string, unknown>): unknown[] => {
    const events: unknown[] = []
    const fn = {
      name: 'clock',
      invoke: async (event: unknown) => {
        events.push(event)
        return { ok: true, payload: null }
      },
    } as unknown as LocalFunction
    const services = {
      region: 'eu-west-3',
      accountId: '123456789012',
      functions: new Map([['clock-arn', fn]]),
      afterwards: [] as (() => void)[],
      endings: [] as (() => void)[],
    }
    const declared = { id: 'Rule', type: 'AWS::Events::Rule', name: 'each-minute', stackId: 'stack', properties }
    computeStarters['AWS::Events::Rule']?.(declared, services as unknown as Services)
    for (const step of services.afterwards) step()
    vi.advanceTimersByTime(3 * 60_000)
    for (const end of services.endings) end()
    vi.advanceTimersByTime(3 * 60_000)
    return events
  }
  const Targets = [{ Id: 'Target0', Arn: 'clock-arn', RetryPolicy: { MaximumRetryAttempts: 0 } }]

  it('invokes its target with the event of EventBridge, until the territory ends', () => {
    const events = eventsOf({ ScheduleExpression: 'rate(1 minute)', Targets })
    expect(events).toHaveLength(3)
    expect(events[0]).toEqual({
      version: '0',
      id: 'each-minute',
      'detail-type': 'Scheduled Event',
      source: 'aws.events',
      account: '123456789012',
      time: '2026-03-16T07:01:20.000Z',
      region: 'eu-west-3',
      resources: ['arn:aws:events:eu-west-3:123456789012:rule/each-minute'],
      detail: {},
    })
  })

  it('invokes it with its input instead, and not at all where it is disabled', () => {
    const withInput = Targets.map(target => ({ ...target, Input: '{"compare":"store"}' }))
    expect(eventsOf({ ScheduleExpression: 'cron(* * * * ? *)', Targets: withInput })[0]).toEqual({ compare: 'store' })
    expect(eventsOf({ ScheduleExpression: 'rate(1 minute)', State: 'DISABLED', Targets })).toEqual([])
  })
})
