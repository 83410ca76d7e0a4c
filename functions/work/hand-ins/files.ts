import type { KeptFile, Owned } from '../../documents/private-attachments.ts'
import type { HandInItem } from './patterns.ts'

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
