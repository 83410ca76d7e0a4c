import { useState } from 'react'
import type { DirectoryPerson } from '../../shared/directory/contract.ts'

/** How many people are given codes at once: a class with its guardians. */
export const maxSelected = 120

/** True if the person can be given a code: those who left cannot. */
export const mayReceive = (person: Pick<DirectoryPerson, 'account'>): boolean => person.account !== 'suspended'

/** True if a code for the person makes no sheet void: they have no active account, and no code that is still good. */
export const isWithoutCode = ({ account }: Pick<DirectoryPerson, 'account'>): boolean =>
  account === 'none' || account === 'expired'

/** `chosen` with `id` added or removed; unchanged if it is full. */
export const toggled = (chosen: ReadonlySet<string>, id: string): ReadonlySet<string> => {
  const next = new Set(chosen)
  if (!next.delete(id) && next.size < maxSelected) next.add(id)
  return next
}

/** `chosen` with as many of `people` as may still be chosen, in their order. */
export const allOf = (
  chosen: ReadonlySet<string>,
  people: readonly Pick<DirectoryPerson, 'id' | 'account'>[],
): ReadonlySet<string> =>
  new Set([...chosen, ...people.filter(mayReceive).map(person => person.id)].slice(0, maxSelected))

/** The people chosen on a screen. */
export const useSelection = () => {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  return {
    chosen,
    full: chosen.size >= maxSelected,
    toggle: (id: string) => setChosen(held => toggled(held, id)),
    choose: (people: readonly DirectoryPerson[]) => setChosen(held => allOf(held, people)),
    clear: () => setChosen(new Set()),
  }
}

export type Selection = ReturnType<typeof useSelection>
