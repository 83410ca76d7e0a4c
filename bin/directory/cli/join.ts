import { joinAccess } from '../../../functions/directory/access.ts'
import type { PersonItem } from '../../../functions/directory/audiences.ts'
import {
  join,
  planJoin,
  planSeparate,
  separate,
  type Told,
} from '../../../functions/directory/import/joined/by-hand.ts'
import { isMeant } from './is-meant.ts'
import { type Terminal, tableOf, type ValuesOf } from './terminal.ts'
import type { Territory } from './territory.ts'

const accounts: Readonly<Record<Told['account'], string>> = {
  active: 'an active account',
  code: 'a code, not used yet',
  expired: 'a code that has expired',
  none: 'no account',
}

/** Schools with roles, and children with their classes: what tells whether it is the same person. */
function* lives({ roles, schools, children, status }: PersonItem): Generator<string> {
  if (status === 'suspended') yield 'has left'
  for (const { uai, name } of schools) {
    const there = roles.filter(one => one.uai === uai).map(({ role }) => role)
    yield `${there.join(', ')} in ${name} (${uai})`
  }
  for (const { givenName, familyName, className } of children)
    yield `child: ${givenName} ${familyName}${className === undefined ? '' : `, ${className}`}`
}

function* lines(person: PersonItem, title: string): Generator<string> {
  yield title
  for (const line of lives(person)) yield `  ${line}`
}

const titleOf = (person: Told) =>
  `${person.givenName} ${person.familyName} (${person.login ?? person.id}): ${accounts[person.account]}`

/** `join <login or id> <login or id>`: two people whom different feeds describe are one. */
export const runJoin = async (values: ValuesOf<'join'>, territory: Territory, terminal: Terminal): Promise<number> => {
  const { out, now } = terminal
  const platform = { table: tableOf(territory, joinAccess, terminal), now, timeZone: territory.timeZone }
  const plan = await planJoin(platform, ...values.people)
  const { kept, gone } = plan
  for (const one of [kept, gone]) for (const line of lines(one, titleOf(one))) out(line)
  const name = (person: Told) => person.login ?? person.id
  const ends = gone.account === 'none' ? '' : `, and ${name(gone)} opens nothing any more`
  if (!(await isMeant(`Both become one person, ${name(kept)} is kept${ends}`, values, terminal))) {
    out('Nothing has changed.')
    return 0
  }
  for (const line of lines(await join(platform, plan), 'They are one person now:')) out(line)
  return 0
}

/** `separate <login or id>`: takes back that others were joined to somebody, by a feed or by hand. */
export const runSeparate = async (
  values: ValuesOf<'separate'>,
  territory: Territory,
  terminal: Terminal,
): Promise<number> => {
  const { out, now } = terminal
  const platform = { table: tableOf(territory, joinAccess, terminal), now, timeZone: territory.timeZone }
  const plan = await planSeparate(platform, values.person)
  for (const line of lines(plan.person, titleOf(plan.person))) out(line)
  const sources = plan.parts.map(({ source }) => source).join(', ')
  if (!(await isMeant(`What ${sources} says is another person's from now on`, values, terminal))) {
    out('Nothing has changed.')
    return 0
  }
  for (const person of await separate(platform, plan))
    for (const line of lines(person, `${person.givenName} ${person.familyName} (${person.id}):`)) out(line)
  return 0
}
