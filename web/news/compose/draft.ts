import * as z from 'zod/mini'
import { NewsForm } from './form.ts'

/**
 * What is stored of a draft. `tab`: the one that stored it. `version`: of the news item that is edited, as it was read.
 * `isKept`: their author's account has it as well. Drafts of before have none of them.
 */
const Stored = z.object({
  form: NewsForm,
  at: z.number(),
  tab: z.optional(z.string()),
  version: z.optional(z.number()),
  isKept: z.optional(z.boolean()),
})

/** Milliseconds after its last change for which a draft is offered again. */
const lifetime = 60 * 86_400_000

/** What a draft is of: a news item being written for a school, by its UAI, or one being edited, `edit.<id>`. */
export type Subject = string
export const editOf = (news: string): Subject => `edit.${news}`

/** The key under which a draft is stored on the device. */
export const draftKey = (person: string, of: Subject): string => `preau.news.draft.${person}.${of}`

/** The key under which is stored when a draft was last done with. */
const doneKey = (person: string, of: Subject): string => `preau.news.draft-done.${person}.${of}`

/** A draft stored on the device, and when it was last changed. */
export type StoredDraft = Omit<z.infer<typeof Stored>, 'at'> & { readonly at: Date }

/**
 * The drafts in a storage, one for each person and subject. `save` returns false where the storage is full or denied.
 */
export const draftsIn = (storage: Storage) => ({
  read: (person: string, of: Subject, now: Date): StoredDraft | undefined => {
    try {
      const found = z.safeParse(Stored, JSON.parse(storage.getItem(draftKey(person, of)) ?? 'null'))
      if (!found.success || now.getTime() - found.data.at > lifetime) return undefined
      return { ...found.data, at: new Date(found.data.at) }
    } catch {
      return undefined
    }
  },
  save: (person: string, of: Subject, draft: StoredDraft): boolean => {
    try {
      storage.setItem(draftKey(person, of), JSON.stringify({ ...draft, at: draft.at.getTime() }))
      return true
    } catch {
      return false
    }
  },
  clear: (person: string, of: Subject): void => {
    try {
      storage.removeItem(draftKey(person, of))
    } catch {
      // A storage that is denied holds no draft.
    }
  },
  /** Notes when a draft was published or discarded: what the account tells of before is no draft any more. */
  noteDone: (person: string, of: Subject, at: Date): void => {
    try {
      storage.setItem(doneKey(person, of), String(at.getTime()))
    } catch {
      // The account is told as well.
    }
  },
  /** When one was last done with here, in milliseconds since 1970; 0: never. */
  doneAt: (person: string, of: Subject): number => {
    try {
      return Number(storage.getItem(doneKey(person, of)) ?? 0)
    } catch {
      return 0
    }
  },
})
