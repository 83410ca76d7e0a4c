/** Names of the signs from U+00A0 to U+00FF (HTML 4, 24.2), in their order. */
const latin =
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro ' +
  'para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil ' +
  'Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave ' +
  'Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml ' +
  'igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute ' +
  'thorn yuml'

/** What pasted texts hold besides. */
const others = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", euro: '€', oelig: 'œ', OElig: 'Œ', hellip: '…' }

const named = new Map<string, string>([
  ...latin.split(' ').map((name, index) => [name, String.fromCodePoint(0xa0 + index)] as const),
  ...Object.entries({ ...others, rsquo: '’', lsquo: '‘', rdquo: '”', ldquo: '“', ndash: '–', mdash: '—' }),
])

const reference = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,6}\d{0,2}));/iy

/** A code point, or the replacement character for what is none (CommonMark 0.31, 2.5). */
const pointed = (code: number): string =>
  code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? '\ufffd' : String.fromCodePoint(code)

/** What a character reference of HTML at `from` stands for, and where it ends: `&nbsp;`, `&#39;`. */
export const referenceAt = (
  text: string,
  from: number,
): { readonly sign: string; readonly end: number } | undefined => {
  reference.lastIndex = from
  const [all = '', decimal, hexadecimal, name = ''] = reference.exec(text) ?? []
  const code = decimal ? Number(decimal) : hexadecimal ? Number.parseInt(hexadecimal, 16) : undefined
  const sign = code === undefined ? named.get(name) : pointed(code)
  return sign === undefined ? undefined : { sign, end: from + all.length }
}
