import { createWriteStream, type WriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'

/** The people of one school; those who are neither pupils nor staff are guardians. */
type SchoolSize = {
  readonly people: number
  readonly pupils: number
  readonly staff: number
  readonly classSize: number
}

const usual: SchoolSize = { people: 1_000, pupils: 520, staff: 60, classSize: 26 }
/** Schools of one file of a category, as real deliveries are split. */
const schoolsPerFile = 100

const surnames = [
  'LEFÈVRE',
  'MARTIN',
  'GARCIA',
  'BENALI',
  'DUBOIS',
  'LE GALL',
  'TRAORÉ',
  'NGUYEN',
  'FAURE',
  'CHEVALIER',
]
const names = [
  'Chloé',
  'Adam',
  'Inès',
  'Jules',
  'Zoé',
  'Noël',
  'Awa',
  'Hugo',
  'Léa',
  'Karim',
  'Maëlle',
  'Théo',
  'Anaïs',
]
const pick = (from: readonly string[], number: number) => from[number % from.length] ?? ''

type Attributes = Readonly<Record<string, string | readonly string[]>>

const record = (head: string, category: string, id: string, attributes: Attributes): string =>
  `<addRequest>
<operationalAttributes><attr name="categorie${head}"><value>${category}</value></attr></operationalAttributes>
<identifier><id>${id}</id></identifier>
<attributes>
${Object.entries(attributes)
  .map(
    ([name, given]) =>
      `<attr name="${name}">${[given]
        .flat()
        .map(value => `<value>${value}</value>`)
        .join('')}</attr>`,
  )
  .join('\n')}
</attributes>
</addRequest>
`

const nameOf = (number: number) => ({
  sn: `${pick(surnames, number * 7)}-${pick(surnames, Math.floor(number / 10))}`,
  givenName: pick(names, number * 3),
})

/** The UAI of the `school`th school: seven digits and a letter. */
export const uaiOf = (school: number) => `${String(9_900_000 - school).padStart(7, '0')}A`

const schoolRecord = (school: number): string =>
  record('Structure', 'EtabEducNat', `${school}`, {
    ENTStructureJointure: `${school}`,
    ENTStructureUAI: uaiOf(school),
    ENTStructureNomCourant: `CLG$n°${school}$Valmont`,
    ENTStructureTypeStruct: 'COLLEGE',
    street: '14 avenue de la Gare',
    postalCode: '99100',
  })

/** Siblings come in pairs: two pupils side by side have the same two guardians, in one family of five one each. */
function* pupils(perSchool: SchoolSize, school: number, family: (at: number) => string[]): Generator<string> {
  for (let at = 0; at < perSchool.pupils; at++) {
    const number = school * perSchool.people + at
    const className = `${Math.floor(at / perSchool.classSize) + 1}E`
    yield record('Personne', 'Eleve', `1${number}`, {
      ENTPersonJointure: `1${number}`,
      ENTEleveStructRattachId: `${number}`,
      ENTPersonDateNaissance: '28/11/2013',
      ENTPersonNomPatro: nameOf(number).sn,
      ...nameOf(number),
      ENTPersonAutresPrenoms: ['Albertine', 'Pauline'],
      personalTitle: 'Mme',
      ENTPersonStructRattach: `${school}`,
      ENTEleveRegime: 'DEMI-PENSIONNAIRE DANS L&apos;ETABLISSEMENT',
      ENTEleveMEF: '10110001110',
      ENTEleveLibelleMEF: '5EME',
      ENTEleveNivFormation: 'CINQUIEME',
      ENTEleveEnseignements: ['MATHEMATIQUES', 'FRANCAIS', 'ANGLAIS LV1', 'EDUCATION PHYSIQUE &amp; SPORTIVE'],
      ENTEleveClasses: `${school}$${className}`,
      ENTEleveGroupes: at % 3 === 0 ? [`${school}$${className} LATIN`] : [],
      ENTElevePersRelEleve: family(at).map((key, place) => `${key}$${2 - place}$1$1$1$0`),
    })
  }
}

function* guardians(perSchool: SchoolSize, school: number, count: number): Generator<string> {
  for (let at = 0; at < count; at++) {
    const number = school * perSchool.people + at
    yield record('Personne', 'PersRelEleve', `2${number}`, {
      ENTPersonJointure: `2${number}`,
      ...nameOf(number + 5),
      personalTitle: 'M.',
      mail: `parent.${number}@example.org`,
      homePhone: '+33 1 99 00 00 00',
      ENTPersonAdresse: '2 ROUTE DE CHARTRES$BATIMENT C',
      ENTPersonCodePostal: '99100',
      ENTPersonVille: 'VALMONT',
    })
  }
}

function* staff(perSchool: SchoolSize, school: number): Generator<string> {
  const classes = Math.ceil(perSchool.pupils / perSchool.classSize)
  for (let at = 0; at < perSchool.staff; at++) {
    const number = school * perSchool.people + at
    const taught = [0, 5, 9, 14].map(step => `${school}$${((at + step) % classes) + 1}E`)
    yield record('Personne', 'PersEducNat', `3${number}`, {
      ENTPersonJointure: `3${number}`,
      ...nameOf(number + 9),
      mail: `prof.${number}@example.org`,
      ENTPersonStructRattach: `${school}`,
      ENTAuxEnsClassesMatieres: taught.map(value => `${value}$061300`),
      ENTPersonFonctions: `${school}$ENS$ENSEIGNEMENT$L1300$MATHEMATIQUES`,
      PersEducNatPresenceDevantEleves: 'O',
    })
  }
}

const guardiansIn = ({ people, pupils, staff }: SchoolSize): number => people - pupils - staff

const familyIn = (perSchool: SchoolSize, school: number) => (at: number) => {
  const guardiansPerSchool = guardiansIn(perSchool)
  const keyOf = (place: number) => `2${school * perSchool.people + (place % guardiansPerSchool)}`
  const first = (at - (at % 2)) % guardiansPerSchool
  return at % 10 < 2 ? [keyOf(first + (at % 2))] : [keyOf(first), keyOf(first + 1)]
}

const begin = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE ficAlimMENESR SYSTEM "ficAlimMENESR.dtd">
<ficAlimMENESR>
<!-- versionSDET="6.5" -->
`

const write = async (file: WriteStream, text: string) => {
  if (!file.write(text)) await new Promise<void>(resolve => file.once('drain', () => resolve()))
}

/** Writes a complete AAF feed of about `people` people (whole schools) into `folder`, streaming. Gives how many. */
export const writeFeed = async (folder: string, people: number, perSchool: SchoolSize = usual): Promise<number> => {
  await mkdir(folder, { recursive: true })
  const schools = Math.max(1, Math.round(people / perSchool.people))
  const categories: Record<string, (school: number) => Iterable<string>> = {
    EtabEducNat: school => [schoolRecord(school)],
    Eleve: school => pupils(perSchool, school, familyIn(perSchool, school)),
    PersRelEleve: school => guardians(perSchool, school, guardiansIn(perSchool)),
    PersEducNat: school => staff(perSchool, school),
  }
  for (const [category, recordsOf] of Object.entries(categories))
    for (let from = 0, part = 0; from < schools; from += schoolsPerFile, part++) {
      const name = `BENCH_Complet_20260901_${category}_${String(part).padStart(4, '0')}.xml`
      const file = createWriteStream(join(folder, name), { highWaterMark: 1024 * 1024 })
      await write(file, begin)
      for (let school = from; school < Math.min(schools, from + schoolsPerFile); school++)
        await write(file, [...recordsOf(school + 1)].join(''))
      file.end('</ficAlimMENESR>\n')
      await finished(file)
    }
  return schools * perSchool.people
}

/** Writes the delta of a night: of a hundredth of the people of writeFeed(), pupils, each has another class. */
export const writeDelta = async (folder: string, people: number, perSchool: SchoolSize = usual): Promise<void> => {
  await mkdir(folder, { recursive: true })
  const changed = Math.round(people / 100)
  const schools = people / perSchool.people
  const file = createWriteStream(join(folder, 'BENCH_Delta_20260902_Eleve_0000.xml'))
  await write(file, begin)
  for (let at = 0; at < changed; at++) {
    const school = (at % schools) + 1
    const number = school * perSchool.people + Math.floor(at / schools) * 3
    const className = `${school}$${(at % 20) + 1}E`
    const modification = `<modification name="ENTEleveClasses" operation="replace"><value>${className}</value></modification>`
    await write(
      file,
      `<modifyRequest>
<operationalAttributes><attr name="categoriePersonne"><value>Eleve</value></attr></operationalAttributes>
<identifier><id>1${number}</id></identifier>
<modifications>${modification}</modifications>
</modifyRequest>
`,
    )
  }
  file.end('</ficAlimMENESR>\n')
  await finished(file)
}
