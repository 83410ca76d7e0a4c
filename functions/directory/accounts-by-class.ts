import type { ClassAccounts, Counts } from '../../shared/directory/contract.ts'
import { byLabel } from '../../shared/kernel/names.ts'
import { ok } from '../../shared/kernel/result.ts'
import { roles } from '../../shared/kernel/role.ts'
import { accountPatterns } from '../session/accounts.ts'
import { directoryPatterns, type RosterItem } from './audiences.ts'
import { accountState } from './codes/account-state.ts'
import type { DirectoryPlatform, DirectoryRequest } from './relations.ts'

type State = keyof Counts

const none = (): Counts => ({ active: 0, code: 0, expired: 0, none: 0 })

/** People of a school with the state of their account. */
type Counted = { readonly row: RosterItem; readonly state: State; readonly lastSignIn: string | undefined }

const countsOf = (people: readonly Counted[]): Counts => {
  const counts = none()
  for (const { state } of new Map(people.map(one => [one.row.person, one])).values()) counts[state]++
  return counts
}

const latest = (people: readonly Counted[]): string | undefined =>
  people
    .flatMap(one => one.lastSignIn ?? [])
    .sort()
    .at(-1)

/**
 * Where the accounts of a school are, by class. Reads the school's rosters and an account a person: about 800 read units
 * for a school of 1,500, a few times a day.
 */
export const accounts =
  ({ table }: DirectoryPlatform) =>
  async ({ params: { uai }, now }: DirectoryRequest<'accounts'>) => {
    const rosters = roles.map(role => table.all(directoryPatterns.schoolMembers, { uai, role }))
    const rows = (await Promise.all(rosters)).flat()
    const people = [...new Set(rows.map(({ person }) => person))]
    const found = await table.getMany(
      accountPatterns.account,
      people.map(person => ({ person })),
    )
    const known = new Map(people.map((person, at) => [person, found[at]]))
    const counted = rows.map((row): Counted => {
      const account = known.get(row.person)
      return { row, state: accountState(account, now), lastSignIn: account?.lastSignIn }
    })
    const names = new Map(
      rows.flatMap(row =>
        row.role === 'pupil'
          ? row.classes.flatMap(({ id, name, kind }) => (kind === 'class' ? [[id, name] as const] : []))
          : [],
      ),
    )
    const classes = [...names].map(([id, name]): ClassAccounts => {
      const of = counted.filter(({ row }) => row.classes.some(one => one.id === id))
      const [pupils, guardians] = (['pupil', 'guardian'] as const).map(role =>
        of.filter(({ row }) => row.role === role),
      )
      const lastSignIn = latest([...(pupils ?? []), ...(guardians ?? [])])
      return {
        id,
        name,
        pupils: countsOf(pupils ?? []),
        guardians: countsOf(guardians ?? []),
        ...(lastSignIn !== undefined && { lastSignIn }),
      }
    })
    const staff = counted.filter(({ row }) => row.role !== 'pupil' && row.role !== 'guardian')
    return ok({
      classes: classes.sort((a, b) => byLabel(a.name, b.name)),
      staff: countsOf(staff),
      whole: countsOf(counted),
    })
  }
