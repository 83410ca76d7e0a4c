/**
 * The level that a class's name begins with, as French schools name them. No feed gives the directory levels: they are told
 * from names, where a name says it, and a choice of a level names the classes that it takes.
 */
const forms: readonly (readonly [level: string, begins: RegExp])[] = [
  ['PS', /^ps/],
  ['MS', /^ms/],
  ['GS', /^gs/],
  ['CP', /^cp/],
  ['CE1', /^ce ?1/],
  ['CE2', /^ce ?2/],
  ['CM1', /^cm ?1/],
  ['CM2', /^cm ?2/],
  ['6e', /^(6 ?(e|eme|è|ème)|sixieme)/],
  ['5e', /^(5 ?(e|eme|è|ème)|cinquieme)/],
  ['4e', /^(4 ?(e|eme|è|ème)|quatrieme)/],
  ['3e', /^(3 ?(e|eme|è|ème)|troisieme)/],
  ['2de', /^(2 ?(de|nde|nd|e|eme)|seconde)/],
  ['1re', /^(1 ?(re|ere|e)|premiere)/],
  ['Tle', /^(t(le|ale|erm)?|terminale)/],
]

/** `6e A`, `6eA`, `6EME 3` → `6e`; undefined where a name begins with no level, or with a word that only looks like one. */
export const levelOf = (className: string): string | undefined => {
  const name = className.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim()
  for (const [level, begins] of forms) {
    const [found] = begins.exec(name) ?? []
    // What follows is a number, a sign or a short mark of the class: `6e a`, `6ea`, `tle s2`, and not `tout le monde`.
    if (found !== undefined && /^([^\p{L}].*|\p{L}{0,2}([^\p{L}].*)?)$/u.test(name.slice(found.length))) return level
  }
  return undefined
}
