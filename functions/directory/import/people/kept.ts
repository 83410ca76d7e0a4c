import { keyOf } from '../../../platform/pattern.ts'
import { directoryPatterns } from '../../audiences.ts'
import type { SourceItem } from '../../patterns.ts'
import type { PersonRecord } from '../../record.ts'
import { keyText } from '../keys.ts'
import { type Composed, composed } from './compose.ts'

/** True of a record that says more than a name: a later delta may refer to it. */
export const isReferable = ({ pupil, staff, guardian }: PersonRecord): boolean =>
  pupil !== undefined || staff !== undefined || guardian !== undefined

/** What the feed says of a stored person, also of one without access; undefined if it describes them no more. */
export const describedRecord = ({ left, record }: SourceItem): PersonRecord | undefined =>
  left && !isReferable(record) ? undefined : record

/** True of somebody who is stored to be referred to and never was in a school: nothing else is stored of them. */
export const isKeptAlone = ({ id, left, rows }: SourceItem): boolean =>
  !left && rows[keyText(keyOf(directoryPatterns.person, { person: id }))] === undefined

/** The items of somebody whom the feed describes and who is in none of its schools: no person, no row in any school. */
export const keptAlone = (id: string, source: string, record: PersonRecord): Composed =>
  composed({ id, source, record }, undefined, [], [], { children: [] }, true)
