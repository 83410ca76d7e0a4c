import { spawnSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { fileURLToPath } from 'node:url'

// npm run prove [-- <test files>]: what takes longer than `npm test` may. The tests with more runs of every property, more
// kills and every look of every screen; then, unless test files are named, a deploy to an emulator and the API as its
// OpenAPI document says, where python3 can install what these need. Ends with a summary; its exit status is 0 if nothing failed. PREAU_SEED brings the same random values again.

const root = fileURLToPath(new URL('../', import.meta.url))
const files = process.argv.slice(2)
const seed = process.env.PREAU_SEED ?? String(randomInt(2 ** 31))
const environment = { ...process.env, PREAU_PROVE: '1', PREAU_SEED: seed }

type Outcome = 'passed' | 'FAILED' | 'not run'
const summary: string[] = []
const note = (what: string, outcome: Outcome, began: number): void => {
  const minutes = ((performance.now() - began) / 60_000).toFixed(1)
  summary.push(`${outcome.padEnd(8)} ${minutes.padStart(6)} min  ${what}`)
  if (outcome === 'FAILED') process.exitCode = 1
}

/** Runs a program of Node here. @returns whether it ended well. */
const ran = (program: string, ...args: string[]): boolean =>
  spawnSync(process.execPath, [program, ...args], { cwd: root, env: environment, stdio: 'inherit' }).status === 0

const tests = performance.now()
const passed = ran('node_modules/vitest/vitest.mjs', 'run', ...files)
note(files.length > 0 ? `tests of ${files.join(', ')}` : 'all tests', passed ? 'passed' : 'FAILED', tests)

const withPython = [
  ['a deploy to the emulator', 'test/deploy/verify.ts'],
  ['the API as its document says', 'test/openapi/verify.ts'],
] as const
for (const [what, program] of files.length > 0 ? [] : withPython) {
  const since = performance.now()
  // Where python3 or a package index is missing, a sentence says so, and the rest counts.
  if (ran(program, '--install')) note(what, ran(program) ? 'passed' : 'FAILED', since)
  else note(`${what}: what it needs cannot be installed here`, 'not run', since)
}

const again = ['npm run prove', ...(files.length > 0 ? ['--', ...files] : [])].join(' ')
process.stdout.write(`
${summary.join('\n')}

${process.exitCode ? 'Something FAILED' : 'Nothing failed'}. The same random values again: PREAU_SEED=${seed} ${again}
`)
