import { Suspense } from 'react'
import { chosenOf } from '../../../ui/files/chosen-file.ts'
import type { FilesState } from '../../../ui/files/file-chooser.ts'
import { FileField } from '../../../ui/files/file-field.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { useVoices, Voices } from '../../voices.tsx'
import type { PupilNote, Written } from '../notes.ts'
import { VoiceRecorder } from '../voice/voice-recorder.tsx'
import { useHandIn } from './use-hand-in.ts'

type ReturnFilesProps = {
  readonly piece: string
  readonly pupil: string
  readonly written: Written
  readonly typed: PupilNote | undefined
  readonly onType: (written: Written) => void
  readonly onState: (state: FilesState) => void
}

/** The files that go back with a hand-in: saved with the comment, and shown to nobody before it is given back. */
export const ReturnFiles = ({ piece, pupil, written, typed, onType, onState }: ReturnFilesProps) => {
  const { data } = useHandIn(piece, pupil)
  const { voices } = useVoices(data?.note?.files)
  const files = typed?.files ?? (data && chosenOf(data.note?.files))
  // What hangs there has to be known before it is changed.
  if (!files) return <Skeleton rows={2} />
  return (
    <Suspense fallback={<Skeleton rows={2} />}>
      <Voices of={voices.filter(({ file }) => files.some(({ id }) => id === file))} />
      <FileField
        owner={`return ${piece} ${pupil}`}
        files={files}
        onChange={next => onType({ ...written, files: [...next] })}
        onState={onState}
        failure={typed?.failure}
        more={add => (
          <VoiceRecorder
            onRecorded={file => {
              add(file)
              // Also of a pupil whom one has left while it was recorded.
              onState('sending')
            }}
          />
        )}
      />
    </Suspense>
  )
}
