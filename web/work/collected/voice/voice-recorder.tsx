import { useTexts } from '../../../platform/catalogue.ts'
import { Button } from '../../../ui/button.tsx'
import { FieldError } from '../../../ui/field.tsx'
import { texts } from './texts.ts'
import { longestVoice, useRecorder } from './use-recorder.ts'
import styles from './voice-recorder.module.css'

/** Minutes and seconds as players show them. */
const clock = (seconds: number): string => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`

/** Records a remark, which is sent as a file. It says while the microphone is open, and what to do where it is refused. */
export const VoiceRecorder = ({ onRecorded }: { readonly onRecorded: (file: File) => void }) => {
  const t = useTexts(texts)
  const { canRecord, state, seconds, start, stop } = useRecorder(t('work.voice.name'), onRecorded)
  if (!canRecord) return <p className={styles.soft}>{t('work.voice.none')}</p>
  const isRecording = state === 'recording'
  return (
    <div className={styles.voice}>
      {isRecording ? (
        <Button variant="danger" icon="pause" onClick={stop}>
          {t('work.voice.stop', { at: clock(seconds), most: clock(longestVoice) })}
        </Button>
      ) : (
        <Button icon="sound" busy={state === 'asking'} onClick={() => void start()}>
          {t('work.voice.record')}
        </Button>
      )}
      <p role="status" className={isRecording ? styles.open : styles.none}>
        {isRecording && t('work.voice.open')}
      </p>
      {(state === 'denied' || state === 'missing' || state === 'failed') && (
        <FieldError role="alert">{t(`work.voice.${state}`)}</FieldError>
      )}
    </div>
  )
}
