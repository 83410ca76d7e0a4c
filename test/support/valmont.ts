import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { groupId, personId, undatedGroupId } from '../../functions/directory/identity.ts'

/**
 * Valmont, the fixture of journeys and screens: a collège and an école as an AAF feed, with some people whom tests know
 * by name and two classes of others. It is imported by the real import.
 */

export const college = {
  key: '101',
  uai: '0990001A',
  name: 'Collège des Tilleuls',
  current: 'CLG$des Tilleuls$Valmont',
}
export const ecole = {
  key: '102',
  uai: '0990002B',
  name: 'École élémentaire du Lavoir',
  current: 'E.E.PU$du Lavoir$Valmont',
}
type Place = typeof college

const source = 'aaf:valmont'
/** The school year of the feed: 2026-2027. */
const year = 2026
const groupKey = (school: Place, name: string) => ({ uai: school.uai, kind: 'class', key: name }) as const
const classOf = (school: Place, name: string) => groupId(source, groupKey(school, name), year)
export const classes = {
  sixA: classOf(college, '6e A'),
  sixB: classOf(college, '6e B'),
  cm1: classOf(ecole, 'CM1'),
}
/** The same in a territory that was stored before groups were of a school year. */
export const undatedClasses = {
  sixA: undatedGroupId(groupKey(college, '6e A')),
  sixB: undatedGroupId(groupKey(college, '6e B')),
  cm1: undatedGroupId(groupKey(ecole, 'CM1')),
}

type Adult = { key: string; givenName: string; familyName: string; school: Place; post: string; classes: string[] }
type Guardian = { key: string; givenName: string; familyName: string }
type Pupil = Guardian & { school: Place; className: string; guardians: string[] }

const adults = {
  marc: adult('1', 'Marc', 'Vasseur', college, 'DIR$DIRECTION$D0010$DIRECTION'),
  nadia: adult('2', 'Nadia', 'Benali', college, 'EDU$EDUCATION$E0030$VIE SCOLAIRE'),
  thomas: adult('3', 'Thomas', 'Leroux', college, 'ADF$PERSONNELS ADMINISTRATIFS$A0030$SECRETARIAT'),
  helene: adult('4', 'Hélène', 'Garnier', college, 'ENS$ENSEIGNEMENT$L1300$MATHEMATIQUES', ['6e A']),
  paul: adult('5', 'Paul', 'Noël', college, 'ENS$ENSEIGNEMENT$L0202$LETTRES MODERNES', ['6e B']),
  claire: adult('6', 'Claire', 'Aubry', ecole, 'DIR$DIRECTION$$'),
  elodie: adult('7', 'Élodie', 'Perrin', ecole, 'ENS$ENSEIGNEMENT$$', ['CM1']),
}

const guardians = {
  sophie: { key: '21', givenName: 'Sophie', familyName: 'Marchand' },
  karim: { key: '22', givenName: 'Karim', familyName: 'Haddad' },
  awa: { key: '23', givenName: 'Awa', familyName: 'Traoré' },
}

const pupils = {
  ines: pupil('31', 'Inès', 'Marchand', college, '6e A', ['21', '22']),
  jules: pupil('32', 'Jules', 'Marchand', ecole, 'CM1', ['21']),
  moussa: pupil('33', 'Moussa', 'Traoré', college, '6e B', ['23']),
}

function adult(key: string, givenName: string, familyName: string, school: Place, post: string, taught: string[] = []) {
  return { key, givenName, familyName, school, post, classes: taught }
}
function pupil(key: string, givenName: string, familyName: string, school: Place, className: string, legal: string[]) {
  return { key, givenName, familyName, school, className, guardians: legal }
}

/** Eleven more pupils of 6e A and nine of 6e B, each with one guardian. */
const others = [
  'Léa Petit',
  'Tom Roux',
  'Nour Cissé',
  'Gabriel Faure',
  'Jade Simon',
  'Noah Morel',
  'Lina Caron',
  'Malo Le Gall',
  'Zoé Blanc',
  'Adam Benali',
  'Rose Dumas',
  'Hugo Picard',
  'Maya Nguyen',
  'Yanis Girard',
  'Chloé Rey',
  'Théo Colin',
  'Anna Da Silva',
  'Axel Fleury',
  'Sarah Koné',
  'Victor Masson',
].map((name, index) => {
  const [givenName = '', ...rest] = name.split(' ')
  return { index, givenName, familyName: rest.join(' ') }
})
const otherPupils = others.map(({ index, givenName, familyName }) =>
  pupil(`${500 + index}`, givenName, familyName, college, index < 11 ? '6e A' : '6e B', [`${700 + index}`]),
)
const otherGuardians = others.map(({ index, familyName }) => ({
  key: `${700 + index}`,
  givenName: ['Claude', 'Dominique', 'Camille', 'Sacha'][index % 4] ?? '',
  familyName,
}))

export type Name = keyof typeof adults | keyof typeof guardians | keyof typeof pupils

const everyone: Record<Name, Guardian> = { ...adults, ...guardians, ...pupils }

/** The feed's own key of a person. */
export const keyOf = (name: Name): string => everyone[name].key
export const idOf = (name: Name): string => personId(source, everyone[name].key)
export const fullName = (name: Name): string => `${everyone[name].givenName} ${everyone[name].familyName}`

type Attributes = Readonly<Record<string, string | readonly string[]>>

const attribute = ([name, given]: [string, string | readonly string[]]): string =>
  `<attr name="${name}">${[given]
    .flat()
    .map(value => `<value>${value}</value>`)
    .join('')}</attr>`

const record = (action: 'add' | 'modify' | 'delete', category: string, id: string, attributes: Attributes): string =>
  `<${action}Request>
<operationalAttributes><attr name="categorie${category === 'EtabEducNat' ? 'Structure' : 'Personne'}"><value>${category}</value></attr></operationalAttributes>
<identifier><id>${id}</id></identifier>
${action === 'delete' ? '' : `<attributes>${Object.entries(attributes).map(attribute).join('\n')}</attributes>`}
</${action}Request>`

const schoolRecord = ({ key, uai, current }: Place): string =>
  record('add', 'EtabEducNat', key, {
    ENTStructureJointure: key,
    ENTStructureUAI: uai,
    ENTStructureNomCourant: current,
  })

const pupilRecord = ({ key, givenName, familyName, school, className, guardians: legal }: Pupil): string =>
  record('add', 'Eleve', key, {
    ENTPersonJointure: key,
    sn: familyName,
    givenName,
    ENTPersonStructRattach: school.key,
    ENTEleveClasses: `${school.key}$${className}`,
    ENTElevePersRelEleve: legal.map(guardian => `${guardian}$1$1$1$1$0`),
  })

const guardianRecord = ({ key, givenName, familyName }: Guardian): string =>
  record('add', 'PersRelEleve', key, { ENTPersonJointure: key, sn: familyName, givenName })

const adultRecord = ({ key, givenName, familyName, school, post, classes: taught }: Adult): string =>
  record('add', 'PersEducNat', key, {
    ENTPersonJointure: key,
    sn: familyName,
    givenName,
    ENTPersonStructRattach: school.key,
    ENTPersonFonctions: `${school.key}$${post}`,
    ...(taught.length > 0 && { ENTAuxEnsClassesMatieres: taught.map(name => `${school.key}$${name}$061300`) }),
    PersEducNatPresenceDevantEleves: taught.length > 0 ? 'O' : 'N',
  })

const write = async (folder: string, kind: string, files: Readonly<Record<string, readonly string[]>>) => {
  await mkdir(folder, { recursive: true })
  for (const [category, records] of Object.entries(files)) {
    const text = `<?xml version="1.0" encoding="UTF-8"?>
<ficAlimMENESR>
<!-- versionSDET="6.9" -->
${records.join('\n')}
</ficAlimMENESR>
`
    await writeFile(join(folder, `VALMONT_${kind}_${category}_0000.xml`), text)
  }
}

/** The pupil of writeArrival(). */
export const arrival = pupil('999', 'Nina', 'Arrivault', college, '6e A', [])

/** How many of the pupils and guardians that no test knows by name are in the feed. */
type Others = { readonly pupils: number; readonly guardians: number }
const all: Others = { pupils: otherPupils.length, guardians: otherGuardians.length }

/** Writes Valmont into `folder` as a complete feed. */
export const writeValmont = (folder: string, others: Others = all): Promise<void> =>
  write(folder, 'Complet_20260901', {
    EtabEducNat: [college, ecole].map(schoolRecord),
    Eleve: [...Object.values(pupils), ...otherPupils.slice(0, others.pupils)].map(pupilRecord),
    PersRelEleve: [...Object.values(guardians), ...otherGuardians.slice(0, others.guardians)].map(guardianRecord),
    PersEducNat: Object.values(adults).map(adultRecord),
  })

/** Writes a delta feed in which one of the staff leaves. */
export const writeDeparture = (folder: string, name: keyof typeof adults): Promise<void> =>
  write(folder, 'Delta_20260902', { PersEducNat: [record('delete', 'PersEducNat', keyOf(name), {})] })

const promoted: Readonly<Record<string, string>> = { '6e A': '5e A', '6e B': '5e B' }
const nextYear = (one: Pupil): Pupil => ({ ...one, className: promoted[one.className] ?? one.className })

/** Writes the complete feed of the next year: sixth-graders are in 5e; Jules comes to the collège, in 6e A. */
export const writeNextYear = (folder: string): Promise<void> => {
  const { jules, ...others } = pupils
  const lou = pupil('34', 'Lou', 'Haddad', ecole, 'CM1', ['22'])
  return write(folder, 'Complet_20270901', {
    EtabEducNat: [college, ecole].map(schoolRecord),
    Eleve: [
      ...[...Object.values(others), ...otherPupils].map(nextYear),
      { ...jules, school: college, className: '6e A' },
      lou,
    ].map(pupilRecord),
    PersRelEleve: [...Object.values(guardians), ...otherGuardians].map(guardianRecord),
    PersEducNat: Object.values(adults).map(adultRecord),
  })
}

/** Writes a delta feed in which Hélène teaches 6e B and 6e C as well. */
export const writeThreeClasses = (folder: string): Promise<void> =>
  write(folder, 'Delta_20260902', {
    PersEducNat: [adultRecord({ ...adults.helene, classes: ['6e A', '6e B', '6e C'] })],
  })

/** Writes a delta feed in which a pupil arrives. */
export const writeArrival = (folder: string): Promise<void> =>
  write(folder, 'Delta_20260903', { Eleve: [pupilRecord(arrival)] })

/** Writes a delta feed in which a sister of Inès, who stands before her in lists, arrives in her class. */
export const writeSister = (folder: string): Promise<void> =>
  write(folder, 'Delta_20260903', {
    Eleve: [pupilRecord(pupil('35', 'Anna', 'Marchand', college, '6e A', [keyOf('sophie')]))],
  })

/** Writes a delta feed in which pupils arrive in 6e A: as many as a full class lacks. */
export const writeFullClass = (folder: string, lacks: number): Promise<void> =>
  write(folder, 'Delta_20260903', {
    Eleve: Array.from({ length: lacks }, (_, at) =>
      pupilRecord(pupil(String(600 + at), 'Camille', `Voisin${String.fromCharCode(65 + at)}`, college, '6e A', [])),
    ),
  })

/** Who leaves in the night of writeNight(). */
export const leaver = () => {
  const [, gone] = otherPupils
  if (!gone) throw new Error('Valmont has too few pupils')
  const { key, givenName, familyName } = gone
  return { key, id: personId(source, key), givenName, familyName }
}

/**
 * Writes a delta feed of a night: a pupil arrives, another changes class, a third one leaves, and a fourth one names a
 * guardian whom the feed does not know.
 */
export const writeNight = (folder: string): Promise<void> => {
  const [, , odd] = otherPupils
  const moved = otherPupils.find(one => one.className === '6e B')
  if (!moved || !odd) throw new Error('Valmont has too few pupils')
  return write(folder, 'Delta_20260902', {
    Eleve: [
      pupilRecord(arrival),
      pupilRecord({ ...moved, className: '6e A' }),
      record('delete', 'Eleve', leaver().key, {}),
      pupilRecord({ ...odd, guardians: [...odd.guardians, '9999'] }),
    ],
  })
}

/** Writes a complete feed that lacks a class: 6e B, with its pupils and their guardians. */
export const writeWithoutSixB = (folder: string): Promise<void> => {
  const stay = [...Object.values(pupils), ...otherPupils].filter(one => one.className !== '6e B')
  const named = new Set(stay.flatMap(one => one.guardians))
  return write(folder, 'Complet_20260903', {
    EtabEducNat: [college, ecole].map(schoolRecord),
    Eleve: stay.map(pupilRecord),
    PersRelEleve: [...Object.values(guardians), ...otherGuardians]
      .filter(({ key }) => named.has(key))
      .map(guardianRecord),
    PersEducNat: Object.values(adults).map(adultRecord),
  })
}
