import type { TestProject } from 'vitest/node'
import { territories } from '../../lib/territories.ts'
import { assembly } from './assembly.ts'

/** One after the other: the first one builds the web app and the functions, the others find them built. */
const assemblies = async (): Promise<Record<string, string>> => {
  const made: Record<string, string> = {}
  for (const { name } of territories) made[name] = await assembly(name)
  return made
}

/**
 * Vitest's global setup of the project `built`: makes the cloud assembly of every territory before the first test, and
 * again before tests that watch mode runs anew. If the synthesis fails, no test runs.
 */
export const setup = async (project: TestProject): Promise<void> => {
  project.provide('assemblies', await assemblies())
  project.onTestsRerun(async specifications => {
    if (specifications.some(one => one.project === project)) project.provide('assemblies', await assemblies())
  })
}
