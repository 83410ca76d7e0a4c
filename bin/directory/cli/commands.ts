import { rebuildOrderAccess } from '../../../functions/delivery/access.ts'
import { orderRebuild } from '../../../functions/delivery/rebuild.ts'
import { grantAccess, importAccess } from '../../../functions/directory/access.ts'
import { ImportRefused } from '../../../functions/directory/import/feed/finding.ts'
import { grantAdministrator, grantTerritoryRole, personOf } from '../../../functions/directory/import/grants.ts'
import { identify } from '../../../functions/directory/import/identify.ts'
import { freezeByOperator, operatorFreezeAccess } from '../../../functions/session/freeze-by-operator.ts'
import { operatorFactorAccess, resetFactorByOperator } from '../../../functions/session/reset-factor-by-operator.ts'
import { loadDemo } from '../demo/load.ts'
import { type Terminal, tableOf, type ValuesOf } from './terminal.ts'
import type { Territory } from './territory.ts'

/** `identify --person <key> --source <source> --as another|same`: answers what an import asked. */
export const runIdentify = async (
  values: ValuesOf<'identify'>,
  territory: Territory,
  terminal: Terminal,
): Promise<number> => {
  const { person: key, source, as } = values
  const platform = {
    table: tableOf(territory, importAccess, terminal),
    now: terminal.now,
    timeZone: territory.timeZone,
  }
  const { givenName, familyName } = await identify(platform, { source, key, as })
  terminal.out(
    as === 'another'
      ? `${givenName} ${familyName} is in the directory, as another person: they need a code of their own`
      : `${givenName} ${familyName} is the person who had the key ${key}: their account is active again`,
  )
  return 0
}

/** `administrator --school <uai> --person <login or key>`, with `--end` to take it back. */
export const runAdministrator = async (
  values: ValuesOf<'administrator'>,
  territory: Territory,
  terminal: Terminal,
): Promise<number> => {
  const { school, person, end = false } = values
  const platform = { table: tableOf(territory, grantAccess, terminal), now: terminal.now, timeZone: territory.timeZone }
  const { givenName, familyName } = await grantAdministrator(platform, { school, person, end })
  terminal.out(`${givenName} ${familyName} ${end ? 'no longer administers' : 'now administers'} ${school}`)
  return 0
}

/** `territory-role --person <login> --role operator|authority`, with `--end` to take it back. */
export const runTerritoryRole = async (
  values: ValuesOf<'territory-role'>,
  territory: Territory,
  terminal: Terminal,
): Promise<number> => {
  const { person, role, end = false } = values
  const platform = { table: tableOf(territory, grantAccess, terminal), now: terminal.now, timeZone: territory.timeZone }
  const { givenName, familyName } = await grantTerritoryRole(platform, { role, person, end })
  terminal.out(`${givenName} ${familyName} ${end ? 'no longer has' : 'now has'} the role ${role} in the territory`)
  return 0
}

/** Whom a login or an id means. */
const namedPerson = async (named: string, territory: Territory, terminal: Terminal) => {
  const platform = { table: tableOf(territory, grantAccess, terminal), now: terminal.now }
  const found = await personOf(platform, named, undefined)
  if (!found) throw new ImportRefused(`nobody in this territory has the login ${named}`)
  return found
}

/** `freeze --person <login> --reason <text>`: nothing goes out from an account any more; with `--end` it does again. */
export const runFreeze = async (
  values: ValuesOf<'freeze'>,
  territory: Territory,
  terminal: Terminal,
): Promise<number> => {
  const { person: named, reason } = values
  const found = await namedPerson(named, territory, terminal)
  const platform = { table: tableOf(territory, operatorFreezeAccess, terminal), now: terminal.now }
  const isChanged = await freezeByOperator(platform, found.id, reason)
  const state = reason === undefined ? 'may publish again' : 'publishes nothing any more'
  terminal.out(`${found.givenName} ${found.familyName} ${isChanged ? state : 'is as asked already'}`)
  return 0
}

/** `reset-factor --person <login>`: removes a second factor that was lost. */
export const runResetFactor = async (
  { person }: ValuesOf<'reset-factor'>,
  territory: Territory,
  terminal: Terminal,
): Promise<number> => {
  const { id, givenName, familyName } = await namedPerson(person, territory, terminal)
  const platform = { table: tableOf(territory, operatorFactorAccess, terminal), now: terminal.now }
  const isDone = await resetFactorByOperator(platform, id)
  terminal.out(`${givenName} ${familyName} ${isDone ? 'has no second factor any more' : 'has no second factor'}`)
  return 0
}

/** `boards`: has all boards rendered anew, which the table's stream carries out. */
export const runBoards = async (_: ValuesOf<'boards'>, territory: Territory, terminal: Terminal): Promise<number> => {
  await orderRebuild(tableOf(territory, rebuildOrderAccess, terminal), terminal.now())
  terminal.out('All boards are rendered anew. Readers have those of before until then.')
  return 0
}

/** `demo`: loads the demo county, and says how to sign in. */
export const runDemo = async (
  values: ValuesOf<'demo'>,
  { client, table }: Territory,
  { out, now }: Terminal,
): Promise<number> => {
  const accounts = await loadDemo({ client, table, data: values.data ?? '.preau', now, log: out })
  for (const { name, role, school, login, password } of accounts)
    out(`${login}  ${password}  (${name}, ${role}, ${school})`)
  return 0
}
