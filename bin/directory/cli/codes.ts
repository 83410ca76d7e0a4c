import { schoolCodesAccess } from '../../../functions/directory/access.ts'
import { directoryPatterns } from '../../../functions/directory/audiences.ts'
import { issueSchoolCodes, waitingIn } from '../../../functions/directory/codes/of-school.ts'
import { ImportRefused } from '../../../functions/directory/import/feed/finding.ts'
import { codeLifetime } from '../../../functions/session/accounts.ts'
import { day } from '../../../shared/kernel/dates.ts'
import { codesCsv } from '../codes/csv.ts'
import { openSheets } from '../codes/files.ts'
import { codesPage } from '../codes/page.ts'
import { wordsOf } from '../codes/texts.ts'
import { territoryNamed } from './named-territory.ts'
import { type Terminal, tableOf, type ValuesOf } from './terminal.ts'
import type { Territory } from './territory.ts'

/** A failure in one word or two, for within a sentence. */
const nameOf = (error: unknown): string =>
  error instanceof Error ? ((error as NodeJS.ErrnoException).code ?? error.name) : String(error)

/** What sheets tell of the territory: its address, without which paper leads nowhere, and its name. */
const placeOf = ({ address, territory: named }: ValuesOf<'codes'>, running: string | undefined) => {
  const territory = territoryNamed(named)
  const told = address ?? (territory?.domain ? `https://${territory.domain.name}` : running)
  if (told === undefined)
    throw new ImportRefused(
      'say where people open Préau, which the sheets tell them: --address <url>, or --territory <name> if it has a domain',
    )
  return { address: told, territory: territory?.title }
}

/** Asks before sheets that are still good become void. */
const confirmed = async (
  sheets: number,
  school: string,
  { yes = false }: ValuesOf<'codes'>,
  { ask }: Terminal,
): Promise<boolean> => {
  if (sheets === 0 || yes) return true
  const voids = `--renew makes ${sheets} ${sheets === 1 ? 'sheet' : 'sheets'} of ${school} void that ${sheets === 1 ? 'is' : 'are'} still good`
  if (!ask) throw new ImportRefused(`${voids}: say --yes as well if that is meant. No code has changed`)
  return ask(`${voids}. Go on?`)
}

/**
 * `codes --school <uai>`: two files that only their owner may read. They hold every code that this run gave, and those of
 * a run before it that did not end.
 */
export const runCodes = async (
  values: ValuesOf<'codes'>,
  territory: Territory,
  terminal: Terminal,
): Promise<number> => {
  const { out, now } = terminal
  const { school: uai, renew = false } = values
  const place = placeOf(values, territory.address)
  const table = tableOf(territory, schoolCodesAccess, terminal)
  const school = await table.get(directoryPatterns.school, { uai }, { consistent: true })
  if (!school) throw new ImportRefused(`there is no school ${uai} in this territory`)
  const sheets = await openSheets(values.out ?? '.', uai, now())
  try {
    const waiting = await waitingIn(table, uai, sheets.noted, now())
    const others = waiting.holding.length
    if (renew && !(await confirmed(others, school.name, values, terminal))) {
      out('No code has changed.')
      return 0
    }
    const held =
      others > 0 && !renew ? ` ${others} ${others === 1 ? 'holds' : 'hold'} one that is still good (--renew).` : ''
    if (waiting.without.length + waiting.unprinted.length === 0 && (others === 0 || !renew)) {
      out(`Nobody in ${school.name} waits for a code.${held}`)
      return 0
    }
    let progress: readonly [number, number] = [0, 0]
    const gave = (done: number, of: number) => {
      progress = [done, of]
    }
    const options = { school: uai, renew, now: now(), note: sheets.note, gave }
    const issued = await issueSchoolCodes(table, waiting, options).catch(error => {
      const [done, of] = progress
      if (done === 0) throw error
      throw new ImportRefused(
        `giving codes stopped (${nameOf(error)}): ${done} of ${of} people have theirs, noted in ${sheets.path}. The same command goes on from there`,
      )
    })
    const sheet = { ...place, school: school.name, words: wordsOf(values.language, territory.timeZone), now: now() }
    for (const path of await sheets.write({ csv: codesCsv(issued, sheet), html: codesPage(issued, sheet) })) out(path)
    out(
      `Codes for ${issued.length} people of ${school.name}, each good once, within ${codeLifetime / day} days.${held} Delete both files once handed out.`,
    )
    return 0
  } finally {
    await sheets.close()
  }
}
