/** Milliseconds after which a step that still lasts says so, again and again. */
const patience = 10_000

const secondsSince = (from: number): string => `${((performance.now() - from) / 1_000).toFixed(1)} s`

export type Step = {
  /** How far it is, for the next sign of life: `40 %`. */
  readonly tell: (progress: string) => void
}

/**
 * Says what is being done before it is, every ten seconds that it still is, and how long it took. What fails says so
 * itself.
 */
export const step = async <Done>(
  print: (line: string) => void,
  what: string,
  work: (step: Step) => Promise<Done>,
  every = patience,
): Promise<Done> => {
  const from = performance.now()
  let progress = ''
  print(`${what} …`)
  const timer = setInterval(() => print(`  … ${secondsSince(from)}${progress && `, ${progress}`}`), every)
  try {
    const done = await work({
      tell: said => {
        progress = said
      },
    })
    print(`  done in ${secondsSince(from)}`)
    return done
  } finally {
    clearInterval(timer)
  }
}
