/** A school of the demo county, as its feed describes it. UAIs begin with 099: no département has that number. */
export type DemoSchool = {
  readonly key: string
  readonly uai: string
  /** `type$name$town` of the feed. */
  readonly current: string
  readonly name: string
  readonly street: string
  readonly town: string
  readonly postalCode: string
  readonly degree: '1D' | '2D'
  readonly classes: readonly string[]
  readonly pupilsPerClass: number
}

const each = (levels: readonly string[], sections: string, between: string): string[] =>
  levels.flatMap(level => [...sections].map(section => `${level}${between}${section}`))

export const ecole: DemoSchool = {
  key: '9101',
  uai: '0990101A',
  current: 'E.E.PU$Les Tilleuls$Valmont',
  name: 'École élémentaire Les Tilleuls',
  street: '2 place du Lavoir',
  town: 'Valmont',
  postalCode: '99100',
  degree: '1D',
  classes: ['CP', 'CE1', 'CE2', 'CM1', 'CM2'],
  pupilsPerClass: 23,
}

export const bigCollege: DemoSchool = {
  key: '9201',
  uai: '0990201B',
  current: 'CLG$des Trois Rivières$Valmont',
  name: 'Collège des Trois Rivières',
  street: '14 avenue de la Gare',
  town: 'Valmont',
  postalCode: '99100',
  degree: '2D',
  classes: each(['6e', '5e', '4e', '3e'], 'ABCD', ' '),
  pupilsPerClass: 25,
}

const smallCollege: DemoSchool = {
  key: '9202',
  uai: '0990202C',
  current: 'CLG$du Val Fleuri$Saint-Aubin-le-Haut',
  name: 'Collège du Val Fleuri',
  street: '1 rue des Écoles',
  town: 'Saint-Aubin-le-Haut',
  postalCode: '99240',
  degree: '2D',
  classes: each(['6e', '5e', '4e', '3e'], '12', ''),
  pupilsPerClass: 24,
}

export const lycee: DemoSchool = {
  key: '9301',
  uai: '0990301D',
  current: 'LGT$du Canal$Valmont',
  name: 'Lycée du Canal',
  street: '30 quai des Mariniers',
  town: 'Valmont',
  postalCode: '99100',
  degree: '2D',
  classes: [...each(['2de'], '12345', ' '), ...each(['1re'], '1234', ' '), ...each(['Tle'], '1234', ' ')],
  pupilsPerClass: 30,
}

export const county: readonly DemoSchool[] = [ecole, bigCollege, smallCollege, lycee]

/** The feed's source: what people's ids are made of. */
export const entId = 'PREAU-DEMO'

/** The school year of the feed, by the first of its calendar years. */
export const demoYear = 2026

/** Keys of the people whose accounts are ready for use. */
export const known = {
  guardian: '900001',
  youngerChild: '900002',
  pupil: '900003',
  teacher: '900004',
  head: '900005',
  pupilLife: '900006',
  administrator: '900007',
  director: '900008',
  schoolTeacher: '900009',
} as const
