import type { Tick } from '../../shared/work/shapes.ts'

/** Of some ticks the last one of each piece. */
export const lastTicks = (ticks: readonly Tick[]): Tick[] => {
  const last = new Map<string, Tick>()
  for (const tick of ticks) {
    const known = last.get(tick.piece)
    if (!known || known.at < tick.at) last.set(tick.piece, tick)
  }
  return [...last.values()]
}
