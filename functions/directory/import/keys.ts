import type { Key } from '../../platform/pattern.ts'
import type { SourceItem } from '../patterns.ts'

/** A key as one text. `|` stands in no partition key. */
export const keyText = ({ pk, sk }: Key): string => `${pk}|${sk}`

export const keyOfText = (text: string): Key => {
  const at = text.indexOf('|')
  return { pk: text.slice(0, at), sk: text.slice(at + 1) }
}

/** A pupil's guardians and a guardian's children: whose items change with the person's. */
export const kinOf = ({ record, children }: Pick<SourceItem, 'record' | 'children'>): string[] => [
  ...(record.pupil?.guardians ?? []),
  ...children,
]
