import * as z from 'zod/mini'
import { isEmpty, NewsForm } from './form.ts'

const StoredForm = z.object({ form: NewsForm, at: z.number() })

/** Milliseconds after its last change for which a draft is offered again. */
const lifetime = 60 * 86_400_000

const keyOf = (person: string, uai: string): string => `preau.news.draft.${person}.${uai}`

/** A draft stored on the device, and when it was last changed. */
export type StoredDraft = { readonly form: NewsForm; readonly at: Date }

/**
 * The drafts in a storage, one for each person and school. `save` returns false where the storage is full or denied.
 */
export const draftsIn = (storage: Storage) => ({
  read: (person: string, uai: string, now: Date): StoredDraft | undefined => {
    try {
      const found = z.safeParse(StoredForm, JSON.parse(storage.getItem(keyOf(person, uai)) ?? 'null'))
      if (!found.success || now.getTime() - found.data.at > lifetime) return undefined
      return { form: found.data.form, at: new Date(found.data.at) }
    } catch {
      return undefined
    }
  },
  save: (person: string, uai: string, form: NewsForm, now: Date): boolean => {
    try {
      if (isEmpty(form)) storage.removeItem(keyOf(person, uai))
      else storage.setItem(keyOf(person, uai), JSON.stringify({ form, at: now.getTime() }))
      return true
    } catch {
      return false
    }
  },
  clear: (person: string, uai: string): void => {
    try {
      storage.removeItem(keyOf(person, uai))
    } catch {
      // A storage that is denied holds no draft.
    }
  },
})
