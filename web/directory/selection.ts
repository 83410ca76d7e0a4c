import { useCallback, useState } from 'react'
import type { DirectoryPerson } from '../../shared/directory/contract.ts'

/** How many people are given codes at once: a class with its guardians. */
export const maxSelected = 120

/** True if the person can be given a code: those who left cannot. */
export const mayReceive = (person: Pick<DirectoryPerson, 'account'>): boolean => person.account !== 'suspended'

/** True if a code for the person makes no sheet void: they have no active account, and no code that is still good. */
export const isWithoutCode = ({ account }: Pick<DirectoryPerson, 'account'>): boolean =>
  account === 'none' || account === 'expired'

/** Somebody's account as a list shows it. */
type Account = Pick<DirectoryPerson, 'account' | 'holdsCode'>

/** Somebody of a list. */
export type Listed = Account & Pick<DirectoryPerson, 'id'>

/** Who is chosen, by id, with their account as the list showed it last. */
export type Chosen = ReadonlyMap<string, Listed>

/** `chosen` with somebody added or removed; unchanged if it is full. */
export const toggled = (chosen: Chosen, person: Listed): Chosen => {
  const next = new Map(chosen)
  if (!next.delete(person.id) && next.size < maxSelected) next.set(person.id, person)
  return next
}

/** `chosen` with as many of `people` as may still be chosen, in their order. */
export const allOf = (chosen: Chosen, people: readonly Listed[]): Chosen =>
  new Map([...chosen, ...people.filter(mayReceive).map(person => [person.id, person] as const)].slice(0, maxSelected))

/** `chosen` with the accounts of those among `people` as they are now; itself where nothing differs. */
export const updated = (chosen: Chosen, people: readonly Listed[]): Chosen => {
  const changed = people.filter(({ id, account, holdsCode }) => {
    const held = chosen.get(id)
    return held !== undefined && (held.account !== account || held.holdsCode !== holdsCode)
  })
  return changed.length === 0 ? chosen : new Map([...chosen, ...changed.map(person => [person.id, person] as const)])
}

/** How many of them hold a code that is still good, which ends with a new one. */
export const voidedBy = (people: Iterable<Account>): number =>
  [...people].filter(({ account, holdsCode }) => holdsCode || account === 'code').length

/** The people chosen on a screen. */
export const useSelection = () => {
  const [chosen, setChosen] = useState<Chosen>(new Map())
  return {
    chosen,
    full: chosen.size >= maxSelected,
    toggle: (person: DirectoryPerson) => setChosen(held => toggled(held, person)),
    choose: (people: readonly DirectoryPerson[]) => setChosen(held => allOf(held, people)),
    /** Has the accounts of those chosen as a list shows them now. */
    update: useCallback((people: readonly DirectoryPerson[]) => setChosen(held => updated(held, people)), []),
    clear: () => setChosen(new Map()),
  }
}

export type Selection = ReturnType<typeof useSelection>
