import type { Key } from '../../platform/pattern.ts'
import type { SourceItem } from '../patterns.ts'

/** A key as one text. `|` stands in no partition key. */
export const keyText = ({ pk, sk }: Key): string => `${pk}|${sk}`

export const keyOfText = (text: string): Key => {
  const at = text.indexOf('|')
  return { pk: text.slice(0, at), sk: text.slice(at + 1) }
}

/** A row of a school's roster, also of those who left. */
export const isMember = (key: Key): boolean => key.pk.startsWith('S#') && key.sk.startsWith('M#')

/** A person's rows that are compared with their source item: in rosters, and among those kept without access. */
export const isCompared = (key: Key): boolean =>
  isMember(key) || (key.pk.startsWith('D#') && key.sk.startsWith('KEPT#'))

/** A pupil's guardians and a guardian's children: whose items change with the person's. */
export const kinOf = ({ record, children }: Pick<SourceItem, 'record' | 'children'>): string[] => [
  ...(record.pupil?.guardians ?? []),
  ...children,
]
