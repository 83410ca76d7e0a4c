import type { KeptFile } from '../../../shared/kernel/attachment.ts'
import type { Owned } from '../../documents/private-attachments.ts'
import type { HandInItem, VersionItem } from './patterns.ts'

/** Whose items files of hand-ins and of returns hang on. */
export const ownedBy = (pupil: string): Owned => ({ feature: 'hand-ins', person: pupil })

/** The item on which files of a version hang, among those of its pupil. */
export const versionItem = (piece: string, version: string): string => `${piece}.${version}`

/** The item on which files of a return hang, among those of its pupil. */
export const returnItem = (piece: string): string => piece

/** The files that hang on a return: those of the comment, and what was given back last. */
export const filesOfReturn = ({ files = [], returned }: Pick<HandInItem, 'files' | 'returned'>): KeptFile[] => [
  ...new Map([...files, ...(returned?.files ?? [])].map(one => [one.file, one])).values(),
]

/** As whom somebody reads a hand-in. */
type Reading = { readonly as: 'pupil' | 'guardian' | 'teacher'; readonly item: HandInItem | undefined }

/** The versions of a hand-in that somebody reads: a guardian those that they handed in themselves. */
export const readableBy = (
  reader: string,
  { as }: Pick<Reading, 'as'>,
  versions: readonly VersionItem[],
): VersionItem[] => versions.filter(({ by }) => as !== 'guardian' || by.id === reader)

/** The files of a return that somebody reads: before it is given back none but the teacher's. */
export const returnFilesFor = ({ as, item }: Reading): KeptFile[] =>
  item ? filesOfReturn(as === 'teacher' ? item : { returned: item.returned }) : []
