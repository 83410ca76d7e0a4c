import { useEffect, useRef, useState } from 'react'
import { randomId } from '../../../shared/kernel/ids.ts'
import { useSession } from '../../platform/api.ts'
import { serverDate } from '../../platform/server-time.ts'
import { localStore, sessionStore } from '../../platform/storage.ts'
import { draftKey, draftsIn, type StoredDraft, type Subject } from './draft.ts'
import { isSameForm, type NewsForm } from './form.ts'

/** Milliseconds without typing after which the draft is stored. */
const saveDelay = 400

type DraftOptions = {
  readonly person: string
  readonly of: Subject
  /** The form when there is no draft: what is not written, and need not be stored. */
  readonly start: NewsForm
  /** The version of the news item that is edited. */
  readonly version?: number
}

/** A draft of before there were files: those that hang on the item stay with it. */
const withFiles = (form: NewsForm, { attachments }: NewsForm): NewsForm =>
  form.attachments || !attachments ? form : { ...form, attachments }

/**
 * The form of a news item being written or edited, stored as a draft on the device: in localStorage on a personal one, in
 * sessionStorage on a shared one. Of two tabs with one draft, the one that did not store it last is told, and stores
 * nothing until its person has chosen.
 */
export const useDraftForm = ({ person, of, start, version }: DraftOptions) => {
  const session = useSession()
  // Of the session in which the form was opened: what is stored as it ends belongs there too.
  const [drafts] = useState(() =>
    draftsIn(session.state === 'signed-in' && session.personal ? localStore : sessionStore),
  )
  const [tab] = useState(() => randomId(8))
  const [found, setFound] = useState(() => drafts.read(person, of, serverDate()))
  const [form, setForm] = useState(found ? withFiles(found.form, start) : start)
  const [stored, setStored] = useState<'nothing' | 'stored' | 'failed'>('nothing')
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
  const save = (next: NewsForm): void => {
    waiting.current = undefined
    if (isSameForm(next, start)) {
      drafts.clear(person, of)
      setStored('nothing')
      return
    }
    const at = serverDate()
    known.current = at.getTime()
    const isStored = drafts.save(person, of, { form: next, at, tab, ...(version !== undefined && { version }) })
    setStored(isStored ? 'stored' : 'failed')
  }
  const show = (held: StoredDraft): void => {
    waiting.current = undefined
    known.current = held.at.getTime()
    setOther(undefined)
    setForm(withFiles(held.form, start))
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
      if (other) show(other)
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
