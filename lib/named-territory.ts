import { type Territory, territories } from './territories.ts'
import { territoryProblems } from './territory-problems.ts'

/**
 * The territory called `name`. Throws an error written for the operator: for an unknown name it lists the known ones, for
 * an entry that cannot be deployed all that is wrong with it.
 */
export const territoryNamed = (name: unknown, known: readonly Territory[] = territories): Territory => {
  const names = known.map(one => one.name).join(', ')
  if (typeof name !== 'string' || name === '')
    throw new Error(`Say which territory with -c territory=<name>. Known in lib/territories.ts: ${names}.`)
  const territory = known.find(one => one.name === name)
  if (!territory) throw new Error(`There is no territory "${name}" in lib/territories.ts. Known: ${names}.`)
  const problems = territoryProblems(territory, known)
  if (problems.length > 0) throw new Error(problems.map(one => `The territory "${name}" ${one}.`).join('\n'))
  return territory
}
