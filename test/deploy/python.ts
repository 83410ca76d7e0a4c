import { existsSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { ProgramFailed, run } from './run.ts'

/** A program, as PyPI has it. `module`: what Python imports of it. */
export type PythonPackage = { readonly name: string; readonly version: string; readonly module: string }

/** The emulator. Another version answers other things: change it together with limits.ts. */
export const ministack: PythonPackage = { name: 'ministack', version: '1.5.24', module: 'ministack.app' }

/** Something that this machine lacks, in a sentence for whoever runs this. */
export class Missing extends Error {
  override readonly name = 'Missing'
}

const minute = 60_000
const oldest = [3, 10] as const

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? ''

/**
 * The Python of a virtual environment that has a package; made in `folder` if it is not there. Throws `Missing` if
 * python3 is too old or absent, or if pip reaches no package index.
 */
export const pythonWith = async (
  { name, version, module }: PythonPackage,
  folder: string,
  signal: AbortSignal,
): Promise<string> => {
  const options = { cwd: '/', env: process.env, timeoutMs: minute, signal }
  const python = join(folder, `${name}-${version}`, 'bin/python')
  const ask = (code: string) => run(python, ['-c', code], options)
  const installed = `from importlib.metadata import version; import ${module}; print(version('${name}'))`
  if (existsSync(python)) {
    const held = await ask(installed).then(lastLine, () => '')
    if (held === version) return python
  }
  const [major = 0, minor = 0] = await run('python3', ['-c', 'import sys; print(*sys.version_info[:2])'], options).then(
    text => lastLine(text).split(' ').map(Number),
    () => {
      throw new Missing(`python3 is missing: ${name} needs Python 3.10 or later, with venv and pip.`)
    },
  )
  if (major < oldest[0] || (major === oldest[0] && minor < oldest[1]))
    throw new Missing(`${name} needs Python ${oldest.join('.')} or later: python3 is ${major}.${minor}.`)
  const home = dirname(dirname(python))
  await rm(home, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  try {
    await run('python3', ['-m', 'venv', home], options)
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--retries', '5', '--timeout', '30']
    await run(python, [...pip, `${name}==${version}`], { ...options, timeoutMs: 5 * minute })
    await ask(installed)
  } catch (error) {
    await rm(home, { recursive: true, force: true })
    const said = error instanceof ProgramFailed ? lastLine(error.output) : String(error)
    throw new Missing(`${name} ${version} could not be installed with python3, venv and pip: ${said}`)
  }
  return python
}
