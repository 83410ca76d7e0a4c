import type { SchoolRole } from '../../../../shared/kernel/role.ts'
import { moved, nowhere, type Places } from './places.ts'

/** A class or teaching group, as a person belongs to it. `head`: a teacher answerable for it. */
export type GroupRef = {
  readonly id: string
  readonly uai: string
  readonly name: string
  readonly kind: 'class' | 'group'
  readonly head?: boolean
}

/** What feeds say of a person, and no more than Préau needs: names, and what their access follows from. */
export type PersonRecord = {
  readonly givenName: string
  readonly familyName: string
  readonly pupil?: {
    /** The schools they are enrolled in, by UAI, besides those of their classes. */
    readonly at: readonly string[]
    readonly groups: readonly GroupRef[]
    /** Ids of the legal guardians the feed names, whether or not it brings them. */
    readonly guardians: readonly string[]
  }
  readonly staff?: {
    readonly at: readonly string[]
    /** AAF: `uai$code`. */
    readonly functions: readonly string[]
    /** AAF: a teacher's category is set; they are present before pupils. */
    readonly category: boolean
    readonly presence: boolean
    /** Roles a feed states as such (OneRoster). */
    readonly roles: readonly SchoolRole[]
    readonly groups: readonly GroupRef[]
  }
  readonly guardian?: true
}

/** What one record of a feed says of one person: whole for an `add`, what is replaced for a `modify`. */
export type Patch = {
  readonly givenName?: string
  readonly familyName?: string
  readonly guardian?: true
  readonly pupil?: {
    readonly at?: readonly string[]
    readonly classes?: readonly GroupRef[]
    readonly groups?: readonly GroupRef[]
    readonly guardians?: readonly string[]
    /** Persons named who are not legal guardians: they are not imported, and it is no mistake that they are there. */
    readonly others?: readonly string[]
  }
  readonly staff?: {
    readonly at?: readonly string[]
    readonly functions?: readonly string[]
    readonly category?: boolean
    readonly presence?: boolean
    readonly roles?: readonly SchoolRole[]
    readonly classes?: readonly GroupRef[]
    readonly groups?: readonly GroupRef[]
    /** Classes they are answerable for. */
    readonly heads?: readonly GroupRef[]
  }
  /** OneRoster says who enters and leaves what, and in which quality. */
  readonly as?: 'pupil' | 'staff'
  readonly enter?: readonly GroupRef[]
  readonly leave?: readonly string[]
  /** OneRoster 1.2 deltas say which places are taken up and given up; `guardians` counts if they are a pupil then. */
  readonly gain?: Places
  readonly lose?: Places
  readonly guardians?: readonly string[]
}

const ofKind = (groups: readonly GroupRef[], kind: GroupRef['kind']) => groups.filter(group => group.kind === kind)

const distinct = (groups: readonly GroupRef[]): GroupRef[] => [
  ...new Map(groups.map(group => [group.id, group])).values(),
]

const replaced = (
  held: readonly GroupRef[],
  patch: Pick<Patch, 'enter' | 'leave'> & { classes?: readonly GroupRef[]; groups?: readonly GroupRef[] },
): GroupRef[] => {
  const next = [...(patch.classes ?? ofKind(held, 'class')), ...(patch.groups ?? ofKind(held, 'group'))]
  return distinct([...next.filter(group => !patch.leave?.includes(group.id)), ...(patch.enter ?? [])])
}

const headed = (groups: readonly GroupRef[], heads: readonly GroupRef[] | undefined): GroupRef[] => {
  if (!heads) return [...groups]
  const ids = new Set(heads.map(group => group.id))
  const plain = groups.map(
    ({ id, uai, name, kind }): GroupRef => ({ id, uai, name, kind, ...(ids.has(id) && { head: true }) }),
  )
  return distinct([...heads.map(group => ({ ...group, head: true })), ...plain])
}

const patchedPupil = (held: PersonRecord['pupil'], patch: Patch): PersonRecord['pupil'] => {
  const change = patch.pupil
  if (!held && !change) return undefined
  const own = patch.as === 'pupil' ? { enter: patch.enter, leave: patch.leave } : {}
  return {
    at: change?.at ?? held?.at ?? [],
    groups: replaced(held?.groups ?? [], { ...own, ...change }),
    guardians: change?.guardians ?? patch.guardians ?? held?.guardians ?? [],
  }
}

const patchedStaff = (held: PersonRecord['staff'], patch: Patch): PersonRecord['staff'] => {
  const change = patch.staff
  if (!held && !change) return undefined
  const moves = patch.as === 'staff' ? { enter: patch.enter, leave: patch.leave } : {}
  const groups = replaced(held?.groups ?? [], {
    ...(moves.enter && { enter: moves.enter }),
    ...(moves.leave && { leave: moves.leave }),
    ...(change?.classes && { classes: change.classes }),
    ...(change?.groups && { groups: change.groups }),
  })
  return {
    at: change?.at ?? held?.at ?? [],
    functions: change?.functions ?? held?.functions ?? [],
    category: change?.category ?? held?.category ?? false,
    presence: change?.presence ?? held?.presence ?? false,
    roles: change?.roles ?? held?.roles ?? [],
    groups: headed(groups, change?.heads),
  }
}

/** `held` (none for a person not yet known) with what `patch` says. */
export const patched = (held: PersonRecord | undefined, patch: Patch): PersonRecord => {
  const { gain, lose } = patch
  const record = gain || lose ? moved(held, gain ?? nowhere, lose ?? nowhere) : held
  const pupil = patchedPupil(record?.pupil, patch)
  const staff = patchedStaff(record?.staff, patch)
  return {
    givenName: patch.givenName ?? record?.givenName ?? '',
    familyName: patch.familyName ?? record?.familyName ?? '',
    ...(pupil && { pupil }),
    ...(staff && { staff }),
    ...((patch.guardian || record?.guardian) && { guardian: true as const }),
  }
}
