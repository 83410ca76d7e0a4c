import { aaf, add, guardian, named, pupil, teacher, type Values } from './aaf-feed.ts'
import { classes, enrollments, manifest, orgs } from './oneroster-feed.ts'

/** Deliveries of several sources that describe the same people: an école's (1D) and a collège's (2D). */

export const ecole = '0990002B'
export const college = '0990001A'
export const first = 'aaf:one'
export const second = 'aaf:two'

/** What a delivery says: names of guardians' children are their keys. */
type Said = {
  readonly pupils?: Readonly<Record<string, readonly string[]>>
  readonly guardians?: Readonly<Record<string, Values>>
  readonly staff?: Readonly<Record<string, Values>>
  /** Values of pupils besides, by their keys. */
  readonly more?: Readonly<Record<string, Values>>
  readonly academy?: string
  readonly day?: number
  readonly kind?: 'Complet' | 'Delta'
}

/** The parent whom both feeds describe, as a feed tells them. */
export const parent: Values = { sn: 'Le Gall', givenName: 'Noé' }

const feedOf =
  (prefix: string, uai: string, className: string) =>
  ({ pupils = {}, guardians = {}, staff = {}, more = {}, academy, day = 1, kind = 'Complet' }: Said) => {
    const name = (category: string) => named(category, { kind, day }).replace('PREAU_TEST', prefix)
    const group = { ENTEleveClasses: `1$${className}` }
    const school = {
      ENTStructureJointure: '1',
      ENTStructureUAI: uai,
      ENTStructureNomCourant: `CLG$${prefix}$Valmont`,
      ...(academy !== undefined && { ENTServAcAcademie: academy }),
    }
    const files = {
      EtabEducNat: kind === 'Complet' ? [add('EtabEducNat', '1', school)] : [],
      Eleve: Object.entries(pupils).map(([key, named]) => pupil(key, named, { ...group, ...more[key] })),
      PersRelEleve: Object.entries(guardians).map(([key, values]) => guardian(key, values)),
      PersEducNat: Object.entries(staff).map(([key, values]) =>
        teacher(key, { ENTAuxEnsClassesMatieres: `1$${className}$061300`, ...values }),
      ),
    }
    return Object.fromEntries(
      Object.entries(files).flatMap(([category, records]) =>
        kind === 'Delta' && records.length === 0 ? [] : [[name(category), aaf(records)]],
      ),
    )
  }

/** An AAF delivery of the école, of source `first`. */
export const oneD = feedOf('ONE', ecole, 'CM1')

/** An AAF delivery of the collège, of source `second`. */
export const twoD = feedOf('TWO', college, '6e A')

/** A OneRoster delivery of the collège: a pupil `p1` of the guardian `g1`, whose row is given from its names on. */
export const roster = (guardianRow: string) => ({
  'manifest.csv': manifest({ orgs: 'bulk', classes: 'bulk', users: 'bulk', enrollments: 'bulk' }),
  'orgs.csv': orgs('d1,,,Comté de Valmont,district,,', `o1,,,Collège des Saules,school,${college},d1`),
  'classes.csv': classes('c1,,,6e A,homeroom,k1,o1,t1'),
  'users.csv': [
    'sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,givenName,familyName,agentSourcedIds,email,sms,phone',
    'p1,,,true,o1,student,zpetit,Zoé,Petit,g1,,,',
    `g1,,,true,,guardian,ngall,${guardianRow}`,
    '',
  ].join('\n'),
  'enrollments.csv': enrollments('e1,,,c1,o1,p1,student'),
})
