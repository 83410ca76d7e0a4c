import type { IconName } from '../icon.tsx'

/** What can be shown of a file within the page; everything else is saved. */
export type Kind = 'image' | 'sound' | 'film' | 'pdf' | 'text' | 'file'

/** Types that are shown, as the API decides it (functions/documents/disposition.ts). */
const kinds: readonly (readonly [RegExp, Kind])[] = [
  [/^image\/(gif|jpeg|png|webp)$/, 'image'],
  [/^audio\//, 'sound'],
  [/^video\//, 'film'],
  [/^application\/pdf$/, 'pdf'],
  [/^text\/plain$/, 'text'],
]

/** The kind of a file of that media type. */
export const kindOf = (type: string): Kind => kinds.find(([types]) => types.test(type))?.[1] ?? 'file'

const icons = {
  image: 'image',
  sound: 'sound',
  film: 'film',
  pdf: 'file',
  text: 'file',
  file: 'file',
} as const satisfies Readonly<Record<Kind, IconName>>

/** The icon of a file of that media type: that of a picture also where the browser cannot show it. */
export const fileIcon = (type: string): IconName => (type.startsWith('image/') ? 'image' : icons[kindOf(type)])
