import { ImportRefused } from '../../../functions/directory/import/feed/finding.ts'
import type { Identity } from '../../../functions/directory/import/identify.ts'
import { type TerritoryRole, territoryRoles } from '../../../shared/kernel/role.ts'
import { type Language, languages } from '../codes/texts.ts'

/** The values of options. Each throws ImportRefused, with what to say instead, for one that is none. */

/** The language of sheets. */
export const languageOf = (said = 'fr'): Language => {
  const language = languages.find(one => one === said)
  if (!language) throw new ImportRefused(`there is no language "${said}": say --language ${languages.join(' or ')}`)
  return language
}

/** An address as sheets tell it and QR codes hold it: its origin. */
export const originOf = (said: string): string => {
  const given = URL.parse(said.includes('://') ? said : `https://${said}`)
  if (!given || !['http:', 'https:'].includes(given.protocol))
    throw new ImportRefused(`"${said}" is no address: say --address https://<domain>`)
  return given.origin
}

/** A role of the territory. */
export const territoryRoleOf = (said: string): TerritoryRole => {
  const role = territoryRoles.find(one => one === said)
  if (!role)
    throw new ImportRefused(`there is no role "${said}" of the territory: say --role ${territoryRoles.join(' or ')}`)
  return role
}

/** Who somebody is whom an import holds. */
export const identityOf = (said: string | undefined): Identity => {
  if (said !== 'another' && said !== 'same')
    throw new ImportRefused(
      'say --as another if the key is another person’s now, --as same if only the name of the person changed',
    )
  return said
}

/** UAIs are written in capitals; other identifiers stay as they are. */
export const confirmed = (given: readonly string[]): string[] | undefined =>
  given.includes('') ? undefined : given.map(uai => (/^\d{7}[a-z]$/i.test(uai) ? uai.toUpperCase() : uai))

/** `2026-2027`, or `2026` for short: the first of the two calendar years. */
export const yearOf = (said: string): number => {
  const [, first, last] = /^(\d{4})(?:-(\d{4}))?$/.exec(said) ?? []
  if (first === undefined || (last !== undefined && Number(last) !== Number(first) + 1))
    throw new ImportRefused(`"${said}" is no school year: say --year 2026-2027`)
  return Number(first)
}

/** The month and day on which school years begin: `09-01`. */
export const beginOf = (said: string): string => {
  if (!/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(said))
    throw new ImportRefused(`"${said}" is no month and day: say --year-begins 09-01`)
  return said
}
