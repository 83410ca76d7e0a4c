import type { AudienceKind } from '../../../shared/kernel/audience.ts'
import type { AudienceChoice } from '../../../shared/news/shapes.ts'
import { levelOf } from './levels.ts'

/** Sections of the list of audiences that one may publish to. */
export type ChoiceSection = 'school' | 'roles' | 'levels' | 'classes' | 'groups'
export const choiceSections = [
  'school',
  'roles',
  'levels',
  'classes',
  'groups',
] as const satisfies readonly ChoiceSection[]

export const sectionOf = ({ kind, groupKind }: Pick<AudienceChoice, 'kind' | 'groupKind'>): ChoiceSection => {
  if (kind === 'school') return 'school'
  if (kind !== 'class' && kind !== 'class-guardians') return 'roles'
  return groupKind === 'group' ? 'groups' : 'classes'
}

/** What one tick chooses: an audience, the pupils and the guardians of a class or group together, or all classes of a level. */
export type Option = {
  readonly id: string
  readonly section: ChoiceSection
  readonly audiences: readonly AudienceChoice[]
  readonly name: string
}

/** The options of a list of audiences: those of a class or group are followed by both together. */
export const optionsOf = (
  choices: readonly AudienceChoice[],
  nameOf: (choice: AudienceChoice) => string,
  bothOf: (choice: AudienceChoice) => string,
): Option[] =>
  choices.flatMap(choice => {
    const section = sectionOf(choice)
    const own = { id: choice.id, section, audiences: [choice], name: nameOf(choice) }
    const isPair = (one: AudienceChoice) => one.kind === 'class' && one.group === choice.group
    const pupils = choice.kind === 'class-guardians' && choice.group ? choices.find(isPair) : undefined
    return pupils
      ? [own, { id: `${choice.id}-both`, section, audiences: [pupils, choice], name: bothOf(choice) }]
      : [own]
  })

type OfLevel = 'class' | 'class-guardians' | 'both'
const ofLevel: readonly OfLevel[] = ['class', 'class-guardians', 'both']

/**
 * One choice for all classes of a level, of which there are two at least: their pupils, their guardians, or both. They are
 * audiences of their own, each of which its author may publish to.
 * @param nameOf names it, with the classes it takes
 */
export const levelOptionsOf = (
  choices: readonly AudienceChoice[],
  nameOf: (level: string, of: OfLevel, classes: readonly string[]) => string,
): Option[] => {
  const classes = choices.filter(({ groupKind }) => groupKind === 'class')
  const levels = new Set(classes.flatMap(({ label }) => levelOf(label) ?? []))
  return [...levels].flatMap(level => {
    const within = classes.filter(({ label }) => levelOf(label) === level)
    const names = [...new Set(within.map(({ label }) => label))]
    if (names.length < 2) return []
    return ofLevel.map(of => ({
      id: `${level}-${of}`,
      section: 'levels' as const,
      audiences: within.filter(({ kind }) => of === 'both' || kind === of),
      name: nameOf(level, of, names),
    }))
  })
}

/** What is shown of the chosen: each audience once, in the widest choices that are wholly chosen. */
export const chipsOf = (options: readonly Option[], chosen: readonly string[]): Option[] => {
  const left = new Set(chosen)
  const shown = new Set<Option>()
  for (const option of [...options].sort((a, b) => b.audiences.length - a.audiences.length)) {
    if (!option.audiences.every(({ id }) => left.has(id))) continue
    for (const { id } of option.audiences) left.delete(id)
    shown.add(option)
  }
  return options.filter(option => shown.has(option))
}

/** Normalizes a text for the search: lower case, without accents and punctuation. */
const folded = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** Words by which people look for an audience and that its name does not hold, in French and in English. */
const guardians = 'parents familles tuteurs responsables legaux guardians families'
const pupils = 'eleves enfants etudiants pupils students children'
const synonyms: Readonly<Record<AudienceKind, string>> = {
  school: 'tous toutes tout le monde communaute ecole college lycee everybody everyone all whole school',
  guardians,
  pupils,
  teachers: 'profs professeurs enseignants maitres maitresses teachers',
  adults: 'personnel equipe collegues agents vie scolaire profs professeurs staff colleagues',
  class: pupils,
  'class-guardians': guardians,
}

/**
 * True if each word typed begins a word of an audience's name, or of those by which people look for its kind; « 6eA »
 * finds « 6e A », « parents 6e A » its guardians.
 */
export const isFound = (kinds: readonly AudienceKind[], label: string, typed: string): boolean => {
  const within = folded(label)
  const sought = folded(typed)
  const words = [within, ...kinds.map(kind => synonyms[kind])].join(' ').split(' ')
  return (
    sought.split(' ').every(word => words.some(one => one.startsWith(word))) ||
    within.replaceAll(' ', '').includes(sought.replaceAll(' ', ''))
  )
}
