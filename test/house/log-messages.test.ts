import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { root } from '../../lib/platform/root.ts'

const declared = globSync('functions/**/*.ts', { cwd: root }).flatMap(path =>
  [...readFileSync(join(root, path), 'utf8').matchAll(/code: '([^']+)', text: '([^']+)'/g)].map(
    ([, code, text]) => `${code} ${text}`,
  ),
)

/** Rows of the runbook's table: code, message, what to do. */
const rows = readFileSync(join(root, 'docs/runbooks/log-messages.md'), 'utf8')
  .split('\n')
  .filter(line => /^\| [A-Z]+-\d+/.test(line))
  .map(line => line.split('|').map(cell => cell.trim()))

it('every log message has a code of its own, and a row in the runbook that says what to do', () => {
  expect(declared.length).toBeGreaterThan(8)
  const codes = declared.map(one => one.split(' ')[0])
  expect(new Set(codes).size).toBe(codes.length)
  expect(rows.map(([, code, text]) => `${code} ${text}`)).toEqual([...declared].sort())
  for (const [, code, , act] of rows) expect(act, code).toMatch(/^.{30,}\.$/)
})

it('no code of functions writes a log line past the catalogue', () => {
  const past = globSync('functions/**/*.ts', { cwd: root }).filter(path =>
    /\bconsole\.|log\.(info|error)\(['"`]/.test(readFileSync(join(root, path), 'utf8')),
  )
  expect(past).toEqual([])
})
