import { readdirSync, readFileSync } from 'node:fs'

/** Linux counts processor time in hundredths of a second (`getconf CLK_TCK` is 100 on every architecture). */
const tick = 10

type Process = { readonly parent: number; readonly ms: number; readonly command: string }

const processes = (): Map<number, Process> => {
  const found = new Map<number, Process>()
  for (const name of readdirSync('/proc'))
    try {
      if (!/^\d+$/.test(name)) continue
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
      // Behind the program's name, which may hold anything: state, parent … and from the 14th field on, the times.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8')
      found.set(Number(name), {
        parent: Number(fields[1]),
        ms: (Number(fields[11]) + Number(fields[12])) * tick,
        command,
      })
    } catch {
      // It ended while it was read.
    }
  return found
}

/**
 * Milliseconds of processor time that the processes this one started have used so far, by what they run: functions, and
 * the rest (the embedded services).
 */
export const childrenCpu = (): { readonly functions: number; readonly others: number } => {
  const all = processes()
  const isOurs = (pid: number): boolean => pid === process.pid || (all.has(pid) && isOurs(all.get(pid)?.parent ?? 0))
  const sum = { functions: 0, others: 0 }
  for (const [pid, { ms, command }] of all)
    if (pid !== process.pid && isOurs(pid)) sum[command.includes('local/runtime.ts') ? 'functions' : 'others'] += ms
  return sum
}
