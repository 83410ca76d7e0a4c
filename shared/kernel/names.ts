/** Letters that keep their shape when accents are taken off, as French keyboards would type them. */
const plainLetters: Readonly<Record<string, string>> = {
  œ: 'oe',
  æ: 'ae',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  ø: 'o',
  ß: 'ss',
  þ: 'th',
  ħ: 'h',
  ı: 'i',
}

/**
 * A name folded for keys and searches: no accents, lower case, one space between words.
 * `Éloïse  D’Hérouville` → `eloise d herouville`. Rows of rosters are stored under it: what it gives must not change.
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

/** Letters as they are typed on a French keyboard: lower case, without accents; a letter of another script stays. */
export const plain = (text: string): string =>
  [...text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()]
    .map(letter => plainLetters[letter] ?? letter)
    .join('')

/**
 * A text as searches compare it, letters and digits alone as they are typed on a French keyboard: `N’Diaye`, `n diaye` and
 * `NDIAYÉ` → `ndiaye`, `Weiß` → `weiss`. Signs that count as letters (ʼ, ʻ) are left out like other apostrophes.
 */
export const squashed = (text: string): string => plain(fold(text)).replace(/[\p{Lm}\s]+/gu, '')

type Named = { readonly familyName: string; readonly givenName: string }

/** The order of lists: family name, then given name. */
export const sortName = (person: Named): string => fold(`${person.familyName} ${person.givenName}`)

/** People in the order in which the table holds them, so that lists are in one order wherever they are sorted. */
export const byName = (a: Named, b: Named): number => {
  const [first, second] = [sortName(a), sortName(b)]
  return first < second ? -1 : first > second ? 1 : 0
}

/** A name as French schools write it in lists that are sorted by it: `ADAM Mélanie`. */
export const listName = ({ familyName, givenName }: Named): string =>
  [familyName.toLocaleUpperCase('fr-FR'), givenName].filter(part => part !== '').join(' ')

/** A name as people say it: `Mélanie Adam`. */
export const spokenName = ({ givenName, familyName }: Named): string =>
  [givenName, familyName].filter(part => part !== '').join(' ')

const labels = new Intl.Collator('fr', { numeric: true })

/** Names of classes and groups in their order: 6e B before 6e C, 6e 2 before 6e 10. */
export const byLabel = (a: string, b: string): number => labels.compare(a, b)
