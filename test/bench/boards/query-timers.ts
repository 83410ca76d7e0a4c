import { environmentManager, timeoutManager } from '@tanstack/react-query'
import type { Simulation } from './simulation.ts'

/** The simulation whose time TanStack Query's timers go by. */
let timing: Simulation | undefined
const timers = {
  setTimeout: (work: () => void, milliseconds: number) => timing?.setTimer(work, milliseconds) as never,
  clearTimeout: (timer: unknown) => timing?.clearTimer(timer),
  setInterval: (work: () => void, milliseconds: number) => {
    const repeated = { timer: undefined as unknown }
    const again = () => {
      repeated.timer = timing?.setTimer(() => {
        again()
        work()
      }, milliseconds)
    }
    again()
    return repeated as never
  },
  clearInterval: (repeated: unknown) =>
    timing?.clearTimer((repeated as { readonly timer: unknown } | undefined)?.timer),
}
timeoutManager.setTimeoutProvider(timers)
// It polls nothing on what it takes for a server.
environmentManager.setIsServer(() => false)

/** Has the timers of TanStack Query go by a simulation's time from now on. */
export const goBySimulation = (simulation: Simulation): void => {
  timing = simulation
}
