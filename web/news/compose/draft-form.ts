import { useEffect, useRef, useState } from 'react'
import * as z from 'zod/mini'
import { randomId } from '../../../shared/kernel/ids.ts'
import { useSession } from '../../platform/api.ts'
import { draftStore } from '../../platform/draft-store.ts'
import { serverDate } from '../../platform/server-time.ts'
import { draftKey, draftsIn, type StoredDraft, type Subject } from './draft.ts'
import { isSameForm, NewsForm } from './form.ts'
import type { Keeper } from './kept-draft.ts'

/** Milliseconds without typing after which the draft is stored. */
const saveDelay = 400

type DraftOptions = {
  readonly person: string
  readonly of: Subject
  /** The form when there is no draft: what is not written, and need not be stored. */
  readonly start: NewsForm
  /** The version of the news item that is edited. */
  readonly version?: number
  /** Keeps it in the account too. Absent: it is of this device alone. */
  readonly keeper?: Keeper
}

/** A form that an account holds; undefined if this app does not know it. */
const formOf = (kept: string): NewsForm | undefined => {
  try {
    const found = z.safeParse(NewsForm, JSON.parse(kept))
    return found.success ? found.data : undefined
  } catch {
    return undefined
  }
}

/** A draft of before there were files: those that hang on the item stay with it. */
const withFiles = (form: NewsForm, { attachments }: NewsForm): NewsForm =>
  form.attachments || !attachments ? form : { ...form, attachments }

/**
 * The form of a news item being written or edited, stored as a draft on the device: in localStorage on a personal one, in
 * sessionStorage on a shared one. Of two tabs with one draft, the one that did not store it last is told, and stores
 * nothing until its person has chosen.
 */
export const useDraftForm = ({ person, of, start, version, keeper }: DraftOptions) => {
  const session = useSession()
  // Of the session in which the form was opened: what is stored as it ends belongs there too.
  const [drafts] = useState(() => draftsIn(draftStore(session)))
  const [tab] = useState(() => randomId(8))
  const [found, setFound] = useState(() => drafts.read(person, of, serverDate()))
  const [form, setForm] = useState(found ? withFiles(found.form, start) : start)
  const [stored, setStored] = useState<'nothing' | 'stored' | 'kept' | 'failed'>('nothing')
  const [other, setOther] = useState<StoredDraft>()
  /** What is not stored yet. */
  const waiting = useRef<NewsForm>(undefined)
  /** How often the form was begun anew: files that arrive for an earlier one are not put into it. */
  const [round, setRound] = useState(0)
  /** When the draft was stored that this tab has read or stored last. */
  const known = useRef(found?.at.getTime())

  const another = (): StoredDraft | undefined => {
    const held = drafts.read(person, of, serverDate())
    return held && held.tab !== tab && held.at.getTime() !== known.current ? held : undefined
  }
  const done = (): void => {
    if (!keeper) return
    drafts.noteDone(person, of, serverDate())
    keeper.done(serverDate())
  }
  const save = (next: NewsForm): void => {
    waiting.current = undefined
    if (isSameForm(next, start)) {
      drafts.clear(person, of)
      setStored('nothing')
      done()
      return
    }
    const at = serverDate()
    known.current = at.getTime()
    const isStored = drafts.save(person, of, { form: next, at, tab, ...(version !== undefined && { version }) })
    // That it is in the account is not said anew each minute.
    setStored(before => (!isStored ? 'failed' : before === 'kept' ? before : 'stored'))
    keeper?.changed(JSON.stringify(next), at)
  }
  const show = (held: StoredDraft): void => {
    waiting.current = undefined
    known.current = held.at.getTime()
    setOther(undefined)
    setForm(withFiles(held.form, start))
  }
  /** Shows what another device has kept, or offers it where something is written here. */
  const meet = useRef((_: StoredDraft) => {})
  meet.current = held => {
    // The account may not have been told yet that this device is done with it.
    const last = Math.max(known.current ?? 0, drafts.doneAt(person, of))
    if (held.at.getTime() <= last || isSameForm(held.form, form)) return
    // What the account had of this device may be replaced, since the later draft was begun from it.
    const isKnown = found === undefined ? isSameForm(form, start) : found.isKept && isSameForm(form, found.form)
    if (waiting.current !== undefined || !isKnown) return setOther(held)
    drafts.save(person, of, { ...held, tab })
    show(held)
    setFound(held)
  }
  /** What was published or discarded on another device is not found here, if that device had it from this one. */
  const forget = useRef((_: Date) => {})
  forget.current = at => {
    if (!found?.isKept || found.at > at || waiting.current !== undefined || !isSameForm(form, found.form)) return
    drafts.clear(person, of)
    setFound(undefined)
    setForm(start)
  }
  const store = useRef(() => {})
  store.current = () => {
    if (waiting.current === undefined) return
    const held = another()
    if (held) setOther(held)
    else save(waiting.current)
  }

  useEffect(() => {
    const now = () => store.current()
    const timer = setTimeout(now, form === waiting.current ? saveDelay : 0)
    addEventListener('pagehide', now)
    return () => {
      clearTimeout(timer)
      removeEventListener('pagehide', now)
    }
  }, [form])
  const look = useRef(() => {})
  look.current = () => {
    const held = another()
    if (held && isSameForm(form, start)) show(held)
    else setOther(held)
  }
  useEffect(() => {
    const changed = ({ key, newValue }: StorageEvent) => {
      if (key === draftKey(person, of) && newValue !== null) look.current()
    }
    addEventListener('storage', changed)
    return () => removeEventListener('storage', changed)
  }, [person, of])
  // Stores what was typed last when the screen is left.
  useEffect(() => () => store.current(), [])
  useEffect(() => {
    if (!keeper) return
    const look = async () => {
      const kept = await keeper.read()
      if (!kept) return
      const [at, kind] = [new Date(kept.at), kept.form === undefined ? undefined : formOf(kept.form)]
      if (kind) meet.current({ form: kind, at, isKept: true })
      else if (kept.form === undefined) forget.current(at)
    }
    keeper.listen({
      onKept: at => {
        const held = drafts.read(person, of, serverDate())
        if (held?.at.getTime() === at.getTime()) drafts.save(person, of, { ...held, isKept: true })
        setStored(before => (before === 'stored' ? 'kept' : before))
      },
      onLater: () => void look(),
    })
    void look()
    const leave = () => {
      store.current()
      void keeper.flush(true)
    }
    const hide = () => document.visibilityState === 'hidden' && leave()
    document.addEventListener('visibilitychange', hide)
    addEventListener('pagehide', leave)
    return () => {
      document.removeEventListener('visibilitychange', hide)
      removeEventListener('pagehide', leave)
      leave()
    }
  }, [keeper, drafts, person, of])

  return {
    form,
    stored,
    /** The form's name, for the files that are on their way to it. */
    owner: `news.${of}.${round}`,
    /** The draft that was restored. */
    found,
    /** The draft as another tab has changed it since. */
    isElsewhere: other !== undefined,
    /** Shows that one instead. */
    take: (): void => {
      if (!other) return
      // What another device has kept becomes this one's.
      if (other.isKept) drafts.save(person, of, { ...other, tab })
      show(other)
    },
    /** Stores this one instead. */
    keep: (): void => {
      setOther(undefined)
      save(form)
    },
    change: (change: Partial<NewsForm>): void => {
      const next = { ...form, ...change }
      waiting.current = next
      setForm(next)
    },
    /** Deletes the draft and begins anew: after publishing, or when it is not wanted. The function restores it. */
    clear: (): (() => void) => {
      waiting.current = undefined
      drafts.clear(person, of)
      done()
      setStored('nothing')
      setFound(undefined)
      setOther(undefined)
      setForm(start)
      setRound(round + 1)
      return () => {
        save(form)
        setForm(form)
        // A form that was opened in this tab meanwhile is told, as one of another tab is by the browser.
        dispatchEvent(new StorageEvent('storage', { key: draftKey(person, of), newValue: '' }))
      }
    },
  }
}
