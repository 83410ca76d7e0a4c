import * as z from 'zod/mini'
import type { About, Accessibility, Contact } from '../../shared/kernel/about.ts'

const isMail = (text: string): boolean => z.safeParse(z.email(), text).success

/** An https address, and no other: the pages link to it. */
const isAddress = (text: string): boolean => URL.canParse(text) && new URL(text).protocol === 'https:'

const isPhone = (text: string): boolean => /^\+?[\d .()-]{4,24}$/.test(text) && /\d/.test(text)

const isDay = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text

const addressProblem = (what: string, text: string | undefined): string[] =>
  text === undefined || isAddress(text) ? [] : [`has ${what} ${text}, which is no https address`]

const dayProblem = (what: string, text: string | undefined): string[] =>
  text === undefined || isDay(text) ? [] : [`has ${what} ${text}, which is no day: write it as 2026-10-15`]

const ofContact = (whose: string, { email, phone, form }: Contact = {}): string[] => [
  ...(email === undefined || isMail(email) ? [] : [`has for ${whose} the e-mail address ${email}, which is none`]),
  ...(phone === undefined || isPhone(phone) ? [] : [`has for ${whose} the phone number ${phone}, which is none`]),
  ...addressProblem(`for ${whose} the form`, form),
]

/** RGAA 4.1: full is all criteria, partial half of them or more, none fewer, or no valid audit. */
const ofConformity = ({ conformity, audit }: Accessibility): string[] => {
  if (!audit)
    return conformity === 'none' ? [] : [`states ${conformity} conformity without an audit, which the RGAA asks for`]
  const { met } = audit
  if (!(met >= 0 && met <= 100)) return [`has an audit by which ${met} % of the criteria are met`]
  const found = met === 100 ? 'full' : met >= 50 ? 'partial' : 'none'
  return found === conformity
    ? []
    : [`states ${conformity} conformity, but its audit finds ${met} % of the criteria met, which is ${found}`]
}

const ofAccessibility = (stated: Accessibility): string[] => [
  ...ofConformity(stated),
  ...dayProblem('an audit of', stated.audit?.on),
  ...dayProblem('an accessibility statement of', stated.stated),
  ...dayProblem('an accessibility statement changed on', stated.changed),
  ...addressProblem('for its audit the report', stated.audit?.report),
  ...addressProblem('for accessibility the plan', stated.plan),
  ...addressProblem('for accessibility the actions', stated.actions),
  ...ofContact('accessibility', stated.contact),
]

/** The paths of texts that say nothing. */
const blanks = (value: unknown, path: string): string[] => {
  if (typeof value === 'string') return value.trim() === '' ? [path] : []
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, one]) => blanks(one, `${path}.${name}`))
    : []
}

/** What is wrong with what a territory says of itself, as ends of the sentence "The territory …". What is absent is not wrong. */
export const aboutProblems = (about: About = {}): string[] => [
  ...blanks(about, 'about').map(
    path => `has an empty text as ${path}: leave it out, and the page says that it is missing`,
  ),
  ...((about.name?.length ?? 0) <= 80
    ? []
    : ['has a name of more than 80 characters: the sign-in page begins with it']),
  ...ofContact('help', about.help),
  ...ofContact('the publisher', about.publisher),
  ...ofContact('the host', about.host),
  ...ofContact('the controller', about.controller),
  ...ofContact('the data protection officer', about.officer),
  ...addressProblem('for its source', about.source),
  ...(about.accessibility ? ofAccessibility(about.accessibility) : []),
]
