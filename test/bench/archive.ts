import { readdirSync, readFileSync, statSync } from 'node:fs'
import { openFixture } from '../browser/fixture.ts'
import { assembly } from '../support/assembly.ts'
import { classSize, fullClass, sendPhoto } from '../support/valmont-class.ts'
import type { Part } from './figure.ts'

/** A class's photos: 105 of 400 KB. */
const perPupil = 3
const photoBytes = 400_000
/** Milliseconds between two looks at the memory. */
const look = 50

/** The resident memory of a process and of those that it started, in bytes (proc(5); Linux alone has it). */
const resident = (root: number): number => {
  const parents = new Map<number, number[]>()
  for (const name of readdirSync('/proc').filter(one => /^\d+$/.test(one))) {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
      parents.set(parent, [...(parents.get(parent) ?? []), Number(name)])
    } catch {
      // It ended meanwhile.
    }
  }
  const own = (pid: number): number => {
    try {
      return 1_000 * 1.024 * Number(/VmRSS:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0)
    } catch {
      return 0
    }
  }
  const all = (pid: number): number => own(pid) + (parents.get(pid) ?? []).reduce((sum, child) => sum + all(child), 0)
  return (parents.get(root) ?? []).reduce((sum, child) => sum + all(child), 0)
}

/** The archive of what a class handed in: how fast the browser makes it, and what memory that takes. */
export const archive = async (): Promise<Part> => {
  const fixture = await openFixture(await assembly())
  try {
    const { piece } = await fullClass(fixture, (teacher, at) =>
      Promise.all(
        Array.from({ length: perPupil }, (_, page) => sendPhoto(teacher, `Page ${at}-${page}.jpg`, photoBytes)),
      ),
    )
    const { page } = await fixture.visit('helene')
    await page.goto(`/notebook/collected/${piece}`)
    const button = page.getByRole('button', { name: 'Tout télécharger' })
    await button.waitFor()
    // The browser is the one child of this process that grows meanwhile; the territory's own processes are counted before too.
    const before = resident(process.pid)
    let peak = before
    const watching = setInterval(() => {
      peak = Math.max(peak, resident(process.pid))
    }, look)
    const downloading = page.waitForEvent('download', { timeout: 300_000 })
    const began = performance.now()
    await button.click()
    const path = await (await downloading).path()
    const took = performance.now() - began
    clearInterval(watching)
    const bytes = statSync(path).size
    return {
      name: `The archive of a class: ${classSize * perPupil} photos of ${photoBytes / 1_000} KB, made in the browser`,
      figures: [
        { what: 'archive', value: bytes / 1e6, unit: 'MB' },
        { what: 'from the click to the file', value: took / 1_000, unit: 's', atMost: 30 },
        { what: 'rate', value: bytes / 1e3 / took, unit: 'MB', note: 'a second' },
        {
          what: 'memory at its peak',
          value: (peak - before) / 1e6,
          unit: 'MB',
          note: 'more than before; with the territory’s',
        },
      ],
    }
  } finally {
    await fixture.close()
  }
}
