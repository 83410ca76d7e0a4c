import * as z from 'zod/mini'
import { isEmpty, NewsForm } from './form.ts'

const Kept = z.object({ form: NewsForm, at: z.number() })

/** A draft left for longer than this is no longer wanted, in milliseconds. */
const lifetime = 60 * 86_400_000

const keyOf = (person: string, uai: string): string => `preau.news.draft.${person}.${uai}`

/** A draft found on the device, and when it was last touched. */
export type KeptDraft = { readonly form: NewsForm; readonly at: Date }

/**
 * What a person was writing for a school, kept on the device. A storage that is full or closed to us loses nothing
 * that stands on the screen: saving then answers false.
 */
export const draftsIn = (storage: Storage) => ({
  read: (person: string, uai: string, now: Date): KeptDraft | undefined => {
    try {
      const found = z.safeParse(Kept, JSON.parse(storage.getItem(keyOf(person, uai)) ?? 'null'))
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
      // Nothing was kept, then.
    }
  },
})
