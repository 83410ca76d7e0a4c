import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTexts } from '../../platform/catalogue.ts'
import { FieldError } from '../field.tsx'
import { texts } from './field-texts.ts'
import type { FilesState } from './file-chooser.ts'

/**
 * Sends a form once its files have arrived. `submit`: to call when one wants to send; `isAwaited`: it was called, and files
 * are on their way; `said`: what it waits for, or that a file failed, after which one sends again oneself.
 */
export const useFilesFirst = (send: () => void) => {
  const t = useTexts(texts)
  const [state, setState] = useState<FilesState>('ready')
  const [asked, setAsked] = useState<'no' | 'waiting' | 'failed'>('no')
  const latest = useRef(send)
  latest.current = send
  useEffect(() => {
    if (asked === 'waiting' && state === 'ready') {
      setAsked('no')
      latest.current()
    }
    if (asked === 'waiting' && state === 'failed') setAsked('failed')
    if (asked === 'failed' && state !== 'failed') setAsked('no')
  }, [asked, state])
  const said: Readonly<Record<typeof asked, ReactNode>> = {
    no: null,
    waiting: state === 'sending' && <p role="status">{t('ui.files.sending')}</p>,
    failed: <FieldError role="alert">{t('ui.files.failed')}</FieldError>,
  }
  return { onState: setState, submit: () => setAsked('waiting'), isAwaited: asked === 'waiting', said: said[asked] }
}
