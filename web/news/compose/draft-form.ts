import { useEffect, useMemo, useRef, useState } from 'react'
import { useSession } from '../../platform/api.ts'
import { serverDate } from '../../platform/server-time.ts'
import { localStore, sessionStore } from '../../platform/storage.ts'
import { draftsIn } from './draft.ts'
import { emptyForm, type NewsForm } from './form.ts'

/** Milliseconds without typing after which the draft is stored. */
const saveDelay = 400

/**
 * The form of a news item being written for a school, stored as a draft on the device: in localStorage on a personal one,
 * in sessionStorage on a shared one.
 */
export const useDraftForm = (person: string, uai: string) => {
  const session = useSession()
  const isPersonal = session.state === 'signed-in' && session.personal
  const drafts = useMemo(() => draftsIn(isPersonal ? localStore : sessionStore), [isPersonal])
  const [found, setFound] = useState(() => drafts.read(person, uai, serverDate()))
  const [form, setForm] = useState(found?.form ?? emptyForm)
  const [stored, setStored] = useState<'nothing' | 'stored' | 'failed'>('nothing')
  /** What is not stored yet. */
  const waiting = useRef<NewsForm>(undefined)

  useEffect(() => {
    const store = () => {
      if (waiting.current === undefined) return
      const isStored = drafts.save(person, uai, waiting.current, serverDate())
      waiting.current = undefined
      setStored(isStored ? 'stored' : 'failed')
    }
    const timer = setTimeout(store, form === waiting.current ? saveDelay : 0)
    addEventListener('pagehide', store)
    return () => {
      clearTimeout(timer)
      removeEventListener('pagehide', store)
    }
  }, [drafts, person, uai, form])
  // Stores what was typed last when the screen is left.
  useEffect(
    () => () => {
      if (waiting.current) drafts.save(person, uai, waiting.current, serverDate())
    },
    [drafts, person, uai],
  )

  return {
    form,
    stored,
    /** When the draft that was restored had been stored. */
    foundAt: found?.at,
    change: (change: Partial<NewsForm>): void => {
      const next = { ...form, ...change }
      waiting.current = next
      setForm(next)
    },
    /** Deletes the draft and empties the form: after publishing, or to begin anew. */
    clear: (): void => {
      waiting.current = undefined
      drafts.clear(person, uai)
      setStored('nothing')
      setFound(undefined)
      setForm(emptyForm)
    },
  }
}
