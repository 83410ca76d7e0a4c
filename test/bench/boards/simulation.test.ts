import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { openSimulation } from './simulation.ts'

describe('openSimulation()', () => {
  it('runs what is due in its order, each at its own instant, and ends at the one it was to reach', async () => {
    const simulation = openSimulation(1_000)
    const ran: [string, number][] = []
    const note = (name: string) => () => void ran.push([name, simulation.now()])
    simulation.setTimer(note('late'), 90_000)
    simulation.setTimer(note('second'), 500)
    simulation.setTimer(note('third'), 500)
    simulation.setTimer(note('first'), 20)
    await simulation.runUntil(61_000)
    expect(ran).toEqual([
      ['first', 1_020],
      ['second', 1_500],
      ['third', 1_500],
    ])
    expect(simulation.now()).toBe(61_000)
    await simulation.runUntil(91_000)
    expect(ran.at(-1)).toEqual(['late', 91_000])
  })

  it('runs timers that timers set, and none that was cleared', async () => {
    const simulation = openSimulation(0)
    const ran: number[] = []
    const again = () => {
      ran.push(simulation.now())
      if (ran.length < 4) simulation.setTimer(again, 20_000)
    }
    simulation.setTimer(again, 0)
    const cleared = simulation.setTimer(() => ran.push(-1), 30_000)
    simulation.setTimer(() => simulation.clearTimer(cleared), 10_000)
    await simulation.runUntil(70_000)
    expect(ran).toEqual([0, 20_000, 40_000, 60_000])
  })

  it('lets no time pass while real work is done, nor while that begins further work', async () => {
    const simulation = openSimulation(0)
    const ended: number[] = []
    const work = async () => {
      await pause(20)
      ended.push(simulation.now())
    }
    simulation.setTimer(() => {
      void simulation.during(work()).then(() => simulation.during(work()))
    }, 100)
    simulation.setTimer(() => ended.push(-simulation.now()), 200)
    await simulation.runUntil(1_000)
    expect(ended).toEqual([100, 100, -200])
  })

  it('waits for what it is told to wait for at each instant', async () => {
    let waiting = 0
    const simulation = openSimulation(0, async () => {
      await pause(1)
      waiting++
    })
    const seen: number[] = []
    simulation.setTimer(() => seen.push(waiting), 1)
    simulation.setTimer(() => seen.push(waiting), 2)
    await simulation.runUntil(3)
    expect(seen).toEqual([1, 2])
    expect(waiting).toBe(3)
  })

  it('rejects with the first failure of work, whoever else catches it', async () => {
    const simulation = openSimulation(0)
    simulation.setTimer(() => {
      simulation.during(Promise.reject(new Error('the edge is gone'))).catch(() => {})
    }, 1)
    await expect(simulation.runUntil(10)).rejects.toThrow('the edge is gone')
  })
})
