import { useEffect, useState } from 'react'
import * as z from 'zod/mini'
import { localStore, safely } from '../../platform/storage.ts'
import { emptyForm, WorkForm } from './form.ts'

const keyOf = (person: string) => `preau.work.draft.${person}`

const stored = (person: string): WorkForm | undefined => {
  const found = z.safeParse(
    WorkForm,
    safely(() => JSON.parse(localStore.getItem(keyOf(person)) ?? 'null')),
  )
  return found.success ? found.data : undefined
}

/** True if nothing was typed that would be missed. */
const isUntouched = ({ title, text, attachments }: WorkForm): boolean =>
  title.trim() === '' && text.trim() === '' && attachments.length === 0

/**
 * The form of new work, stored on this device at each change and offered again until it is sent. `hasReturned`: it was
 * found there. `owner`: the form's name, for the files that are on their way to it.
 */
export const useDraft = (person: string, start: Partial<WorkForm>) => {
  const [first] = useState(() => stored(person))
  const [form, change] = useState<WorkForm>(() => first ?? { ...emptyForm, ...start })
  // How often the form was begun anew: files that arrive for an earlier one are not put into it.
  const [round, setRound] = useState(0)
  const [hasReturned, setReturned] = useState(first !== undefined)
  useEffect(() => {
    safely(() =>
      isUntouched(form)
        ? localStore.removeItem(keyOf(person))
        : localStore.setItem(keyOf(person), JSON.stringify(form)),
    )
  }, [form, person])
  const clear = () => {
    safely(() => localStore.removeItem(keyOf(person)))
    setReturned(false)
  }
  const drop = () => {
    clear()
    change({ ...emptyForm, ...start })
    setRound(round + 1)
  }
  return { form, change, hasReturned, clear, drop, owner: `work.set.${round}` }
}
