import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { everywhere, ofCommand, usage } from '../../../bin/directory/cli/usage.ts'
import { root } from '../../../lib/platform/root.ts'

const documents = ['README.md', ...globSync('docs/{runbooks/*,architecture}.md', { cwd: root })]
const read = documents.map(path => readFileSync(join(root, path), 'utf8')).join('\n')
const commands = Object.entries(ofCommand)

/** What `--help` says of a command: from its line to that of the next one. */
const saidOf = (name: string): string =>
  new RegExp(`^  ${name}\\b.*(?:\\n {6}.*|\\n  separate .*)*`, 'm').exec(usage)?.[0] ?? ''

describe('npm run directory -- --help', () => {
  it.each(commands)('says of %s what it does, and each of its options', (name, options) => {
    for (const option of Object.keys(options)) expect(saidOf(name)).toContain(`--${option}`)
    expect(saidOf(name)).toMatch(/\S {2,}\S|\n {20,}\S|--end/)
  })

  it('says the options of every command', () => {
    for (const option of Object.keys(everywhere).filter(one => one !== 'help')) expect(usage).toContain(`--${option} `)
  })

  it('names no command that there is not', () => {
    const named = [...usage.matchAll(/^ {2}([a-z-]+)\b/gm)].map(([, name]) => name)
    expect(new Set(named)).toEqual(new Set(Object.keys(ofCommand)))
  })
})

describe('README and the runbooks', () => {
  it.each(commands)('name %s', name => {
    expect(read).toContain(`npm run directory -- ${name}`)
  })

  it.each(['--data', '--table', '--territory', '--out', '--address', '--renew', '--confirm', '--out-of-order'])(
    'name %s',
    option => {
      expect(read).toContain(option)
    },
  )
})
