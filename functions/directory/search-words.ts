import { fold, squashed } from '../../shared/kernel/names.ts'
import type { Role } from '../../shared/kernel/role.ts'

/** Words people use for kinds of people, folded. Of what is said in the singular, a plural with s or x is known too. */
const words: Readonly<Record<Role, readonly string[]>> = {
  pupil: ['eleve', 'pupil', 'student'],
  guardian: [
    ...['parent', 'famille', 'responsable', 'mere', 'pere', 'maman', 'papa', 'tuteur', 'tutrice'],
    ...['guardian', 'family', 'families', 'mother', 'father'],
  ],
  teacher: ['prof', 'professeur', 'professeure', 'enseignant', 'enseignante', 'maitre', 'maitresse', 'teacher'],
  'pupil-life': ['cpe', 'aed', 'surveillant', 'surveillante'],
  staff: ['personnel', 'agent', 'secretaire', 'staff'],
  head: ['direction', 'principal', 'principale', 'proviseur', 'proviseure', 'directeur', 'directrice', 'head'],
  administrator: ['administrateur', 'administratrice', 'adml', 'administrator'],
}

const roleOfWord = new Map(
  Object.entries(words).flatMap(([role, all]) =>
    all.flatMap(word => [word, `${word}s`, `${word}x`].map(form => [form, role as Role] as const)),
  ),
)

/** Words between a kind of people and a name: la mère d’Inès, les parents de la 6e A. */
const joining = new Set(['de', 'd', 'du', 'des', 'la', 'le', 'les', 'l', 'en', 'of', 'the', 'in'])

/** What somebody searches: a kind of people, and the name or class that is left; both folded. */
export type Asked = {
  readonly role?: Role
  /** The words besides the kind's, none of those that join them. Empty: the kind alone. */
  readonly rest: string
}

/** Reads a search: `Les parents de 6e A` → guardians, `6e a`. Where no word is a kind of people, all of it is a name. */
export const askedOf = (search: string): Asked => {
  const all = fold(search).split(' ')
  const at = all.findIndex(word => roleOfWord.has(word))
  const role = roleOfWord.get(all[at] ?? '')
  if (!role) return { rest: all.join(' ') }
  const before = all.slice(0, at).filter(word => !joining.has(word))
  const after = all.slice(at + 1)
  const from = after.findIndex(word => !joining.has(word))
  return { role, rest: [...before, ...(from < 0 ? [] : after.slice(from))].join(' ') }
}

/** The groups that a text names: `6ea` and `6e A` are 6e A; `6e` is every class of that level. */
export const groupsNamed = <Named extends { readonly name: string }>(
  groups: readonly Named[],
  text: string,
): Named[] => {
  const asked = squashed(text)
  if (asked === '') return []
  const exactly = groups.filter(({ name }) => squashed(name) === asked)
  return exactly.length > 0 || asked.length < 2
    ? exactly
    : groups.filter(({ name }) => squashed(name).startsWith(asked))
}
