import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { readdir, rename, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { command } from '../bin/directory/command.ts'
import { aaf, delivery, named, pupil, uai } from '../functions/directory/import/aaf-feed.ts'
import { zipOf } from '../functions/directory/import/zip.ts'
import { eventually } from '../support/http.ts'
import { startRegionProcess, withAssembly } from '../support/region-process.ts'
import { timeoutMs } from '../support/timeout.ts'

/** The codes of the school, as the command prints them: pupils by their names. */
const codesIn = async (data: string): Promise<string> => {
  const out = join(data, 'sheets')
  await command(['codes', '--school', uai, '--data', data, '--out', out, '--address', 'https://ent.example'])
  const names = await readdir(out).catch(() => [])
  return names.map(name => readFileSync(join(out, name), 'utf8')).join('\n')
}

it(
  'a delivery put into the watched folder is imported by itself: who is new in it can be given a code',
  async ({ onTestFinished }) => {
    const data = mkdtempSync(join(tmpdir(), 'preau-test-'))
    withAssembly(data)
    const region = startRegionProcess(['--data', data, '--port', '0', '--empty'])
    onTestFinished(async () => {
      region.child.kill('SIGTERM')
      await region.ended
      rmSync(data, { recursive: true, force: true })
    })
    await region.ready()
    const drop = async (name: string, files: Record<string, string>) => {
      // Under its own name once it is whole, as transfers do; a file that still grows is left as it is.
      await writeFile(join(data, name), await zipOf(files))
      await rename(join(data, name), join(data, 'feeds', name))
    }
    await drop('complete.zip', delivery(6))
    await eventually(async () => ((await codesIn(data)).includes('Élève 105') ? true : undefined), timeoutMs(30))
    await drop('delta.zip', { [named('Eleve', { kind: 'Delta', day: 2 })]: aaf([pupil('300', ['500'])]) })
    await eventually(async () => ((await codesIn(data)).includes('Élève 300') ? true : undefined), timeoutMs(30))
    expect(await readdir(join(data, 'feeds'))).toEqual([])
    expect(readFileSync(join(data, 'logs', 'preau-demo-imports.log'), 'utf8')).not.toMatch(/Élève|Zoé/)
  },
  timeoutMs(120),
)
