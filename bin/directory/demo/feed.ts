import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { county, type DemoSchool, entId } from './county.ts'
import { type DemoGuardian, type DemoPupil, families } from './people.ts'
import { numbersFrom } from './random.ts'
import { type DemoStaff, subjects, workforce } from './staff.ts'

type Attributes = Readonly<Record<string, string | readonly string[]>>

const escaped = (text: string): string => text.replace(/[&<>]/g, sign => `&#${sign.charCodeAt(0)};`)

const record = (head: string, category: string, id: string, attributes: Attributes): string => {
  const attribute = ([name, given]: [string, string | readonly string[]]) => {
    const values = (typeof given === 'string' ? [given] : given).map(value => `<value>${escaped(value)}</value>`)
    return `<attr name="${name}">${values.join('') || '<value/>'}</attr>`
  }
  return `<addRequest>
<operationalAttributes><attr name="${head}"><value>${category}</value></attr></operationalAttributes>
<identifier><id>${id}</id></identifier>
<attributes>
${Object.entries(attributes).map(attribute).join('\n')}
</attributes>
</addRequest>
`
}

const schoolRecord = (school: DemoSchool): string =>
  record('categorieStructure', 'EtabEducNat', school.key, {
    ENTStructureJointure: school.key,
    ENTStructureUAI: school.uai,
    ENTStructureNomCourant: school.current,
    street: school.street,
    postalCode: school.postalCode,
    l: school.town,
    ENTServAcAcademie: 'PREAU',
  })

const in1D = ({ key }: DemoSchool, className: string) => `${key}$${className}$${className}$$`

const pupilRecord = ({ key, givenName, familyName, school, className, groups, guardians }: DemoPupil): string => {
  const relations = guardians.map((guardian, at) => `${guardian}$${at === 0 ? 2 : 1}$1$1$1$0`)
  return record('categoriePersonne', 'Eleve', key, {
    ENTPersonJointure: key,
    ...(school.degree === '1D'
      ? { ENTPersonNom: familyName, ENTPersonPrenom: givenName, ENTPersonClasses: in1D(school, className) }
      : {
          sn: familyName,
          givenName,
          ENTEleveClasses: `${school.key}$${className}`,
          ENTEleveGroupes: groups.map(group => `${school.key}$${group}`),
        }),
    ENTPersonStructRattach: school.key,
    ENTElevePersRelEleve: relations,
  })
}

const guardianRecord = ({ key, givenName, familyName }: DemoGuardian): string =>
  record('categoriePersonne', 'PersRelEleve', key, { ENTPersonJointure: key, sn: familyName, givenName })

const staffRecord = (one: DemoStaff): string => {
  const { key, givenName, familyName, school, subject } = one
  const of = (names: readonly string[]) => names.map(name => `${school.key}$${name}`)
  const taught = (names: readonly string[]) => of(names).map(name => `${name}$${subject?.code ?? ''}`)
  return record('categoriePersonne', 'PersEducNat', key, {
    ENTPersonJointure: key,
    ...(school.degree === '1D'
      ? {
          ENTPersonNom: familyName,
          ENTPersonPrenom: givenName,
          ENTPersonClasses: one.classes.map(name => in1D(school, name)),
        }
      : {
          sn: familyName,
          givenName,
          ENTAuxEnsClassesMatieres: taught(one.classes),
          ENTAuxEnsGroupesMatieres: taught(one.groups),
          ENTAuxEnsClassesPrincipal: one.headOf === undefined ? [] : of([one.headOf]),
        }),
    ENTPersonStructRattach: school.key,
    ENTPersonFonctions: `${school.key}$${one.function}`,
    PersEducNatPresenceDevantEleves: one.classes.length > 0 ? 'O' : 'N',
  })
}

const subjectRecord = ({ code, name }: { code: string; name: string }): string =>
  record('categorieMatiere', 'MatEducNat', code, { ENTMatJointure: code, ENTLibelleMatiere: name })

const file = (records: readonly string[]): string => `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE ficAlimMENESR SYSTEM "ficAlimMENESR.dtd">
<ficAlimMENESR>
<!-- versionSDET="6.9" -->
${records.join('\n')}</ficAlimMENESR>
`

/**
 * Writes the demo county into `folder` as a complete AAF delivery: an école (1D), two collèges and a lycée (2D), about
 * 2,500 people, the same on every machine.
 */
export const writeDemoFeed = async (folder: string): Promise<void> => {
  await mkdir(folder, { recursive: true })
  const { pupils, guardians } = families(numbersFrom(2020))
  const files = {
    EtabEducNat: county.map(schoolRecord),
    MatiereEducNat: subjects.map(subjectRecord),
    Eleve: pupils.map(pupilRecord),
    PersRelEleve: guardians.map(guardianRecord),
    PersEducNat: workforce(numbersFrom(316)).map(staffRecord),
  }
  for (const [category, records] of Object.entries(files))
    await writeFile(join(folder, `${entId}_Complet_20260901_${category}_0000.xml`), file(records))
}
