/** Which values of the legal link of `ENTElevePersRelEleve` make a legal guardian. */
export type LegalLinks = ReadonlySet<string>

/** Recent feeds: 1 is a legal guardian, 2 a *personne en charge*. Also what is assumed of a feed that does not say. */
export const guardiansOnly: LegalLinks = new Set(['1'])
/** Feeds up to AAF-VE13: 1 and 2 are the two legal guardians. */
const bothLegal: LegalLinks = new Set(['1', '2'])

/** What a file's header says of legal links. `unreadable`: it states a version that cannot be read as one. */
export type Stated = LegalLinks | 'unreadable' | undefined

const statement = /version(AF|SDET)\s*=?\s*(?:"([^"]*)"|'([^']*)'|([^"'\s>]+))/gi

/** The year of `AAF-VE1310`: the last feeds in which a link 2 is a legal guardian are those of 2013. */
const ofAf = (value: string): Stated => {
  const year = /^\s*(?:AAF)?[\s_-]*VE[\s_-]?(\d\d)\.?\d\d\s*$/i.exec(value)?.[1]
  if (year === undefined) return 'unreadable'
  return Number(year) <= 13 ? bothLegal : guardiansOnly
}

/**
 * `Annexe 4bis version 6.4` or `6.4`: the digits of an annex are none of the version. SDET 4 was that of the feeds of
 * 2013; of SDET 5 nobody says what a link 2 is, so that it counts for nothing.
 */
const ofSdet = (value: string): Stated => {
  const main =
    /\bversion\s*:?\s*v?(\d{1,2})(?:\.\d+)*(?![\d.])/i.exec(value)?.[1] ??
    /^\s*v?(\d{1,2})(?:\.\d+)*\s*$/i.exec(value)?.[1]
  if (main === undefined) return 'unreadable'
  return Number(main) <= 4 ? bothLegal : guardiansOnly
}

/** Of several statements the one counts that grants least. */
export const strictest = (stated: readonly Stated[]): Stated => {
  const known = stated.filter(one => one !== undefined)
  if (known.includes(guardiansOnly)) return guardiansOnly
  return known.includes('unreadable') ? 'unreadable' : known[0]
}

/**
 * What the versions in the comments of a file's header say of legal links: `<!-- versionAF="AAF-VE1310" -->`,
 * `<!-- versionSDET="Annexe 4bis version 6.4" -->`. Undefined if they hold none.
 */
export const legalLinksOf = (header: string): Stated => {
  const comments = header.match(/<!--[\s\S]*?-->/g) ?? []
  return strictest(
    comments.flatMap(comment =>
      [...comment.matchAll(statement)].map(([, kind = '', ...values]) => {
        const value = values.find(one => one !== undefined) ?? ''
        return kind.toUpperCase() === 'AF' ? ofAf(value) : ofSdet(value)
      }),
    ),
  )
}
