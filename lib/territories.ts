import type { About } from '../shared/kernel/about.ts'
import { type Role, roles } from '../shared/kernel/role.ts'

/**
 * The Regions a territory may be deployed to: those of the European Union, each with the nearest Region of the Union
 * that has CloudFront's Origin Shield (for Paris, AWS itself recommends London, which is outside the Union).
 * Source: Amazon CloudFront Developer Guide, "Using Origin Shield".
 */
export const europeanRegions = {
  'eu-central-1': 'eu-central-1',
  'eu-north-1': 'eu-central-1',
  'eu-south-1': 'eu-central-1',
  'eu-south-2': 'eu-west-1',
  'eu-west-1': 'eu-west-1',
  'eu-west-3': 'eu-central-1',
} as const satisfies Record<string, string>

export type EuropeanRegion = keyof typeof europeanRegions

/** The table's warm throughput: read and write units per second that it serves at once, without scaling up first. */
export type WarmThroughput = { readonly reads: number; readonly writes: number }

/** One deployment: a region, a county, an académie. */
export type Territory = {
  /** Lower-case letters, digits and hyphens: part of the names of the deployed resources. */
  readonly name: string
  /** The AWS Region that holds people's data. */
  readonly region: EuropeanRegion
  /**
   * What people call it, as it follows its address in a sentence of the first language: `l’espace numérique des écoles du
   * Val-de-Brume`. Absent: sheets tell the address alone.
   */
  readonly title?: string
  /** The languages offered, the first one by default. */
  readonly languages: readonly ['fr' | 'en', ...('fr' | 'en')[]]
  /** The domain name people type. `certificate` is an ARN in us-east-1, the only Region CloudFront takes them from. */
  readonly domain?: { readonly name: string; readonly certificate: string }
  /** The IANA name of the time zone by whose days roles, terms and decisions begin and end: `Indian/Reunion`. Absent: Europe/Paris. */
  readonly timeZone?: string
  /** Month and day on which a school year begins, where that is not 1 September: `02-15`. */
  readonly yearBegins?: string
  /** Absent: the default of a new table, 12,000 read and 4,000 write units per second. Raising it is charged once. */
  readonly warmThroughput?: WarmThroughput
  /**
   * Lambda's reserved concurrency by function. Absent: none is reserved, which suits an account whose limit is below
   * 1,000. 50 environments deliver the load of closure day; the clock needs three, one for the run of each minute and two
   * for what is due between two minutes. A password's hash took 260 ms of CPU on an x86 machine (2026-11), so that one
   * environment hashes about four a second; measure it on Lambda's arm64 processors before reserving.
   */
  readonly reservedConcurrency?: Readonly<Partial<Record<'password' | 'delivery' | 'clock', number>>>
  /**
   * Whether heads, administrators and operators need a second factor to sign in, or it is offered to them as to all who work
   * in a school. Absent: needed where there is a domain, so that a demonstration is entered with a password.
   */
  readonly secondFactor?: 'required' | 'offered'
  /**
   * The day on which each secret was last renewed. Another day renews it at the next deploy, with the former one accepted
   * beside it for a while; `leaked`: as short as that can be. What to do after a leak: docs/runbooks/secrets.md.
   */
  readonly renewed?: {
    readonly edge?: string
    readonly refresh?: string
    readonly signing?: string
    readonly leaked?: boolean
  }
  /** Hours within which another delivery of the directory is expected of a source that delivered before. Absent: 36. */
  readonly feedsWithin?: number
  /** Months within which people who left are erased. Absent: 3, as French law has it for schools (docs/decisions/0051). */
  readonly erasedAfter?: number
  /** How much room documents have. What is absent is as {@link documentLimitsOf} says. */
  readonly documents?: {
    /** MB of the largest file, 1,024 at most. */
    readonly largest?: number
    /** MB of somebody's own space, by role. */
    readonly own?: Readonly<Partial<Record<Role, number>>>
    /** MB of the space of a class, and of a group. */
    readonly class?: number
    readonly group?: number
  }
  /** E-mail addresses that alarms are sent to. */
  readonly contacts: readonly string[]
  /**
   * Who answers for the service, for the pages help, legal notice, personal data and accessibility, which the law asks of
   * a public service. What is absent is said there to be missing.
   */
  readonly about?: About
}

/** What people call a territory, as a heading of its first language; empty if its entry has no name for it. */
export const shownName = ({ about, title = '' }: Pick<Territory, 'about' | 'title'>): string =>
  about?.name ?? title.charAt(0).toUpperCase() + title.slice(1)

/** Months within which people who left are erased. */
export const erasedAfterOf = ({ erasedAfter = 3 }: Pick<Territory, 'erasedAfter'>): number => erasedAfter

const megabyte = 1024 * 1024

/** MB of somebody's own space, by role, unless the territory says otherwise. */
const ownSpaces: Readonly<Record<Role, number>> = {
  pupil: 500,
  guardian: 200,
  teacher: 1024,
  'pupil-life': 1024,
  staff: 1024,
  head: 1024,
  administrator: 1024,
}

/** How much room documents have in a territory, in bytes. */
export const documentLimitsOf = ({ documents = {} }: Pick<Territory, 'documents'>) => ({
  largest: (documents.largest ?? 200) * megabyte,
  own: Object.fromEntries(roles.map(role => [role, (documents.own?.[role] ?? ownSpaces[role]) * megabyte])),
  class: (documents.class ?? 2048) * megabyte,
  group: (documents.group ?? 1024) * megabyte,
})

/** What a territory asks of heads, administrators and operators. */
export const secondFactorOf = ({ secondFactor, domain }: Territory): 'required' | 'offered' =>
  secondFactor ?? (domain ? 'required' : 'offered')

export const territories: readonly Territory[] = [
  {
    name: 'demo',
    title: 'l’espace numérique du département de démonstration',
    region: 'eu-west-3',
    languages: ['fr', 'en'],
    contacts: [],
    // An example of all that a territory may say of itself. Nobody is behind these addresses and numbers.
    about: {
      name: 'Espace numérique du département de démonstration',
      help: {
        name: 'Assistance du département de démonstration',
        phone: '01 99 00 12 34',
        email: 'assistance@demo.example',
        hours: 'du lundi au vendredi, de 8 h à 18 h',
      },
      publisher: {
        name: 'Département de démonstration',
        address: '1 place du Préau, 99000 Démonstration',
        phone: '01 99 00 12 00',
        email: 'contact@demo.example',
        number: 'SIREN 000 000 000',
      },
      director: 'Le président du conseil départemental de démonstration',
      host: { name: 'L’ordinateur sur lequel la démonstration a été lancée' },
      controller: {
        name: 'Chaque chef d’établissement et, pour les écoles, le directeur académique des services de l’éducation nationale',
        address: '1 place du Préau, 99000 Démonstration',
        email: 'contact@demo.example',
      },
      officer: {
        name: 'Délégué à la protection des données du département de démonstration',
        address: '1 place du Préau, 99000 Démonstration',
        email: 'dpd@demo.example',
      },
      basis:
        'une mission d’intérêt public, le service public de l’éducation (article 6, paragraphe 1, e du RGPD ; arrêté du 30 novembre 2006 relatif aux espaces numériques de travail)',
      retention: ['Compte et publications d’une personne qui a quitté l’établissement : trois mois'],
      accessibility: {
        conformity: 'none',
        failing: ['Aucun audit n’a été fait de cette démonstration.'],
        stated: '2026-11-27',
        contact: { email: 'accessibilite@demo.example' },
      },
    },
  },
  {
    // An example: a county of 180,000 accounts whose table can serve closure day without scaling up first.
    name: 'val-de-brume',
    title: 'l’espace numérique des écoles et des collèges du Val-de-Brume',
    region: 'eu-west-3',
    languages: ['fr', 'en'],
    domain: {
      name: 'ent.val-de-brume.example',
      certificate: 'arn:aws:acm:us-east-1:111122223333:certificate/6f1d9d0c-2f0b-4f3e-9a53-0b5d0c1c7a11',
    },
    warmThroughput: { reads: 24_000, writes: 8_000 },
    reservedConcurrency: { password: 200, delivery: 50, clock: 3 },
    contacts: ['astreinte@val-de-brume.example'],
  },
]
