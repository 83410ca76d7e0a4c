import { useEffect, useMemo, useRef, useState } from 'react'
import { useSession } from '../../platform/api.ts'
import { lasting, passingStorage } from '../../platform/storage.ts'
import { draftsIn } from './draft.ts'
import { emptyForm, type NewsForm } from './form.ts'

/** Milliseconds without a further sign before what was written is kept. */
const pause = 400

/**
 * The fields of a news item being written for a school, kept on the device: on a personal one until published, on
 * another until the tab closes.
 */
export const useKeptForm = (person: string, uai: string) => {
  const session = useSession()
  const isPersonal = session.state === 'signed-in' && session.personal
  const drafts = useMemo(() => draftsIn(isPersonal ? lasting : passingStorage), [isPersonal])
  const [found, setFound] = useState(() => drafts.read(person, uai, new Date()))
  const [form, setForm] = useState(found?.form ?? emptyForm)
  const [kept, setKept] = useState<'nothing' | 'kept' | 'refused'>('nothing')
  /** What is not kept yet. */
  const waiting = useRef<NewsForm>(undefined)

  useEffect(() => {
    const keep = () => {
      if (waiting.current === undefined) return
      const isKept = drafts.save(person, uai, waiting.current, new Date())
      waiting.current = undefined
      setKept(isKept ? 'kept' : 'refused')
    }
    const timer = setTimeout(keep, form === waiting.current ? pause : 0)
    addEventListener('pagehide', keep)
    return () => {
      clearTimeout(timer)
      removeEventListener('pagehide', keep)
    }
  }, [drafts, person, uai, form])
  // Leaving the screen keeps the last signs too.
  useEffect(
    () => () => {
      if (waiting.current) drafts.save(person, uai, waiting.current, new Date())
    },
    [drafts, person, uai],
  )

  return {
    form,
    kept,
    /** When the draft that was found had been kept. */
    foundAt: found?.at,
    change: (change: Partial<NewsForm>): void => {
      const next = { ...form, ...change }
      waiting.current = next
      setForm(next)
    },
    /** After publishing, or to begin anew: nothing is kept any more. */
    clear: (): void => {
      waiting.current = undefined
      drafts.clear(person, uai)
      setKept('nothing')
      setFound(undefined)
      setForm(emptyForm)
    },
  }
}
