import { aaf, add, modify, remove, school, type Values } from '../aaf-feed.ts'
import { type Pupil, type SchoolKey, schools, type Teacher, type World } from './world.ts'

const pupilValues = ({ names, school: at, classes, links }: Pupil): Values => ({
  ...names,
  ENTPersonStructRattach: at,
  ENTEleveClasses: classes.map(name => `${at}$${name}`),
  ENTElevePersRelEleve: links.map(({ guardian, legal }) => `${guardian}$1$1$${legal}$1$0`),
})

const teacherValues = ({ names, posts }: Teacher): Values => ({
  ...names,
  ENTPersonStructRattach: posts[0]?.school ?? '',
  ENTPersonFonctions: posts.map(post => `${post.school}$ENS$ENSEIGNEMENT$L1300$MATHEMATIQUES`),
  ENTAuxEnsClassesMatieres: posts.flatMap(post => post.classes.map(name => `${post.school}$${name}$061300`)),
})

type Described = Pick<World, 'pupils' | 'guardians' | 'teachers'>

/** What the feed of one school alone tells: its pupils, those whom they name, and what its teachers are there. */
const partOf = ({ pupils, guardians, teachers }: Described, of: SchoolKey): Described => {
  const here = [...pupils].filter(([, { school: at }]) => at === of)
  const named = new Set(here.flatMap(([, { links }]) => links.map(({ guardian }) => guardian)))
  const posts = [...teachers].map(([key, teacher]): [string, Teacher] => [
    key,
    { ...teacher, posts: teacher.posts.filter(post => post.school === of) },
  ])
  return {
    pupils: new Map(here),
    guardians: new Map([...guardians].filter(([key]) => named.has(key))),
    teachers: new Map(posts.filter(([, teacher]) => teacher.posts.length > 0)),
  }
}

/** The records of the world by category and key, as attributes. `of`: those of one school's feed, with national numbers. */
const recordsOf = (world: Described, of?: SchoolKey): Record<string, Map<string, Values>> => {
  const { pupils, guardians, teachers } = of === undefined ? world : partOf(world, of)
  const national = (key: string): Values => (of === undefined ? {} : { ENTEleveINE: `${key}A` })
  return {
    Eleve: new Map([...pupils].map(([key, pupil]) => [key, { ...pupilValues(pupil), ...national(key) }])),
    PersRelEleve: new Map([...guardians].map(([key, names]) => [key, { ...names }])),
    PersEducNat: new Map([...teachers].map(([key, teacher]) => [key, teacherValues(teacher)])),
  }
}

const added = (category: string, key: string, values: Values) =>
  add(category, key, { ENTPersonJointure: key, ...values })

/** Attributes that differ. An attribute is never taken away: it is given no value. */
const changed = (before: Values, after: Values): Values =>
  Object.fromEntries(Object.entries(after).filter(([name, value]) => String(value) !== String(before[name])))

/** Records come in any order. */
const turned = <Value>(values: readonly Value[], by: number): Value[] => {
  const at = by % Math.max(1, values.length)
  const parts = [...values.slice(at), ...values.slice(0, at)]
  return by % 2 === 0 ? parts : parts.reverse()
}

/**
 * The delivery of `day` (yyyymmdd): the whole world, or what differs from `before`. `order` turns its records. `of`: the
 * school that has a feed of its own.
 */
export const deliveryOf = (
  world: World,
  {
    before,
    day,
    order,
    of,
  }: { readonly before?: World; readonly day: string; readonly order: number; readonly of?: SchoolKey },
): Record<string, string> => {
  const known = before && recordsOf(before, of)
  const prefix = of === undefined ? 'PREAU_TEST' : `SCHOOL${of}`
  const name = (category: string) => `${prefix}_${known ? 'Delta' : 'Complet'}_${day}_${category}_0000.xml`
  const files = Object.entries(recordsOf(world, of)).map(([category, records]): [string, string] => {
    const former = known?.[category] ?? new Map<string, Values>()
    const wholes = [...records].flatMap(([key, values]) => {
      const was = former.get(key)
      if (!was) return [added(category, key, values)]
      const differing = changed(was, values)
      return Object.keys(differing).length > 0 ? [modify(category, key, differing)] : []
    })
    const gone = [...former.keys()].filter(key => !records.has(key)).map(key => remove(category, key))
    return [name(category), aaf(turned([...wholes, ...gone], order))]
  })
  const here = Object.entries(schools).filter(([key]) => of === undefined || key === of)
  const described = here.map(([key, uai]) => school(key, uai, `CLG$${key}$Valmont`))
  return Object.fromEntries([...files, ...(known ? [] : [[name('EtabEducNat'), aaf(described)] as const])])
}
