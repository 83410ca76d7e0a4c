import { ImportRefused } from '../../../functions/directory/import/feed/finding.ts'
import type { Terminal } from './terminal.ts'

/** Asks whether it is to be done; where nobody is there to answer, `--yes` has to be said. */
export const isMeant = async (
  what: string,
  { yes = false }: { readonly yes?: boolean | undefined },
  { ask }: Terminal,
): Promise<boolean> => {
  if (yes) return true
  if (!ask) throw new ImportRefused(`${what}: say --yes if that is meant. Nothing has changed`)
  return ask(`${what}. Go on?`)
}
