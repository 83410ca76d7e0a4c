/** Which values of the legal link of `ENTElevePersRelEleve` make a legal guardian. */
export type LegalLinks = ReadonlySet<string>

/** Recent feeds: 1 is a legal guardian, 2 a *personne en charge*. Also what is assumed of a feed that does not say. */
export const guardiansOnly: LegalLinks = new Set(['1'])
/** Feeds up to AAF-VE13: 1 and 2 are the two legal guardians. */
const bothLegal: LegalLinks = new Set(['1', '2'])

/**
 * What the version in a file's header comment says of legal links, or undefined if the comment holds no version.
 * `<!-- versionAF="AAF-VE1310" -->`, `<!-- versionSDET="6.4" -->`.
 */
export const legalLinksOf = (comment: string): LegalLinks | undefined => {
  const sdet = /versionSDET\s*=?\s*["']?\D{0,8}(\d+)/i.exec(comment)?.[1]
  if (sdet) return Number(sdet) >= 6 ? guardiansOnly : bothLegal
  const af = /versionAF\s*=?\s*["']?[A-Z-]*VE(\d\d)/i.exec(comment)?.[1]
  if (af) return Number(af) <= 13 ? bothLegal : guardiansOnly
  return undefined
}
