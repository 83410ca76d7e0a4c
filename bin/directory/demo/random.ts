/** Numbers that look random and are the same on every machine: mulberry32 (Tommy Ettinger, public domain). */
export const numbersFrom = (seed: number) => {
  let state = seed
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    next,
    /** True this often, from 0 to 1. */
    chance: (share: number) => next() < share,
    pick: <Value>(from: readonly [Value, ...Value[]] | readonly Value[]): Value => {
      const one = from[Math.floor(next() * from.length)]
      if (one === undefined) throw new RangeError('pick() needs something to pick from')
      return one
    },
  }
}

export type Numbers = ReturnType<typeof numbersFrom>
