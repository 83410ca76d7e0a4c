import { expect } from 'vitest'
import type { PersonItem } from '../../../../../functions/directory/audiences.ts'
import type { Stored } from '../fixture.ts'
import { type Access, accessIn } from './access.ts'
import { schools, type World, waits } from './world.ts'

/** What a territory holds of generated school years, and what it has to hold by the model. */

const described = ({ kind, uai, label, group }: PersonItem['audiences'][number]): string =>
  [kind, uai, ...(group === undefined ? [] : [label])].join(' ')

/** What people may read by what is stored, by id. */
export const stored = (items: ReadonlyMap<string, Stored>): Map<string, Access> => {
  const people = [...items].flatMap(([key, item]) => {
    const [, id] = /^P#(\w+)\|PERSON$/.exec(key) ?? []
    if (id === undefined) return []
    const { status, audiences, children } = item as unknown as PersonItem
    expect(status === 'active').toBe(audiences.length > 0)
    if (status !== 'active') return []
    return [[id, { audiences: audiences.map(described).sort(), children: children.map(one => one.id).sort() }] as const]
  })
  return new Map(people)
}

/** Who is in the rows of each class, by role, as `role class: person`. */
export const rostered = (stored: ReadonlyMap<string, Stored>): string[] => {
  const items = [...stored.values()]
  const names = new Map(items.filter(item => item.sk === 'GROUP').map(item => [item.pk, `${item.uai} ${item.name}`]))
  return items
    .flatMap(({ pk, sk, person }) => {
      const [, role] = /^M#(pupil|teacher|guardian)#/.exec(sk) ?? []
      return role && pk.startsWith('G#') ? [`${role} ${names.get(pk)}: ${person}`] : []
    })
    .sort()
}

/** The same by the model. `idOf`: of a person of the feed. */
export const expectedRosters = (world: World, idOf: (key: string) => string): string[] => {
  const rows = [...accessIn(world)].flatMap(([key, { audiences }]) =>
    audiences.flatMap(audience => {
      const [kind, uai, ...name] = audience.split(' ')
      if (kind !== 'class' && kind !== 'class-guardians') return []
      const inClass = `${uai} ${name.join(' ')}`
      const teaches = world.teachers
        .get(key)
        ?.posts.some(post => schools[post.school] === uai && post.classes.includes(name.join(' ')))
      if (teaches && kind === 'class') return [`teacher ${inClass}: ${idOf(key)}`]
      if (kind === 'class') return [`pupil ${inClass}: ${idOf(key)}`]
      return []
    }),
  )
  const guardians = [...world.pupils].flatMap(([key, pupil]) => {
    const { school, classes, links } = pupil
    if (waits(key, pupil)) return []
    return links.flatMap(({ guardian, legal }) =>
      legal === '1' && world.guardians.has(guardian)
        ? classes.map(name => `guardian ${schools[school]} ${name}: ${idOf(guardian)}`)
        : [],
    )
  })
  return [...new Set([...rows, ...guardians])].sort()
}

/** A day as it is written in the names of files. */
export const fileDay = (day: Date): string => day.toISOString().slice(0, 10).replaceAll('-', '')
