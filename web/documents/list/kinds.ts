import type { Entry } from '../../../shared/documents/shapes.ts'
import type { IconName } from '../../ui/icon.tsx'

/** What can be shown of a file within the page; everything else is saved. */
export type Kind = 'folder' | 'image' | 'sound' | 'film' | 'pdf' | 'text' | 'file'

/** Types that are shown, as the API decides it (functions/documents/disposition.ts). */
const kinds: readonly (readonly [RegExp, Kind])[] = [
  [/^image\/(gif|jpeg|png|webp)$/, 'image'],
  [/^audio\//, 'sound'],
  [/^video\//, 'film'],
  [/^application\/pdf$/, 'pdf'],
  [/^text\/plain$/, 'text'],
]

export const kindOf = ({ file }: Pick<Entry, 'file'>): Kind =>
  file ? (kinds.find(([types]) => types.test(file.type))?.[1] ?? 'file') : 'folder'

const icons = {
  folder: 'folder',
  image: 'image',
  sound: 'sound',
  film: 'film',
  pdf: 'file',
  text: 'file',
  file: 'file',
} as const satisfies Readonly<Record<Kind, IconName>>

export const iconOf = (entry: Pick<Entry, 'file'>): IconName =>
  entry.file?.type.startsWith('image/') ? 'image' : icons[kindOf(entry)]
