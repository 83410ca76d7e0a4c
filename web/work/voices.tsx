import type { ReadFile } from '../../shared/work/hand-in.ts'
import { useOnline } from '../platform/online.ts'
import { kindOf } from '../ui/files/kinds.ts'
import styles from './voices.module.css'

/** True of sound that can be played now. */
const isPlayable = ({ type, link }: ReadFile): boolean => kindOf(type) === 'sound' && link !== undefined

/** Parts the files of a return: sound that stands beside the comment to be played, and the rest. */
export const useVoices = (files: readonly ReadFile[] = []) => {
  const isOnline = useOnline()
  const voices = isOnline ? files.filter(isPlayable) : []
  return { voices, rest: files.filter(one => !voices.includes(one)) }
}

/** Players of what was said. */
export const Voices = ({ of }: { readonly of: readonly ReadFile[] }) =>
  of.map(({ file, name, link }) => (
    // biome-ignore lint/a11y/useMediaCaption: what people record has no captions
    <audio key={file} className={styles.voice} src={link} aria-label={name} title={name} controls preload="metadata" />
  ))
