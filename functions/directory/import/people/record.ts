import type { GroupRef, Period, PersonRecord } from '../../record.ts'
import type { Contacts } from '../joined/contacts.ts'
import { type DatedRole, moved, noPosts, type Posts, type Term } from './posts.ts'
import { directing } from './roles.ts'

/** What one record of a feed says of one person: whole for an `add`, what is replaced for a `modify`. */
export type Patch = {
  readonly givenName?: string
  readonly familyName?: string
  readonly guardian?: true
  /** Hashes of what was told; a kind that is not told stays as it was. */
  readonly contacts?: Contacts
  /** When they are a guardian; absent: always. */
  readonly guardianTerms?: readonly Period[]
  /** Ids of the pupils that a guardian's own record names. */
  readonly pupils?: readonly string[]
  /** A guardian whose own record names the pupil or, with `gone`, no longer does. */
  readonly namedBy?: { readonly guardian: string; readonly gone: boolean }
  readonly pupil?: {
    readonly at?: string[]
    readonly terms?: Term[]
    readonly classes?: readonly GroupRef[]
    readonly groups?: readonly GroupRef[]
    readonly guardians?: string[]
    /**
     * Persons named who are not legal guardians: they are not imported, and their own records are no fault of the feed.
     */
    readonly others?: readonly string[]
  }
  readonly staff?: {
    readonly at?: string[]
    readonly functions?: string[]
    /** The schools they are the head of, where that is said besides their functions. */
    readonly directs?: readonly string[]
    readonly category?: boolean
    readonly presence?: boolean
    readonly roles?: DatedRole[]
    readonly classes?: readonly GroupRef[]
    readonly groups?: readonly GroupRef[]
    /** Classes they are head teacher of. */
    readonly heads?: readonly GroupRef[]
  }
  /** OneRoster says which groups a person enters and leaves, and whether as a pupil or as staff. */
  readonly as?: 'pupil' | 'staff'
  readonly enter?: readonly GroupRef[]
  readonly leave?: readonly GroupRef[]
  /** OneRoster 1.2 deltas say which posts are taken up and given up; `guardians` counts if they are a pupil then. */
  readonly gain?: Posts
  readonly lose?: Posts
  readonly guardians?: string[]
}

const isDirecting = (one: string) => one.endsWith(`$${directing}`)

const ofKind = (groups: readonly GroupRef[], kind: GroupRef['kind']) => groups.filter(group => group.kind === kind)

/** One of each group, but for those somebody is in from one day to another, perhaps several times. */
const distinct = (groups: readonly GroupRef[]): GroupRef[] => [
  ...new Map(groups.map(group => [JSON.stringify([group.id, group.from, group.to]), group])).values(),
]

/** Without a membership that is left: the one of its key, and those in its group of which no key is known. */
const withoutSame = (groups: readonly GroupRef[], { id, enrollment }: GroupRef): GroupRef[] =>
  groups.filter(one =>
    one.enrollment === undefined || enrollment === undefined ? one.id !== id : one.enrollment !== enrollment,
  )

const replaced = (
  before: readonly GroupRef[],
  patch: Pick<Patch, 'enter' | 'leave'> & { classes?: readonly GroupRef[]; groups?: readonly GroupRef[] },
): GroupRef[] => {
  const next = [...(patch.classes ?? ofKind(before, 'class')), ...(patch.groups ?? ofKind(before, 'group'))]
  const left = (patch.leave ?? []).reduce(withoutSame, next)
  return distinct([...left, ...(patch.enter ?? [])])
}

const headed = (groups: readonly GroupRef[], heads: readonly GroupRef[] | undefined): GroupRef[] => {
  if (!heads) return [...groups]
  const ids = new Set(heads.map(group => group.id))
  const plain = groups.map(
    ({ id, uai, name, kind }): GroupRef => ({ id, uai, name, kind, ...(ids.has(id) && { head: true }) }),
  )
  return distinct([...heads.map(group => ({ ...group, head: true })), ...plain])
}

type Guardians = Pick<NonNullable<PersonRecord['pupil']>, 'guardians' | 'namedBy'>

/**
 * The guardians of a pupil whose own record names `own` now (undefined: it is not what changed). A link that one side's
 * record named and no longer names is gone; one that only the guardian's record names stays while it does.
 */
const guardiansOf = (
  before: Guardians | undefined,
  own: readonly string[] | undefined,
  { namedBy: by }: Patch,
): Guardians => {
  const known = before?.guardians ?? []
  const onlyBy = (before?.namedBy ?? []).filter(one => known.includes(one) && !own?.includes(one))
  const guardians = own ? [...own, ...onlyBy] : known
  const named = by && !by.gone && !guardians.includes(by.guardian) ? [by.guardian] : []
  const stays = (one: string) => !(by?.gone && by.guardian === one)
  const others = [...onlyBy, ...named].filter(stays)
  return { guardians: [...guardians, ...named].filter(stays), ...(others.length > 0 && { namedBy: others }) }
}

const patchedPupil = (before: PersonRecord['pupil'], patch: Patch): PersonRecord['pupil'] => {
  const change = patch.pupil
  if (!before && !change) return undefined
  const terms = change ? change.terms : before?.terms
  const own = patch.as === 'pupil' ? { enter: patch.enter, leave: patch.leave } : {}
  return {
    at: change?.at ?? before?.at ?? [],
    ...(terms && terms.length > 0 && { terms }),
    groups: replaced(before?.groups ?? [], { ...own, ...change }),
    ...guardiansOf(before, change?.guardians ?? patch.guardians, patch),
  }
}

/** Being a head that is said besides the functions is kept among them, as a code of its own. */
const functionsOf = (before: readonly string[], change: Patch['staff']): string[] => {
  const directs = change?.directs?.map(uai => `${uai}$${directing}`)
  return [
    ...new Set([
      ...(change?.functions ?? before.filter(one => !isDirecting(one))),
      ...(directs ?? before.filter(isDirecting)),
    ]),
  ].sort()
}

const patchedStaff = (before: PersonRecord['staff'], patch: Patch): PersonRecord['staff'] => {
  const change = patch.staff
  if (!before && !change) return undefined
  const moves = patch.as === 'staff' ? { enter: patch.enter, leave: patch.leave } : {}
  const groups = replaced(before?.groups ?? [], {
    ...(moves.enter && { enter: moves.enter }),
    ...(moves.leave && { leave: moves.leave }),
    ...(change?.classes && { classes: change.classes }),
    ...(change?.groups && { groups: change.groups }),
  })
  return {
    at: change?.at ?? before?.at ?? [],
    functions: functionsOf(before?.functions ?? [], change),
    category: change?.category ?? before?.category ?? false,
    presence: change?.presence ?? before?.presence ?? false,
    roles: change?.roles ?? before?.roles ?? [],
    groups: headed(groups, change?.heads),
  }
}

/** What two records of one person say of their posts together. */
export const joinedStaff = (
  one: NonNullable<PersonRecord['staff']>,
  other: NonNullable<PersonRecord['staff']>,
): NonNullable<PersonRecord['staff']> => ({
  at: [...new Set([...one.at, ...other.at])],
  functions: [...new Set([...one.functions, ...other.functions])].sort(),
  category: one.category || other.category,
  presence: one.presence || other.presence,
  roles: [
    ...one.roles,
    ...other.roles.filter(({ uai, role }) => !one.roles.some(a => a.uai === uai && a.role === role)),
  ],
  groups: headed(
    [...one.groups, ...other.groups],
    [...one.groups, ...other.groups].filter(group => group.head),
  ),
})

const contactsOf = (before: Contacts | undefined, told: Contacts | undefined): Contacts | undefined => {
  const all = Object.entries({ ...before, ...told }).filter(([, hashes]) => hashes.length > 0)
  return all.length > 0 ? Object.fromEntries(all) : undefined
}

/** `before` (none for a person not yet known) with what `patch` says. */
export const patched = (before: PersonRecord | undefined, patch: Patch): PersonRecord => {
  const { gain, lose } = patch
  const record = gain || lose ? moved(before, gain ?? noPosts, lose ?? noPosts) : before
  const pupil = patchedPupil(record?.pupil, patch)
  const staff = patchedStaff(record?.staff, patch)
  const guardian = patch.guardian ?? record?.guardian
  // Of somebody who is a pupil too, it is not known whether those named are children or guardians: they are guardians.
  const pupils = pupil ? [] : (patch.pupils ?? record?.pupils ?? [])
  const contacts = contactsOf(record?.contacts, patch.contacts)
  const guardianTerms = patch.guardian ? patch.guardianTerms : record?.guardianTerms
  return {
    givenName: patch.givenName ?? record?.givenName ?? '',
    familyName: patch.familyName ?? record?.familyName ?? '',
    ...(pupil && { pupil }),
    ...(staff && { staff }),
    ...(guardian && { guardian }),
    ...(contacts && { contacts }),
    ...(guardian && guardianTerms && guardianTerms.length > 0 && { guardianTerms: [...guardianTerms] }),
    ...(guardian && pupils.length > 0 && { pupils: [...pupils] }),
  }
}
