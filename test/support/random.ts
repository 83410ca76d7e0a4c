/** A generator of numbers from 0 to 1 that gives the same ones at each run (mulberry32). */
export const openRandom = (seed: number) => {
  let state = seed
  return (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** One of `from`, which is not empty. */
export const pickFrom = <One>(from: readonly One[], random: () => number): One =>
  from[Math.floor(random() * from.length)] as One
