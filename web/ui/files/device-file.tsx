import { useTexts } from '../../platform/catalogue.ts'
import { isMissing, saveDeviceFile, sendFilesSoon, useDeviceFiles } from '../../platform/device-files/device-files.ts'
import type { FileState } from '../../platform/device-files/files.ts'
import { useFailureWords } from '../../platform/failure-words.ts'
import { useOnline } from '../../platform/online.ts'
import { Button } from '../button.tsx'
import { VisuallyHidden } from '../visually-hidden.tsx'
import type { ChosenFile } from './chosen-file.ts'
import styles from './device-file.module.css'
import { texts } from './device-file-texts.ts'
import { useBytes } from './sizes.ts'

const wordsOfRefusals = ['file-too-large', 'space-full', 'refused-type', 'refused-damaged'] as const

/** How far a file is that is kept on this device, in words. */
const useStateWords = (): ((state: FileState) => string) => {
  const t = useTexts(texts)
  const words = useFailureWords()
  const bytes = useBytes()
  const isOnline = useOnline()
  return ({ step, failure, file, sent }) => {
    if (step === 'refused' && failure) {
      const type = wordsOfRefusals.find(one => one === failure.type)
      const { needed = file.length, left = 0 } = failure.room ?? {}
      return type ? t(`ui.device.${type}`, { needed: bytes(needed), rest: bytes(left) }) : words(failure)
    }
    if (step === 'arrived') return t('ui.device.arrived')
    if (!isOnline || failure?.type === 'unreachable') return t('ui.device.waiting')
    if (step === 'sending') return t('ui.device.sending', { sent: bytes(sent), length: bytes(file.length) })
    if (step === 'arriving' || step === 'preparing') return t(`ui.device.${step}`)
    return t(failure ? 'ui.device.soon' : 'ui.device.kept')
  }
}

type DeviceFileProps = {
  readonly of: ChosenFile
  /** It is chosen in a form: it can be sent again by itself if it was refused, and nothing else says that it is not kept. */
  readonly inForm?: boolean
}

/**
 * Beside the name of a file that is kept on this device: how far it is, and what can be done. It can be saved elsewhere for
 * as long as it has not arrived.
 */
export const DeviceFileState = ({ of, inForm = false }: DeviceFileProps) => {
  const t = useTexts(texts)
  const wordsOf = useStateWords()
  const state = useDeviceFiles().get(of.id)
  const { name } = of
  if (!state) return isMissing(of.id) && <span className={styles.wrong}>{t('ui.device.missing')}</span>
  const isRefused = state.step === 'refused'
  const isUnkept = !state.isKept && state.step !== 'arrived'
  return (
    <>
      <span className={isRefused ? styles.wrong : styles.state}>{wordsOf(state)}</span>
      {isUnkept && inForm && (
        <span role="alert" className={styles.wrong}>
          {t('ui.device.unkept')}
        </span>
      )}
      {(isRefused || isUnkept || !inForm) && state.step !== 'arrived' && (
        <span className={styles.acts}>
          <Button variant="quiet" onClick={() => void saveDeviceFile(of)}>
            {t('ui.device.save')}
            <VisuallyHidden> · {name}</VisuallyHidden>
          </Button>
          {isRefused && inForm && (
            <Button variant="quiet" onClick={() => sendFilesSoon([of.id])}>
              {t('ui.device.retry')}
              <VisuallyHidden> · {name}</VisuallyHidden>
            </Button>
          )}
        </span>
      )}
    </>
  )
}
