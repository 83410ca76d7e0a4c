import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Account, openAccount } from '../../../lib/local/account.ts'
import type { Probed } from './probe.ts'

const probe = new URL('./probe.ts', import.meta.url).href

/** Runs functions in processes of this machine, each invocation of which is measured. */
export const openProbed = () => {
  const folder = mkdtempSync(join(tmpdir(), 'preau-probed-'))
  const file = join(folder, 'invocations')
  const failed: string[] = []
  writeFileSync(file, '')
  const { declare, close } = openAccount({
    log: (name, line) => {
      if (/"level":"ERROR"/.test(line)) failed.push(`${name}: ${line}`)
    },
  })
  const account: Account = {
    declare: of =>
      declare({ ...of, variables: { ...of.variables, NODE_OPTIONS: `--import ${probe}`, PROBE_FILE: file } }),
    close: async () => {
      await close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  let taken = 0
  const fresh = (): string[] => readFileSync(file, 'utf8').split('\n').filter(Boolean).slice(taken)
  return {
    account,
    /** The invocations since the last time. Throws if a function has logged an error. */
    take: (): readonly Probed[] => {
      if (failed.length > 0) throw new Error(`a function has logged an error: ${failed[0]}`)
      const lines = fresh()
      taken += lines.length
      return lines.map(line => JSON.parse(line) as Probed)
    },
    /** How many invocations there were since they were last taken. */
    count: (): number => fresh().length,
  }
}

export type ProbedAccount = ReturnType<typeof openProbed>
