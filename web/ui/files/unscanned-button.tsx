import { useState } from 'react'
import type { Result } from '../../../shared/kernel/result.ts'
import { useTexts } from '../../platform/catalogue.ts'
import type { Failure } from '../../platform/failure.ts'
import { useFailureWords } from '../../platform/failure-words.ts'
import { Button } from '../button.tsx'
import { Dialog } from '../dialog.tsx'
import { FieldError } from '../field.tsx'
import { texts } from './unscanned-texts.ts'

/** Asks for the address from which the bucket has a file saved. */
export type AskUnscanned = () => Promise<Result<{ readonly url: string }, Failure>>

/** Saves what no scanner can look into: said before, since nobody knows what is in it. */
export const UnscannedButton = ({ ask }: { readonly ask: AskUnscanned }) => {
  const t = useTexts(texts)
  const words = useFailureWords()
  const [isAsked, setAsked] = useState(false)
  const [failure, setFailure] = useState<Failure>()
  const save = async () => {
    const reply = await ask()
    if (!reply.ok) return setFailure(reply.problem)
    setAsked(false)
    // The bucket has it saved: the page stays.
    location.assign(reply.value.url)
  }
  return (
    <>
      <Button icon="download" onClick={() => setAsked(true)}>
        {t('ui.file.unscanned.offer')}
      </Button>
      <Dialog
        open={isAsked}
        onClose={() => setAsked(false)}
        title={t('ui.file.unscanned.offer.title')}
        actions={
          <Button variant="danger" icon="download" onClick={save}>
            {t('ui.file.unscanned.offer.save')}
          </Button>
        }
      >
        <p>{t('ui.file.unscanned.offer.words')}</p>
        {failure && <FieldError role="alert">{words(failure)}</FieldError>}
      </Dialog>
    </>
  )
}
