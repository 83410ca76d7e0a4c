import { setupI18n } from '@lingui/core'
import { compileMessageOrThrow } from '@lingui/message-utils/compileMessage'

type Texts = Readonly<Record<string, string>>

const french = {
  'codes.is.pupil': 'Élève',
  'codes.is.guardian': 'Responsable légal',
  'codes.is.teacher': 'Professeur',
  'codes.is.pupil-life': 'Vie scolaire',
  'codes.is.staff': 'Personnel',
  'codes.is.head': 'Direction',
  'codes.is.administrator': 'Administrateur',
  'codes.role.pupil': 'Élèves',
  'codes.role.guardian': 'Responsables légaux',
  'codes.role.teacher': 'Professeurs',
  'codes.role.pupil-life': 'Vie scolaire',
  'codes.role.staff': 'Autres personnels',
  'codes.role.head': 'Direction',
  'codes.role.administrator': 'Administrateurs',
  'codes.column.role': 'Profil',
  'codes.column.class': 'Classe',
  'codes.column.child': 'Enfants',
  'codes.column.family-name': 'Nom',
  'codes.column.given-name': 'Prénom',
  'codes.column.login': 'Identifiant',
  'codes.column.code': 'Code',
  'codes.column.until': 'Valable jusqu’au',
  'codes.column.school': 'Établissement',
  'codes.column.address': 'Adresse',
  'codes.column.territory': 'Espace',
  'codes.title': 'Codes d’activation · {school}',
  'codes.of': '{classes}, {what}',
  'codes.page': 'Feuille {number} sur {of} · {school}, {date} · à découper',
  'codes.to': 'à remettre à {name}',
  'codes.also': 'aussi pour {children}',
  'codes.how': 'Allez sur {where} et touchez «\u00a0Activer mon compte\u00a0».',
  'codes.how.named': 'Allez sur {where}, {territory}.',
  'codes.login': 'Identifiant',
  'codes.until': 'Code, bon jusqu’au {date}',
} as const

const english: { readonly [Key in keyof typeof french]: string } = {
  'codes.is.pupil': 'Pupil',
  'codes.is.guardian': 'Guardian',
  'codes.is.teacher': 'Teacher',
  'codes.is.pupil-life': 'Pupil-life staff',
  'codes.is.staff': 'Staff',
  'codes.is.head': 'Head',
  'codes.is.administrator': 'Administrator',
  'codes.role.pupil': 'Pupils',
  'codes.role.guardian': 'Guardians',
  'codes.role.teacher': 'Teachers',
  'codes.role.pupil-life': 'Pupil-life staff',
  'codes.role.staff': 'Other staff',
  'codes.role.head': 'Heads',
  'codes.role.administrator': 'Administrators',
  'codes.column.role': 'Role',
  'codes.column.class': 'Class',
  'codes.column.child': 'Children',
  'codes.column.family-name': 'Family name',
  'codes.column.given-name': 'Given name',
  'codes.column.login': 'Login',
  'codes.column.code': 'Code',
  'codes.column.until': 'Good until',
  'codes.column.school': 'School',
  'codes.column.address': 'Address',
  'codes.column.territory': 'Platform',
  'codes.title': 'Activation codes · {school}',
  'codes.of': '{classes}, {what}',
  'codes.page': 'Sheet {number} of {of} · {school}, {date} · to cut',
  'codes.to': 'to hand to {name}',
  'codes.also': 'also for {children}',
  'codes.how': 'Go to {where} and choose “Activate my account”.',
  'codes.how.named': 'Go to {where}, {territory}.',
  'codes.login': 'Login',
  'codes.until': 'Code, good until {date}',
}

/** The texts of the sheets codes are handed out on: ICU messages, in each language a territory may offer. */
export const texts = { fr: french, en: english } as const satisfies Record<string, Texts>

export type Language = keyof typeof texts
export const languages = Object.keys(texts) as Language[]

const tags: Readonly<Record<Language, string>> = { fr: 'fr-FR', en: 'en-GB' }

/** The words of a language: `t` gives a text filled in, `day` the date of an instant in a time zone. */
export const wordsOf = (language: Language, timeZone = 'Europe/Paris') => {
  const compiled = Object.entries(texts[language]).map(([key, text]) => [key, compileMessageOrThrow(text)])
  const i18n = setupI18n({ locale: language, messages: { [language]: Object.fromEntries(compiled) } })
  const days = new Intl.DateTimeFormat(tags[language], { dateStyle: 'long', timeZone })
  return {
    language,
    t: (key: keyof typeof french, values?: Readonly<Record<string, string | number>>): string =>
      i18n._(key, { ...values }),
    // French writes the first of a month as an ordinal.
    day: (instant: string): string => days.format(new Date(instant)).replace(/^1 /, language === 'fr' ? '1er ' : '1 '),
  }
}

export type Words = ReturnType<typeof wordsOf>
