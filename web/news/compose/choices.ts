import type { AudienceKind } from '../../../shared/kernel/audience.ts'
import type { AudienceChoice } from '../../../shared/news/shapes.ts'

/** Sections of the list of audiences that one may publish to. */
export type ChoiceSection = 'school' | 'roles' | 'classes' | 'groups'
export const choiceSections = ['school', 'roles', 'classes', 'groups'] as const satisfies readonly ChoiceSection[]

export const sectionOf = ({ kind, groupKind }: Pick<AudienceChoice, 'kind' | 'groupKind'>): ChoiceSection => {
  if (kind === 'school') return 'school'
  if (kind !== 'class' && kind !== 'class-guardians') return 'roles'
  return groupKind === 'group' ? 'groups' : 'classes'
}

/** What one tick chooses: an audience, or the pupils and the guardians of a class or group together. */
export type Option = { readonly id: string; readonly audiences: readonly AudienceChoice[]; readonly name: string }

/** The options of a list of audiences: those of a class or group are followed by both together. */
export const optionsOf = (
  choices: readonly AudienceChoice[],
  nameOf: (choice: AudienceChoice) => string,
  bothOf: (choice: AudienceChoice) => string,
): Option[] =>
  choices.flatMap(choice => {
    const own = { id: choice.id, audiences: [choice], name: nameOf(choice) }
    const isPair = (one: AudienceChoice) => one.kind === 'class' && one.group === choice.group
    const pupils = choice.kind === 'class-guardians' && choice.group ? choices.find(isPair) : undefined
    return pupils ? [own, { id: `${choice.id}-both`, audiences: [pupils, choice], name: bothOf(choice) }] : [own]
  })

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
