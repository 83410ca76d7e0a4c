import { otherUai, uai } from '../aaf-feed.ts'

/** The schools of the world, by their keys in the feed. */
export const schools = { '1': uai, '2': otherUai } as const
export type SchoolKey = keyof typeof schools

export type Names = { readonly sn: string; readonly givenName: string }

/** Legal link 1 gives custody; 0 and 2 give none. */
export type Link = { readonly guardian: string; readonly legal: '0' | '1' | '2' }

export type Pupil = {
  readonly names: Names
  readonly school: SchoolKey
  readonly classes: readonly string[]
  readonly links: readonly Link[]
}

export type Teacher = {
  readonly names: Names
  readonly posts: readonly { readonly school: SchoolKey; readonly classes: readonly string[] }[]
}

/** What an authority knows of two schools on one day; deliveries are made of it, and what access must follow from it. */
export type World = {
  pupils: Map<string, Pupil>
  guardians: Map<string, Names>
  teachers: Map<string, Teacher>
  /** How everybody who is or was a guardian is called: a key that comes back under another name is another person. */
  readonly called: Map<string, Names>
  /** Pupils who left, as they were: they may return. */
  readonly former: Map<string, Pupil>
  /**
   * How deliveries have called people. Who left and comes back under another name is another person, so that nobody is
   * called otherwise between a delivery in which they are there and one in which they are not.
   */
  readonly delivered: Map<string, Names>
  /** A pupil of each class to whom nothing happens: no class is left by all, which would be another name of it. */
  readonly steady: Set<string>
  /** How often each class was renamed in the year. */
  readonly renamed: Map<string, number>
  made: number
}

/** Something that happens; `a` and `b` choose to whom, among those to whom it can happen. */
export type Happening = { readonly what: What; readonly a: number; readonly b: number }

const levels = ['6e', '5e'] as const
const schoolKeys = Object.keys(schools) as SchoolKey[]

const pick = <Value>(among: Iterable<Value>, at: number): Value | undefined => {
  const all = [...among]
  return all[at % Math.max(1, all.length)]
}

const isDefined = <Value>(value: Value | undefined): value is Value => value !== undefined

const newKey = (world: World, from: number): string => String(from + world.made++)

const className = (world: World, school: SchoolKey, level: string, letter: string): string => {
  const times = world.renamed.get(`${school} ${level} ${letter}`) ?? 0
  return `${level} ${letter}${'’'.repeat(times)}`
}

const classOf = (world: World, school: SchoolKey, at: number): string =>
  className(world, school, levels[at % 2] ?? '6e', at % 4 < 2 ? 'A' : 'B')

const nameGuardian = (world: World, key: string, names: Names) => {
  world.guardians.set(key, names)
  world.called.set(key, names)
}

const newGuardian = (world: World): string => {
  const key = newKey(world, 5_000)
  nameGuardian(world, key, { sn: `Parent ${key}`, givenName: 'Noé' })
  return key
}

/** Whether a pupil came under the key of another one, whom the directory knows: they wait until somebody says who they are. */
export const waits = (key: string, { names }: Pupil): boolean => names.sn !== `Élève ${key}`

const enrolIn = (world: World, school: SchoolKey, inClass: string, links: readonly Link[]) => {
  const key = newKey(world, 1_000)
  world.pupils.set(key, { names: { sn: `Élève ${key}`, givenName: 'Zoé' }, school, classes: [inClass], links })
  return key
}

const enrolSteady = (world: World, of: readonly string[]) => {
  for (const school of schoolKeys)
    for (const level of of)
      for (const letter of ['A', 'B']) {
        const links = [{ guardian: newGuardian(world), legal: '1' as const }]
        world.steady.add(enrolIn(world, school, className(world, school, level, letter), links))
      }
}

const moving = ({ pupils, steady }: World) => [...pupils].filter(([key]) => !steady.has(key))

const changePupil = (world: World, at: number, change: (pupil: Pupil, key: string) => Pupil) => {
  const found = pick(moving(world), at)
  if (found) world.pupils.set(found[0], change(found[1], found[0]))
}

const leaving = (world: World, key: string, pupil: Pupil) => {
  world.pupils.delete(key)
  world.former.set(key, { ...pupil, names: world.delivered.get(key) ?? pupil.names })
}

const without = <Value>(values: readonly Value[], at: number): Value[] =>
  values.filter((_, place) => place !== at % values.length)

const renameClass = (world: World, a: number) => {
  const school = pick(schoolKeys, a) ?? '1'
  const level = pick(levels, a >> 1) ?? '6e'
  const letter = a % 4 < 2 ? 'A' : 'B'
  const before = className(world, school, level, letter)
  const id = `${school} ${level} ${letter}`
  world.renamed.set(id, (world.renamed.get(id) ?? 0) + 1)
  const after = className(world, school, level, letter)
  const renamed = (names: readonly string[]) => names.map(name => (name === before ? after : name))
  for (const [key, pupil] of world.pupils)
    if (pupil.school === school) world.pupils.set(key, { ...pupil, classes: renamed(pupil.classes) })
  for (const [key, teacher] of world.teachers) {
    const posts = teacher.posts.map(post =>
      post.school === school ? { ...post, classes: renamed(post.classes) } : post,
    )
    world.teachers.set(key, { ...teacher, posts })
  }
}

/** The summer: those of 5e leave, those of 6e are in 5e, names of classes are the usual ones, teachers change theirs. */
export const rollOver = (world: World): void => {
  for (const [key, pupil] of [...world.pupils]) {
    const [inClass = ''] = pupil.classes
    if (inClass.startsWith('5e') || inClass === '') leaving(world, key, pupil)
    else world.pupils.set(key, { ...pupil, classes: [inClass.replace('6e', '5e').replaceAll('’', '')] })
  }
  world.renamed.clear()
  let at = 0
  for (const [key, teacher] of world.teachers) {
    const posts = teacher.posts.map(({ school }) => ({ school, classes: [classOf(world, school, at++)] }))
    world.teachers.set(key, { ...teacher, posts })
  }
  enrolSteady(world, ['6e'])
}

const happenings = {
  enrol: (world, a, b) => {
    const school = pick(schoolKeys, a) ?? '1'
    const sibling = b % 2 === 0 ? pick(world.guardians.keys(), b) : undefined
    const guardians = [sibling ?? newGuardian(world), ...(b % 3 === 0 ? [newGuardian(world)] : [])]
    enrolIn(
      world,
      school,
      classOf(world, school, b),
      [...new Set(guardians)].map(guardian => ({ guardian, legal: '1' })),
    )
  },
  'change class': (world, a, b) =>
    changePupil(world, a, pupil => ({ ...pupil, classes: [classOf(world, pupil.school, b)] })),
  'be in two classes': (world, a, b) =>
    changePupil(world, a, pupil => ({
      ...pupil,
      classes: [...new Set([...pupil.classes, classOf(world, pupil.school, b)])],
    })),
  'be in no class': (world, a) => changePupil(world, a, pupil => ({ ...pupil, classes: [] })),
  'change school': (world, a, b) =>
    changePupil(world, a, pupil => {
      const school = pupil.school === '1' ? '2' : '1'
      return { ...pupil, school, classes: [classOf(world, school, b)] }
    }),
  leave: (world, a) => {
    const found = pick(moving(world), a)
    if (found) leaving(world, ...found)
  },
  return: (world, a, b) => {
    const found = pick(world.former, a)
    if (!found) return
    const [key, pupil] = found
    world.former.delete(key)
    world.delivered.delete(key)
    world.pupils.set(key, { ...pupil, classes: [classOf(world, pupil.school, b)] })
  },
  'have the key of somebody who left': (world, a, b) => {
    const found = pick(
      [...world.former].filter(([key, pupil]) => world.delivered.has(key) && !waits(key, pupil)),
      a,
    )
    if (!found) return
    const [key, { links }] = found
    const school = pick(schoolKeys, b) ?? '1'
    world.former.delete(key)
    const names = { sn: `Autre ${key}`, givenName: 'Lou' }
    world.pupils.set(key, { names, school, classes: [classOf(world, school, b)], links })
  },
  'take custody away': (world, a, b) =>
    changePupil(world, a, pupil => {
      const lost = pick(pupil.links, b)
      const links = pupil.links.map(link => (link === lost ? ({ ...link, legal: b % 2 ? '0' : '2' } as const) : link))
      return { ...pupil, links }
    }),
  'give custody': (world, a, b) =>
    changePupil(world, a, pupil => {
      const guardian = pick(world.guardians.keys(), b)
      if (guardian === undefined) return pupil
      return { ...pupil, links: [...pupil.links.filter(link => link.guardian !== guardian), { guardian, legal: '1' }] }
    }),
  'name a guardian no more': (world, a, b) =>
    changePupil(world, a, pupil => ({ ...pupil, links: without(pupil.links, b) })),
  'forget a guardian': (world, a) => {
    const key = pick(world.guardians.keys(), a)
    if (key === undefined) return
    const names = world.delivered.get(key) ?? world.guardians.get(key)
    if (names) world.called.set(key, names)
    world.guardians.delete(key)
  },
  'describe a guardian again': (world, a) => {
    const named = [...world.pupils.values()].flatMap(pupil => pupil.links.map(link => link.guardian))
    const key = pick(
      named.filter(one => !world.guardians.has(one) && !world.teachers.has(one)),
      a,
    )
    const names = key === undefined ? undefined : world.called.get(key)
    if (key === undefined || !names) return
    world.delivered.delete(key)
    world.guardians.set(key, names)
  },
  marry: (world, a, b) => {
    const found = pick(world.guardians, a)
    if (found && !world.teachers.has(found[0]) && world.delivered.has(found[0]))
      nameGuardian(world, found[0], { ...found[1], sn: `Époux ${b % 100} ${found[0]}` })
  },
  'correct a given name': (world, a, b) =>
    changePupil(world, a, (pupil, key) =>
      waits(key, pupil) || !world.delivered.has(key)
        ? pupil
        : { ...pupil, names: { ...pupil.names, givenName: `Zoé ${b % 100}` } },
    ),
  'rename a class': (world, a) => renameClass(world, a),
  'hire a teacher': (world, a, b) => {
    const key = newKey(world, 9_000)
    const school = pick(schoolKeys, a) ?? '1'
    const posts = [{ school, classes: [...new Set([classOf(world, school, b), classOf(world, school, b >> 2)])] }]
    world.teachers.set(key, { names: { sn: `Prof ${key}`, givenName: 'Anne' }, posts })
  },
  'teach in another school as well': (world, a, b) => {
    const found = pick(world.teachers, a)
    const school = pick(
      schoolKeys.filter(key => !found?.[1].posts.some(post => post.school === key)),
      0,
    )
    if (!found || !isDefined(school)) return
    const [key, teacher] = found
    world.teachers.set(key, { ...teacher, posts: [...teacher.posts, { school, classes: [classOf(world, school, b)] }] })
  },
  'teach other classes': (world, a, b) => {
    const found = pick(world.teachers, a)
    if (!found) return
    const [key, teacher] = found
    const posts = teacher.posts.map(({ school }) => ({ school, classes: b % 5 ? [classOf(world, school, b)] : [] }))
    world.teachers.set(key, { ...teacher, posts })
  },
  'dismiss a teacher': (world, a) => {
    const key = pick(world.teachers.keys(), a)
    if (key !== undefined) world.teachers.delete(key)
  },
  'have a teacher as guardian': (world, a, b) => {
    const found = pick(world.teachers, b)
    if (!found) return
    const [guardian, { names }] = found
    nameGuardian(world, guardian, names)
    changePupil(world, a, pupil => ({
      ...pupil,
      links: [...pupil.links.filter(link => link.guardian !== guardian), { guardian, legal: '1' }],
    }))
  },
} satisfies Record<string, (world: World, a: number, b: number) => void>

export type What = keyof typeof happenings
export const whats = Object.keys(happenings) as What[]

/** Changes the world. */
export const happen = (world: World, { what, a, b }: Happening): void => happenings[what](world, a, b)

/** Two schools in September: some pupils, their guardians, three teachers. */
export const firstWorld = (): World => {
  const world: World = {
    pupils: new Map(),
    guardians: new Map(),
    teachers: new Map(),
    called: new Map(),
    former: new Map(),
    delivered: new Map(),
    steady: new Set(),
    renamed: new Map(),
    made: 0,
  }
  enrolSteady(world, levels)
  for (let at = 0; at < 8; at++) happen(world, { what: 'enrol', a: at, b: at })
  for (let at = 0; at < 3; at++) happen(world, { what: 'hire a teacher', a: at, b: at * 5 })
  return world
}
