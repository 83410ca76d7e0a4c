import { useEffect, useEffectEvent, useRef, useState } from 'react'

/** The most seconds of a remark. */
export const longestVoice = 120

/** Bits a second: speech is clear, and two minutes are half a megabyte. */
const rate = 32_000

/** What browsers record, with the ending of its name; the first that this one does. Every browser plays the first. */
const formats = [
  ['audio/mp4', 'm4a'],
  ['audio/webm', 'webm'],
  ['audio/ogg', 'ogg'],
] as const

/** What one can do: `denied` the microphone is refused, `missing` there is none, `failed` it does not work. */
export type VoiceState = 'idle' | 'asking' | 'recording' | 'denied' | 'missing' | 'failed'

type Recording = { readonly recorder: MediaRecorder; readonly stream: MediaStream }

const stateAfter = (error: unknown): VoiceState => {
  const name = error instanceof DOMException ? error.name : ''
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied'
  return name === 'NotFoundError' ? 'missing' : 'failed'
}

/** The format in which this browser records; undefined if it does not. */
const formatHere = () => {
  if (typeof MediaRecorder === 'undefined' || !navigator.mediaDevices) return undefined
  return formats.find(([type]) => MediaRecorder.isTypeSupported(type))
}

const release = ({ stream }: Recording): void => {
  for (const track of stream.getTracks()) track.stop()
}

/**
 * Records a voice as a file, for `longestVoice` seconds at most. It ends when the screen is left, and what was said until
 * then is kept. The microphone is open while it records, and not longer.
 */
export const useRecorder = (name: string, onRecorded: (file: File) => void) => {
  const recording = useRef<Recording>(undefined)
  const isLeft = useRef(false)
  const [state, setState] = useState<VoiceState>('idle')
  const [seconds, setSeconds] = useState(0)
  const format = formatHere()

  const stop = (): void => {
    if (recording.current?.recorder.state === 'recording') recording.current.recorder.stop()
  }

  const take = (pieces: readonly Blob[], [type, ending]: NonNullable<typeof format>): void => {
    if (pieces.some(({ size }) => size > 0)) onRecorded(new File([...pieces], `${name}.${ending}`, { type }))
  }

  const start = async (): Promise<void> => {
    if (!format || recording.current) return
    setState('asking')
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true })
      const recorder = new MediaRecorder(stream, { mimeType: format[0], audioBitsPerSecond: rate })
      const current = { recorder, stream }
      // Allowed after another pupil has come on the screen.
      if (isLeft.current) return release(current)
      const pieces: Blob[] = []
      recorder.ondataavailable = ({ data }) => pieces.push(data)
      recorder.onstop = () => {
        release(current)
        recording.current = undefined
        setState('idle')
        take(pieces, format)
      }
      recording.current = current
      recorder.start()
      setSeconds(0)
      setState('recording')
    } catch (error) {
      setState(stateAfter(error))
    }
  }

  const tick = useEffectEvent(() => {
    if (seconds + 1 >= longestVoice) stop()
    setSeconds(seconds + 1)
  })
  useEffect(() => {
    if (state !== 'recording') return undefined
    const timer = setInterval(() => tick(), 1_000)
    return () => clearInterval(timer)
  }, [state])
  const leave = useEffectEvent(stop)
  useEffect(() => {
    isLeft.current = false
    return () => {
      isLeft.current = true
      leave()
    }
  }, [])

  return { canRecord: format !== undefined, state, seconds, start, stop }
}
