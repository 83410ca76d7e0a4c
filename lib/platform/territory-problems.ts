import * as z from 'zod/mini'
import { largestFile } from '../../shared/kernel/upload.ts'
import { europeanRegions, type Territory } from '../territories.ts'
import { aboutProblems } from './about-problems.ts'

const isMail = (text: string): boolean => z.safeParse(z.email(), text).success

/** A day of every year: `02-15`. */
const isDay = (text: string): boolean => {
  const [month, day] = text.split('-').map(Number)
  const at = new Date(Date.UTC(2025, (month ?? 0) - 1, day))
  return /^\d\d-\d\d$/.test(text) && at.getUTCMonth() === (month ?? 0) - 1 && at.getUTCDate() === day
}

const isCount = (value: number): boolean => Number.isInteger(value) && value > 0

const ofNumbers = ({ reservedConcurrency = {}, warmThroughput, feedsWithin, erasedAfter }: Territory): string[] => [
  ...Object.entries(reservedConcurrency).flatMap(([name, value]) =>
    isCount(value)
      ? []
      : `reserves ${value} environments for ${name}: with none it would answer nobody. Say one or more`,
  ),
  ...Object.entries(warmThroughput ?? {}).flatMap(([name, value]) =>
    isCount(value) ? [] : `has a warm throughput of ${value} ${name}: say how many units a second`,
  ),
  ...(feedsWithin === undefined || feedsWithin > 0 ? [] : [`expects deliveries within ${feedsWithin} hours`]),
  ...(erasedAfter === undefined || (isCount(erasedAfter) && erasedAfter <= 36)
    ? []
    : [`erases people after ${erasedAfter} months: say 1 to 36, in whole months`]),
]

/** MB of the largest file that can be sent at all (shared/kernel/upload.ts). */
const largestFileMb = largestFile / (1024 * 1024)

const ofDocuments = ({ documents = {} }: Territory): string[] => {
  const { largest, own, class: ofClass, group } = documents
  const rooms = Object.entries({
    ...own,
    ...(ofClass !== undefined && { class: ofClass }),
    ...(group !== undefined && { group }),
  })
  return [
    ...rooms.flatMap(([name, room]) =>
      isCount(room) ? [] : `gives ${room} MB of documents to each ${name}: say a whole number, one or more`,
    ),
    ...(largest === undefined || (isCount(largest) && largest <= largestFileMb)
      ? []
      : [`takes files of ${largest} MB: say 1 to ${largestFileMb}, in whole MB`]),
  ]
}

/** What a territory with a domain, which people rely on, must not go without. */
const ofDomain = ({ domain, contacts, reservedConcurrency }: Territory): string[] => {
  if (!domain) return []
  return [
    ...(/^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/.test(domain.name)
      ? []
      : [`has the domain ${domain.name}, which is none`]),
    ...(/^arn:aws:acm:us-east-1:\d{12}:certificate\/\S+$/.test(domain.certificate)
      ? []
      : [`needs the ARN of a certificate in us-east-1, the only Region CloudFront takes them from`]),
    ...(contacts.length > 0 ? [] : ['has a domain and no contacts: its alarms would reach nobody']),
    ...(reservedConcurrency?.password !== undefined
      ? []
      : [
          'has a domain and reserves no concurrency for password: a flood of sign-ins could take that of all functions',
        ]),
  ]
}

/**
 * What is wrong with a territory's entry, as ends of the sentence "The territory … ": empty if it can be deployed.
 * @param known all entries.
 */
export const territoryProblems = (territory: Territory, known: readonly Territory[]): string[] => {
  const { name, region, timeZone, languages, contacts, yearBegins } = territory
  return [
    ...(Object.hasOwn(europeanRegions, region)
      ? []
      : [
          `asks for the Region ${region}, which is outside the European Union. ` +
            `Allowed: ${Object.keys(europeanRegions).join(', ')}`,
        ]),
    ...(timeZone === undefined || Intl.supportedValuesOf('timeZone').includes(timeZone)
      ? []
      : [`has the time zone ${timeZone}, which is none: say one as Indian/Reunion`]),
    ...(/^[a-z][a-z0-9-]{1,29}$/.test(name) ? [] : ['needs a name of 2 to 30 lower-case letters, digits and hyphens']),
    ...(known.filter(one => one.name === name).length < 2 ? [] : ['is in lib/territories.ts twice: give each a name']),
    ...(new Set(languages).size === languages.length ? [] : ['names a language twice']),
    ...contacts.flatMap(one => (isMail(one) ? [] : `has the contact ${one}, which is no e-mail address`)),
    ...(yearBegins === undefined || isDay(yearBegins)
      ? []
      : [`begins its year on ${yearBegins}: say month and day, as 02-15`]),
    ...aboutProblems(territory.about),
    ...ofNumbers(territory),
    ...ofDocuments(territory),
    ...ofDomain(territory),
  ]
}
