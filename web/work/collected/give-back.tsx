import type { CollectedHandIn } from '../../../shared/work/hand-in.ts'
import { isLegal } from '../../../shared/work/hand-in-states.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useFailureWords } from '../../platform/failure-words.ts'
import { useWrite } from '../../platform/write.ts'
import { Button } from '../../ui/button.tsx'
import { toast } from '../../ui/toast.tsx'
import { texts as shared } from '../texts.ts'
import { writes } from '../writes.ts'
import type { PupilNote } from './notes.ts'
import { texts } from './texts.ts'

type Saved = (note: PupilNote) => boolean

/** When the note was typed that the API has of a pupil. */
const notedAt = ({ note }: CollectedHandIn, typed: PupilNote | undefined): string | undefined =>
  typed?.savedAt ?? note?.at

/** True if a hand-in can be given back as it is seen: nothing that was typed waits to be saved. */
const isReady = ({ state }: CollectedHandIn, typed: PupilNote | undefined, isSaved: Saved): boolean =>
  isLegal('giveBack', state) && (typed === undefined || isSaved(typed))

/** Gives hand-ins back, and says how many were, and how many changed meanwhile. */
const useGiveBack = (piece: string) => {
  const t = useTexts(texts, shared)
  const words = useFailureWords()
  const { send, state } = useWrite(writes.giveBack)
  const give = (items: readonly CollectedHandIn[], typed: ReadonlyMap<string, PupilNote>) =>
    send(
      {
        params: { piece },
        body: {
          items: items.flatMap(item => {
            const at = notedAt(item, typed.get(item.id))
            return item.current
              ? [{ pupil: item.id, version: item.current.id, ...(at !== undefined && { notedAt: at }) }]
              : []
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

type GiveAllProps = {
  readonly piece: string
  readonly items: readonly CollectedHandIn[]
  readonly typed: ReadonlyMap<string, PupilNote>
  readonly isSaved: Saved
}

/** Gives back all of which something was written. */
export const GiveAll = ({ piece, items, typed, isSaved }: GiveAllProps) => {
  const t = useTexts(texts)
  const { give, isSending } = useGiveBack(piece)
  const ready = items.filter(
    item => isReady(item, typed.get(item.id), isSaved) && notedAt(item, typed.get(item.id)) !== undefined,
  )
  if (ready.length === 0) return null
  return (
    <Button variant="primary" busy={isSending} onClick={() => give(ready, typed)}>
      {t('work.collected.giveAll', { count: ready.length })}
    </Button>
  )
}

type GiveOneProps = {
  readonly piece: string
  readonly of: CollectedHandIn
  readonly typed: PupilNote | undefined
  readonly isSaved: Saved
  /** Files that are to go with it are on their way. */
  readonly isArriving: boolean
}

/** Gives one back, with or without something written of it. */
export const GiveOne = ({ piece, of, typed, isSaved, isArriving }: GiveOneProps) => {
  const t = useTexts(texts)
  const { give, isSending } = useGiveBack(piece)
  if (!isLegal('giveBack', of.state)) return null
  return (
    <Button
      busy={isSending || isArriving || !isReady(of, typed, isSaved)}
      onClick={() => give([of], new Map(typed ? [[of.id, typed]] : []))}
    >
      {t('work.collected.giveBack')}
    </Button>
  )
}
