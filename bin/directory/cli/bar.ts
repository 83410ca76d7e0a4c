import { Presets, SingleBar } from 'cli-progress'
import type { Progress } from '../../../functions/directory/import/platform.ts'

/**
 * Draws how far an import is on the terminal's error output; nothing if that is no terminal. A dry run compares where
 * another one writes.
 */
export const openBar = (watched: boolean, isDry: boolean) => {
  if (!watched) return { progress: () => {}, stop: () => {} }
  const bar = new SingleBar({ format: '{phase} {bar} {percentage} %', hideCursor: true }, Presets.shades_classic)
  let phase: Progress['phase'] | undefined
  const named = (of: Progress) => ({ phase: isDry && of.phase === 'writing' ? 'comparing' : of.phase })
  return {
    progress: (progress: Progress) => {
      if (phase !== progress.phase) {
        if (phase) bar.stop()
        bar.start(progress.total, 0, named(progress))
      }
      phase = progress.phase
      bar.update(progress.done, named(progress))
    },
    stop: () => bar.stop(),
  }
}
