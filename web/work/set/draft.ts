import { useEffect, useState } from 'react'
import * as z from 'zod/mini'
import { Version } from '../../../shared/kernel/count.ts'
import { useSession } from '../../platform/api.ts'
import { draftStore } from '../../platform/draft-store.ts'
import { safely } from '../../platform/storage.ts'
import { WorkForm } from './form.ts'

/** What a draft is of: new work, a copy of a piece, or an edit of one. */
export type Subject = 'new' | `copy.${string}` | `edit.${string}`

const keyOf = (person: string, of: Subject): string => `preau.work.drafts.${person}.${of}`

/** What is stored of a draft. `version`: of the piece that is edited, as it was read. */
const Stored = z.object({ form: WorkForm, version: z.optional(Version) })

const read = (store: Storage, key: string): z.infer<typeof Stored> | undefined => {
  const found = z.safeParse(
    Stored,
    safely(() => JSON.parse(store.getItem(key) ?? 'null')),
  )
  return found.success ? found.data : undefined
}

/**
 * Stores a form that an earlier version of the app stored elsewhere, unless there is a draft of it. Throws if the store is
 * full.
 */
export const takeOverDraft = (store: Storage, person: string, of: Subject, former: unknown): void => {
  const form = z.safeParse(WorkForm, former)
  const key = keyOf(person, of)
  if (form.success && store.getItem(key) === null) store.setItem(key, JSON.stringify({ form: form.data }))
}

/** True if nothing was typed that would be missed. */
const isUntouched = ({ title, text, attachments }: WorkForm): boolean =>
  title.trim() === '' && text.trim() === '' && attachments.length === 0

type DraftOptions = {
  readonly person: string
  readonly of: Subject
  /** The form when there is no draft. */
  readonly start: WorkForm
  /** The version of the piece that is edited. */
  readonly version?: number
}

/**
 * The form of work that is written or edited, stored on this device at each change and offered again until it is sent.
 * `found`: it was found there, and whether the piece was changed since by another edit. `owner`: the form's name, for the
 * files that are on their way to it.
 */
export const useDraft = ({ person, of, start, version }: DraftOptions) => {
  const session = useSession()
  // Of the session in which the form was opened.
  const [store] = useState(() => draftStore(session))
  const key = keyOf(person, of)
  const [first] = useState(() => read(store, key))
  const [original] = useState(start)
  const [form, change] = useState(first?.form ?? original)
  const [found, setFound] = useState(first)
  // How often the form was begun anew: files that arrive for an earlier one are not put into it.
  const [round, setRound] = useState(0)
  const before = found ? found.version : version
  useEffect(() => {
    const isNothing = JSON.stringify(form) === JSON.stringify(original) || (version === undefined && isUntouched(form))
    const draft = { form, ...(before !== undefined && { version: before }) }
    safely(() => (isNothing ? store.removeItem(key) : store.setItem(key, JSON.stringify(draft))))
  }, [form, original, store, key, version, before])
  const drop = () => {
    setFound(undefined)
    change(original)
    setRound(round + 1)
  }
  return {
    form,
    change,
    found: found && { isOutdated: found.version !== version },
    /** Deletes the draft, of what was sent. The form stays as it is until it is left. */
    clear: () => safely(() => store.removeItem(key)),
    /** Deletes the draft and begins anew. */
    drop,
    owner: `work.${of}.${round}`,
  }
}
