import { college, type Definition, groups } from '../../support/school.ts'

const classes = [groups.sixA, groups.sixB]

/** Pupils of the two classes, a guardian of each, and a second teacher of each class: with those of every test, 50 people. */
const pupils = 18

const named = (name: string, more: Omit<Definition, 'givenName' | 'familyName' | 'uai'>): [string, Definition] => [
  name,
  { givenName: name, familyName: `Du ${name}`, uai: college, ...more },
]

/** The people of the day beside those that every test knows. */
export const more: Readonly<Record<string, Definition>> = Object.fromEntries([
  ...Array.from({ length: pupils }, (_, at) => {
    const group = classes[at % 2] ?? groups.sixA
    // The last pupil has no guardian: nobody signs for them.
    const guardians = at < pupils - 1 ? [`parent${at}`] : []
    return [
      named(`pupil${at}`, { role: 'pupil', groups: [group], guardians }),
      ...guardians.map(name =>
        named(name, { role: 'guardian', children: [{ of: `pupil${at}`, uai: college, group }] }),
      ),
    ]
  }).flat(),
  named('yann', { role: 'teacher', groups: [groups.sixA] }),
  named('zoe', { role: 'teacher', groups: [groups.sixB] }),
])

type Member = { readonly name: string; readonly group: (typeof classes)[number] }

const inClasses: Readonly<Record<string, Pick<Definition, 'role' | 'groups' | 'guardians'>>> = {
  lea: { role: 'pupil', groups: [groups.sixA], guardians: ['sophie', 'karim'] },
  tom: { role: 'pupil', groups: [groups.sixB], guardians: ['ines'] },
  anne: { role: 'teacher', groups: [groups.sixA] },
  paul: { role: 'teacher', groups: [groups.sixB] },
  ...more,
}

const membersOf = (role: 'pupil' | 'teacher'): readonly Member[] =>
  Object.entries(inClasses).flatMap(([name, one]) => {
    const [group] = one.groups ?? []
    return one.role === role && group ? [{ name, group }] : []
  })

export const pupilsOfDay = membersOf('pupil')
export const teachersOfDay = membersOf('teacher')

/** Guardians with the child of theirs in the collège. */
export const guardiansOfDay = pupilsOfDay.flatMap(({ name: child, group }) =>
  (inClasses[child]?.guardians ?? []).map(name => ({ name, child, group })),
)
