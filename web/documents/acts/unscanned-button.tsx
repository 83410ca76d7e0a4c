import { useState } from 'react'
import { documentsContract } from '../../../shared/documents/contract.ts'
import type { SpaceId } from '../../../shared/documents/shapes.ts'
import { call } from '../../platform/api.ts'
import { useTexts } from '../../platform/catalogue.ts'
import type { Failure } from '../../platform/failure.ts'
import { useFailureWords } from '../../platform/failure-words.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { FieldError } from '../../ui/field.tsx'
import { texts } from './texts.ts'

/** Saves what no scanner can look into: said before, since nobody knows what is in it. */
export const UnscannedButton = ({ space, entry }: { readonly space: SpaceId; readonly entry: string }) => {
  const t = useTexts(texts)
  const words = useFailureWords()
  const [isAsked, setAsked] = useState(false)
  const [failure, setFailure] = useState<Failure>()
  const save = async () => {
    const reply = await call(documentsContract.routes.unscanned, { params: { space, entry } })
    if (!reply.ok) return setFailure(reply.problem)
    setAsked(false)
    // The bucket has it saved: the page stays.
    location.assign(reply.value.url)
  }
  return (
    <>
      <Button icon="download" onClick={() => setAsked(true)}>
        {t('documents.unscanned')}
      </Button>
      <Dialog
        open={isAsked}
        onClose={() => setAsked(false)}
        title={t('documents.unscanned.title')}
        actions={
          <Button variant="danger" icon="download" onClick={save}>
            {t('documents.unscanned.save')}
          </Button>
        }
      >
        <p>{t('documents.unscanned.words')}</p>
        {failure && <FieldError role="alert">{words(failure)}</FieldError>}
      </Dialog>
    </>
  )
}
