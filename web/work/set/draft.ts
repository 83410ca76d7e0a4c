import { useEffect, useState } from 'react'
import * as z from 'zod/mini'
import { localStore, safely } from '../../platform/storage.ts'
import { emptyForm, WorkForm } from './form.ts'

/** A copy has a draft of its own: it begins with the piece that it is of. */
const keyOf = (person: string, from?: string) => ['preau.work.draft', person, from].filter(Boolean).join('.')

const stored = (key: string): WorkForm | undefined => {
  const found = z.safeParse(
    WorkForm,
    safely(() => JSON.parse(localStore.getItem(key) ?? 'null')),
  )
  return found.success ? found.data : undefined
}

/** True if nothing was typed that would be missed. */
const isUntouched = ({ title, text, attachments }: WorkForm): boolean =>
  title.trim() === '' && text.trim() === '' && attachments.length === 0

/**
 * The form of new work, stored on this device at each change and offered again until it is sent. `hasReturned`: it was
 * found there. `owner`: the form's name, for the files that are on their way to it. `from`: the piece that it is a copy of.
 */
export const useDraft = (person: string, start: Partial<WorkForm>, from?: string) => {
  const key = keyOf(person, from)
  const [first] = useState(() => stored(key))
  const [form, change] = useState<WorkForm>(() => first ?? { ...emptyForm, ...start })
  // How often the form was begun anew: files that arrive for an earlier one are not put into it.
  const [round, setRound] = useState(0)
  const [hasReturned, setReturned] = useState(first !== undefined)
  useEffect(() => {
    safely(() => (isUntouched(form) ? localStore.removeItem(key) : localStore.setItem(key, JSON.stringify(form))))
  }, [form, key])
  const clear = () => {
    safely(() => localStore.removeItem(key))
    setReturned(false)
  }
  const drop = () => {
    clear()
    change({ ...emptyForm, ...start })
    setRound(round + 1)
  }
  return { form, change, hasReturned, clear, drop, owner: `work.set.${round}` }
}
