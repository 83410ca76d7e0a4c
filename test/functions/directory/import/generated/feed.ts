import { aaf, add, modify, remove, school, type Values } from '../aaf-feed.ts'
import { type Pupil, schools, type Teacher, type World } from './world.ts'

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

/** The records of the world by category and key, as attributes. */
const recordsOf = ({ pupils, guardians, teachers }: World): Record<string, Map<string, Values>> => ({
  Eleve: new Map([...pupils].map(([key, pupil]) => [key, pupilValues(pupil)])),
  PersRelEleve: new Map([...guardians].map(([key, names]) => [key, { ...names }])),
  PersEducNat: new Map([...teachers].map(([key, teacher]) => [key, teacherValues(teacher)])),
})

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

/** The delivery of `day` (yyyymmdd): the whole world, or what differs from `before`. `order` turns its records. */
export const deliveryOf = (
  world: World,
  { before, day, order }: { readonly before?: World; readonly day: string; readonly order: number },
): Record<string, string> => {
  const known = before && recordsOf(before)
  const name = (category: string) => `PREAU_TEST_${known ? 'Delta' : 'Complet'}_${day}_${category}_0000.xml`
  const files = Object.entries(recordsOf(world)).map(([category, records]): [string, string] => {
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
  const described = Object.entries(schools).map(([key, uai]) => school(key, uai, `CLG$${key}$Valmont`))
  return Object.fromEntries([...files, ...(known ? [] : [[name('EtabEducNat'), aaf(described)] as const])])
}
