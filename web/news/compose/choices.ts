import type { AudienceChoice } from '../../../shared/news/shapes.ts'

/** Sections of the list of audiences that one may publish to. */
export type ChoiceSection = 'school' | 'roles' | 'classes' | 'groups'
export const choiceSections = ['school', 'roles', 'classes', 'groups'] as const satisfies readonly ChoiceSection[]

export const sectionOf = ({ kind, groupKind }: Pick<AudienceChoice, 'kind' | 'groupKind'>): ChoiceSection => {
  if (kind === 'school') return 'school'
  if (kind !== 'class' && kind !== 'class-guardians') return 'roles'
  return groupKind === 'group' ? 'groups' : 'classes'
}

/** Normalizes a text for the search: lower case, without accents and punctuation. */
const folded = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** True if each word typed begins a word of `label`; « 6eA » finds « 6e A ». */
export const isFound = (label: string, typed: string): boolean => {
  const [within, sought] = [folded(label), folded(typed)]
  const words = within.split(' ')
  return (
    sought.split(' ').every(word => words.some(one => one.startsWith(word))) ||
    within.replaceAll(' ', '').includes(sought.replaceAll(' ', ''))
  )
}
