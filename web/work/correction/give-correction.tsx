import { Suspense, useState } from 'react'
import { isBlank } from '../../../shared/kernel/text.ts'
import { type Correction, longestCorrection } from '../../../shared/work/correction.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useFailureWords } from '../../platform/failure-words.ts'
import { useWrite } from '../../platform/write.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { FieldError } from '../../ui/field.tsx'
import { type ChosenFile, chosenOf } from '../../ui/files/chosen-file.ts'
import type { FilesState } from '../../ui/files/file-chooser.ts'
import { FileField } from '../../ui/files/file-field.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { TextArea } from '../../ui/text-area.tsx'
import { toast } from '../../ui/toast.tsx'
import { writes } from '../writes.ts'
import styles from './correction-card.module.css'
import { texts } from './texts.ts'

type GiveCorrectionProps = {
  readonly piece: string
  /** What the class has now. */
  readonly given: Correction | undefined
}

type Form = { readonly text: string; readonly files: readonly ChosenFile[] }

/** Gives the class a correction, changes it, or withdraws it. What is typed stays while the dialog is closed. */
export const GiveCorrection = ({ piece, given }: GiveCorrectionProps) => {
  const t = useTexts(texts)
  const words = useFailureWords()
  const giving = useWrite(writes.giveCorrection)
  const withdrawing = useWrite(writes.withdrawCorrection)
  const [isOpen, setOpen] = useState(false)
  const [typed, setTyped] = useState<Form>()
  const [files, setFiles] = useState<FilesState>('ready')
  const [isEmpty, setEmpty] = useState(false)
  const form = typed ?? { text: given?.text ?? '', files: chosenOf(given?.attachments) }
  const change = (changed: Partial<Form>) => {
    setEmpty(false)
    setTyped({ ...form, ...changed })
  }
  const close = (said: string) => () => {
    setOpen(false)
    setTyped(undefined)
    toast({ text: said })
  }
  const give = () => {
    const attachments = form.files.map(({ id }) => id)
    const text = isBlank(form.text) ? {} : { text: form.text }
    if (isBlank(form.text) && attachments.length === 0) return setEmpty(true)
    giving.send({ params: { piece }, body: { ...text, attachments } }, { onDone: close(t('work.correction.given')) })
  }
  const withdraw = () => withdrawing.send({ params: { piece } }, { onDone: close(t('work.correction.withdrawn')) })
  const failure = giving.failure ?? withdrawing.failure
  return (
    <>
      <Button icon="work" onClick={() => setOpen(true)}>
        {t(given ? 'work.correction.change' : 'work.correction.give')}
      </Button>
      <Dialog
        open={isOpen}
        onClose={() => setOpen(false)}
        title={t('work.correction.title')}
        actions={
          <>
            <Button variant="primary" busy={giving.state === 'sending' || files === 'sending'} onClick={give}>
              {t('work.correction.act')}
            </Button>
            {given && (
              <Button variant="danger" busy={withdrawing.state === 'sending'} onClick={withdraw}>
                {t('work.correction.withdraw')}
              </Button>
            )}
          </>
        }
      >
        <div className={styles.form}>
          <p>{t('work.correction.who')}</p>
          <TextArea
            label={t('work.correction.text')}
            value={form.text}
            rows={8}
            maxLength={longestCorrection}
            error={isEmpty && t('work.correction.empty')}
            onChange={text => change({ text })}
          />
          <Suspense fallback={<Skeleton rows={2} />}>
            <FileField
              owner={`correction ${piece}`}
              files={form.files}
              onChange={next => change({ files: next })}
              onState={setFiles}
              failure={giving.failure}
            />
          </Suspense>
          {failure && <FieldError role="alert">{words(failure)}</FieldError>}
        </div>
      </Dialog>
    </>
  )
}
