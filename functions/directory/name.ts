/**
 * A name folded for keys and searches: no accents, lower case, one space between words.
 * `Éloïse  D’Hérouville` → `eloise d herouville`.
 */
export const fold = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/œ/gi, 'oe')
    .replace(/æ/gi, 'ae')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** The order of lists: family name, then given name. */
export const sortName = (person: { familyName: string; givenName: string }): string =>
  fold(`${person.familyName} ${person.givenName}`)
