import { type SchoolKey, schools, type World, waits } from './world.ts'

/** What somebody may read, as texts such as `class-guardians 0990001A 6e A`, and who their children are, by key. */
export type Access = { readonly audiences: readonly string[]; readonly children: readonly string[] }

const inClass = (kind: string, school: SchoolKey, name: string) => `${kind} ${schools[school]} ${name}`

/**
 * What everybody of the world may read today, by key; who may read nothing is not in it. It says again, in the simplest
 * way, what shared/directory says of audiences, and is made of nothing that Préau's own code is made of.
 */
export const accessIn = (world: World): Map<string, Access> => {
  const audiences = new Map<string, Set<string>>()
  const children = new Map<string, Set<string>>()
  const give = (key: string, ...given: string[]) => {
    const held = audiences.get(key) ?? new Set()
    for (const one of given) held.add(one)
    audiences.set(key, held)
  }
  for (const [key, pupil] of world.pupils) {
    if (waits(key, pupil)) continue
    const { school, classes, links } = pupil
    give(key, `school ${schools[school]}`, `pupils ${schools[school]}`)
    for (const name of classes) give(key, inClass('class', school, name))
    for (const { guardian, legal } of links) {
      if (legal !== '1' || !world.guardians.has(guardian)) continue
      give(guardian, `school ${schools[school]}`, `guardians ${schools[school]}`)
      for (const name of classes) give(guardian, inClass('class-guardians', school, name))
      children.set(guardian, (children.get(guardian) ?? new Set()).add(key))
    }
  }
  for (const [key, { posts }] of world.teachers)
    for (const { school, classes } of posts) {
      give(key, `school ${schools[school]}`, `teachers ${schools[school]}`, `adults ${schools[school]}`)
      for (const name of classes) give(key, inClass('class', school, name), inClass('class-guardians', school, name))
    }
  return new Map(
    [...audiences].map(([key, held]) => [
      key,
      { audiences: [...held].sort(), children: [...(children.get(key) ?? [])].sort() },
    ]),
  )
}
