import { type Gone, withoutGone } from '../../platform/erasing/eraser.ts'
import { nextPersonId, personId } from '../identity.ts'
import { keyOfText } from '../import/keys.ts'
import type { SourceItem } from '../patterns.ts'
import type { PersonRecord } from '../record.ts'

/** A record of somebody else that does not name those who are erased any more; undefined if it named none. */
export const recordWithout = (record: PersonRecord, gone: Gone): PersonRecord | undefined => {
  const same = (id: string) => id
  const { pupil } = record
  const guardians = withoutGone(pupil?.guardians, gone, same)
  const namedBy = withoutGone(pupil?.namedBy, gone, same)
  const pupils = withoutGone(record.pupils, gone, same)
  if (!guardians && !namedBy && !pupils) return undefined
  return {
    ...record,
    ...(pupil &&
      (guardians || namedBy) && { pupil: { ...pupil, ...(guardians && { guardians }), ...(namedBy && { namedBy }) } }),
    ...(pupils && { pupils }),
  }
}

const namedInKey = (text: string): string[] => {
  const { pk, sk } = keyOfText(text)
  return [...pk.split('#'), ...sk.split('#')]
}

/**
 * What a source said of somebody, without those who are erased: as a former child or guardian, and where a row was taken
 * away. The fingerprint stays: what a feed says is compared with it, so that nothing is written anew for it.
 */
export const sourceWithout = ({ record, leaving, parted, children }: SourceItem, gone: Gone): Partial<SourceItem> => {
  const next = recordWithout(record, gone)
  const left = leaving.filter(text => !namedInKey(text).some(id => gone.has(id)))
  const others = withoutGone(parted, gone, id => id)
  const kin = withoutGone(children, gone, id => id)
  return {
    ...(next && { record: next }),
    ...(left.length < leaving.length && { leaving: left }),
    ...(others && { parted: others }),
    ...(kin && { children: kin }),
  }
}

/** People whom one key may have meant: more than a few had none. */
const mostHolders = 5

/** Whom a key of one of the sources meant, if one of them is erased. */
export const meantGone = (sources: readonly string[], key: string, gone: Gone): boolean =>
  sources.some(source => {
    const first = personId(source, key)
    return (
      gone.has(first) ||
      Array.from({ length: mostHolders - 1 }, (_, at) => nextPersonId(first, at + 2)).some(id => gone.has(id))
    )
  })
