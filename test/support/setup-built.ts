import type { TestProject } from 'vitest/node'
import { territories } from '../../lib/territories.ts'
import { assembly } from './assembly.ts'

/** Synthesizes in sequence: the first synthesis builds the web app and the functions, which the others reuse. */
const assemblies = async (): Promise<Record<string, string>> => {
  const folders: Record<string, string> = {}
  for (const { name } of territories) folders[name] = await assembly(name)
  return folders
}

/**
 * Vitest's global setup of the project `built`: synthesizes the cloud assembly of every territory before the first test,
 * and in watch mode before each rerun. If the synthesis fails, no test runs.
 */
export const setup = async (project: TestProject): Promise<void> => {
  project.provide('assemblies', await assemblies())
  project.onTestsRerun(async specifications => {
    if (specifications.some(one => one.project === project)) project.provide('assemblies', await assemblies())
  })
}
