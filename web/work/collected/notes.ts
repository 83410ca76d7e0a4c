import { useSyncExternalStore } from 'react'
import * as z from 'zod/mini'
import { Instant } from '../../../shared/kernel/dates.ts'
import { randomId } from '../../../shared/kernel/ids.ts'
import { isBlank } from '../../../shared/kernel/text.ts'
import { workContract } from '../../../shared/work/contract.ts'
import { call } from '../../platform/api.ts'
import { queryClient } from '../../platform/content.ts'
import type { Failure } from '../../platform/failure.ts'
import { readKey } from '../../platform/read.ts'
import { serverNow } from '../../platform/server-time.ts'
import { localStore, safely } from '../../platform/storage.ts'
import { ChosenFile, sentFiles } from '../../ui/files/chosen-file.ts'

/** A comment and a mark as they are typed. `files`: those that go with them, once they were changed here. */
const Typed = z.object({ comment: z.string(), mark: z.string(), at: Instant, files: z.optional(z.array(ChosenFile)) })
export type Typed = z.infer<typeof Typed>

/** What is written of a hand-in at one moment. Without `files` they stay as they are. */
export type Written = { readonly comment: string; readonly mark: string; readonly files?: ChosenFile[] }

/** Of one pupil: what was typed, and what the API has. `savedAt`: the time of the note that stands there. */
export type PupilNote = Typed & { readonly savedAt?: string; readonly failure?: Failure }

type Notes = ReadonlyMap<string, PupilNote>

/** Milliseconds without typing after which it is saved. */
const pause = 700
/** Milliseconds after which what could not be saved is sent again. */
const again = 5_000

const Stored = z.record(z.string(), Typed)

/**
 * What a teacher writes of the hand-ins of one assignment. It belongs to the pupil who is on the screen when it is typed,
 * and is sent under that pupil's name and the time of typing: replies may come in any order. What is not saved is kept on
 * the device.
 */
export const openNotes = (person: string, piece: string) => {
  const key = `preau.work.notes.${person}.${piece}`
  const stored = z.safeParse(
    Stored,
    safely(() => JSON.parse(localStore.getItem(key) ?? '{}')),
  )
  let notes: Notes = new Map(Object.entries(stored.success ? stored.data : {}))
  const listeners = new Set<() => void>()
  const timers = new Map<string, ReturnType<typeof setTimeout>>()
  const sending = new Set<string>()
  let lastAt = 0

  const isSaved = ({ at, savedAt }: PupilNote) => savedAt !== undefined && savedAt >= at

  const put = (pupil: string, note: PupilNote): void => {
    notes = new Map(notes).set(pupil, note)
    const unsaved = [...notes].filter(([, one]) => !isSaved(one))
    safely(() =>
      unsaved.length === 0
        ? localStore.removeItem(key)
        : localStore.setItem(key, JSON.stringify(Object.fromEntries(unsaved))),
    )
    for (const listener of listeners) listener()
  }

  const save = async (pupil: string): Promise<void> => {
    clearTimeout(timers.get(pupil))
    const note = notes.get(pupil)
    if (!note || isSaved(note) || sending.has(pupil)) return
    sending.add(pupil)
    const params = { piece, pupil }
    const { comment, mark, at, files } = note
    const reply = await call(
      workContract.routes.note,
      {
        params,
        body: { at, ...(!isBlank(comment) && { comment }), ...(!isBlank(mark) && { mark }), ...sentFiles(files) },
      },
      { key: randomId() },
    )
    sending.delete(pupil)
    const now = notes.get(pupil) ?? note
    if (reply.ok) {
      const { failure: _, ...rest } = now
      // What stands may have been typed later, on another device: then it is shown, unless one went on typing here.
      const { comment: said = '', mark: given = '', at: savedAt } = reply.value
      const stands = { comment: said, mark: given, at: savedAt, savedAt, ...(savedAt === at && files && { files }) }
      put(pupil, now.at === at ? stands : { ...rest, savedAt })
      if (files) void queryClient.invalidateQueries({ queryKey: readKey(workContract.routes.handIn, { params }) })
    } else put(pupil, { ...now, failure: reply.problem })
    if (!isSaved(notes.get(pupil) ?? now)) later(pupil, reply.ok ? pause : again)
  }

  const later = (pupil: string, wait: number): void => {
    clearTimeout(timers.get(pupil))
    timers.set(
      pupil,
      setTimeout(() => void save(pupil), wait),
    )
  }

  for (const pupil of notes.keys()) later(pupil, 0)

  return {
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    current: (): Notes => notes,
    /** Takes what was typed for a pupil. */
    type: (pupil: string, typed: Written): void => {
      // Of two keys within a millisecond the second is the later one.
      lastAt = Math.max(serverNow(), lastAt + 1)
      const { savedAt, files } = notes.get(pupil) ?? {}
      put(pupil, {
        ...(files && { files }),
        ...typed,
        at: new Date(lastAt).toISOString(),
        ...(savedAt !== undefined && { savedAt }),
      })
      later(pupil, pause)
    },
    /** Saves at once what was typed for a pupil: another one comes on the screen. */
    leave: (pupil: string): void => void save(pupil),
    isSaved,
  }
}

const opened = new Map<string, ReturnType<typeof openNotes>>()

/** The notes of an assignment, which go on being saved whatever screen is open. */
export const notesOf = (person: string, piece: string) => {
  const key = `${person} ${piece}`
  const known = opened.get(key) ?? openNotes(person, piece)
  opened.set(key, known)
  return known
}

export const useNotes = (of: ReturnType<typeof openNotes>): Notes => useSyncExternalStore(of.subscribe, of.current)
