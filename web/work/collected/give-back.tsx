import { useRef } from 'react'
import type { CollectedHandIn } from '../../../shared/work/hand-in.ts'
import { isLegal } from '../../../shared/work/hand-in-states.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useFailureWords } from '../../platform/failure-words.ts'
import { useWrite } from '../../platform/write.ts'
import { Button } from '../../ui/button.tsx'
import { toast } from '../../ui/toast.tsx'
import { texts as shared } from '../texts.ts'
import { writes } from '../writes.ts'
import { areSaved, type Drawings, timesDrawn } from './drawing/drawings.ts'
import { isAlt, useKeys } from './keys.ts'
import type { PupilNote } from './notes.ts'
import { texts } from './texts.ts'
import { isSaved } from './unsaved.ts'

/** When the note was typed that the API has of a pupil. */
const notedAt = ({ note }: CollectedHandIn, typed: PupilNote | undefined): string | undefined =>
  typed?.savedAt ?? note?.at

/** What was made of hand-ins here: typed by pupil, and drawn. */
type MadeHere = { readonly typed: ReadonlyMap<string, PupilNote>; readonly drawings: Drawings }

/** True if a hand-in can be given back as it is seen: nothing that was typed or drawn waits to be saved. */
const isReady = ({ id, state }: CollectedHandIn, { typed, drawings }: MadeHere): boolean => {
  const note = typed.get(id)
  return isLegal('giveBack', state) && (note === undefined || isSaved(note)) && areSaved(drawings, id)
}

/** Gives hand-ins back, and says how many were, and how many changed meanwhile. */
const useGiveBack = (piece: string) => {
  const t = useTexts(texts, shared)
  const words = useFailureWords()
  const { send, state } = useWrite(writes.giveBack)
  const give = (items: readonly CollectedHandIn[], { typed, drawings }: MadeHere) =>
    send(
      {
        params: { piece },
        body: {
          items: items.flatMap(item => {
            const at = notedAt(item, typed.get(item.id))
            const drawn = timesDrawn(drawings, item)
            const seen = { ...(at !== undefined && { notedAt: at }), ...(drawn !== undefined && { drawings: drawn }) }
            return item.current ? [{ pupil: item.id, version: item.current.id, ...seen }] : []
          }),
        },
      },
      {
        onDone: ({ returned }) => {
          const stayed = items.length - returned.length
          toast({
            text: [
              t('work.collected.given', { count: returned.length }),
              stayed > 0 && t('work.collected.stayed', { count: stayed }),
            ]
              .filter(Boolean)
              .join(' '),
          })
        },
        onFailed: failure => toast({ text: words(failure) }),
      },
    )
  return { give, isSending: state === 'sending' }
}

type GiveAllProps = MadeHere & { readonly piece: string; readonly items: readonly CollectedHandIn[] }

/** Gives back all of which something was written, or on which something was drawn. */
export const GiveAll = ({ piece, items, typed, drawings }: GiveAllProps) => {
  const t = useTexts(texts)
  const { give, isSending } = useGiveBack(piece)
  const ready = items.filter(
    item =>
      isReady(item, { typed, drawings }) &&
      (notedAt(item, typed.get(item.id)) !== undefined || timesDrawn(drawings, item) !== undefined),
  )
  const button = useRef<HTMLButtonElement>(null)
  useKeys(event => (isAlt(event) && event.code === 'KeyR' ? () => button.current?.focus() : undefined))
  if (ready.length === 0) return null
  return (
    <Button ref={button} variant="primary" busy={isSending} onClick={() => give(ready, { typed, drawings })}>
      {t('work.collected.giveAll', { count: ready.length })}
    </Button>
  )
}

type GiveOneProps = MadeHere & {
  readonly piece: string
  readonly of: CollectedHandIn
  /** Files that are to go with it are on their way. */
  readonly isArriving: boolean
}

/** Gives one back, with or without something written of it. */
export const GiveOne = ({ piece, of, typed, drawings, isArriving }: GiveOneProps) => {
  const t = useTexts(texts)
  const { give, isSending } = useGiveBack(piece)
  if (!isLegal('giveBack', of.state)) return null
  return (
    <Button
      busy={isSending || isArriving || !isReady(of, { typed, drawings })}
      onClick={() => give([of], { typed, drawings })}
    >
      {t('work.collected.giveBack')}
    </Button>
  )
}
