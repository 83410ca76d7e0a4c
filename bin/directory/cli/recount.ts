import * as z from 'zod/mini'
import { directoryPatterns } from '../../../functions/directory/audiences.ts'
import {
  type Counted,
  compareCounts,
  isRecounted,
  recount,
  recountAccess,
} from '../../../functions/news/counting/recount.ts'
import { newsPatterns } from '../../../functions/news/patterns.ts'
import { uses } from '../../../functions/platform/access.ts'
import { forEachConcurrent } from '../../../functions/platform/concurrent.ts'
import { type Terminal, tableOf } from './terminal.ts'
import type { Territory } from './territory.ts'

const listAccess = uses({ query: [directoryPatterns.territorySchools, newsPatterns.ofSchool] })

/** The ids of all publications of the territory. */
export const allPublications = async (territory: Territory, terminal: Terminal): Promise<string[]> => {
  const table = tableOf(territory, listAccess, terminal)
  const schools = await table.all(directoryPatterns.territorySchools, {})
  const ids = new Set<string>()
  for (const { uai } of schools)
    for await (const page of table.pages(newsPatterns.ofSchool, { uai })) for (const { item } of page) ids.add(item.id)
  return [...ids]
}

/** How often a publication is counted anew whose people do not stop, and milliseconds until the stream has applied it. */
const mostTries = 5
const applied = 60_000
const atOnce = 8

const pause = (milliseconds: number) => new Promise<void>(resolve => setTimeout(resolve, milliseconds))

const told = ({ seen, signed }: Counted) => `${seen} seen, ${signed} signed`

/**
 * Compares the counts of publications with their facts, says which differ, and has those counted anew.
 * @param options.dry only says it
 * @returns false if some could not be put right
 */
export const recountTold = async (
  territory: Territory,
  terminal: Terminal,
  publications: readonly string[],
  { dry }: { readonly dry: boolean },
): Promise<boolean> => {
  if (publications.length === 0) return true
  const table = tableOf(territory, recountAccess, terminal)
  const isApplied = async (news: string, token: string) => {
    for (const until = Date.now() + applied; Date.now() < until; await pause(250))
      if (await isRecounted(table, news, token)) return true
    return false
  }
  const putRight = async (news: string): Promise<boolean> => {
    for (let tries = 0; tries < mostTries; tries++) {
      const token = await recount(table, news, terminal.now())
      if (token !== undefined && (await isApplied(news, token))) return true
    }
    return false
  }
  let different = 0
  let right = 0
  let left = 0
  await forEachConcurrent(
    publications,
    async news => {
      const compared = await compareCounts(table, news).catch((error: unknown) => {
        if (!(error instanceof z.core.$ZodError)) throw error
        left++
        terminal.err(`publication ${news} holds an item that this release cannot read: see STREAM-2 in log-messages.md`)
        return undefined
      })
      if (!compared || compared.isRight) return
      const { stored, facts } = compared
      different++
      terminal.out(`  publication ${news}: counted ${told(stored)}; by its facts ${told(facts)}`)
      if (dry) return
      if (await putRight(news)) right++
      else {
        left++
        terminal.err(`publication ${news} could not be counted anew: the stream is late, or its people do not stop`)
      }
    },
    atOnce,
  )
  const of = `${publications.length} ${publications.length === 1 ? 'publication' : 'publications'} compared`
  if (different + left === 0) terminal.out(`Counts are as their facts say (${of}).`)
  else terminal.out(dry ? `${different} counts differ (${of}).` : `${right} counts put right (${of}).`)
  return left === 0
}
