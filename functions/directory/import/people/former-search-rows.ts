import { fold, sortName } from '../../../../shared/kernel/names.ts'
import { put } from '../../../platform/operation.ts'
import type { RosterItem } from '../../audiences.ts'
import { searchPatterns } from '../../patterns.ts'
import type { Put } from '../platform.ts'

/**
 * A person's row by given name, as releases before wrote it, for the fingerprint that its person has with it: none, where it
 * would be folded like that by which rosters are sorted.
 */
export const formerSearchRows = (uai: string, row: RosterItem): Put[] => {
  const { person, givenName, familyName } = row
  const foundAs = fold(`${givenName} ${familyName}`)
  if (foundAs === sortName(row)) return []
  return [put('search-row', searchPatterns.searchRow, { uai, foundAs, person }, { ...row, foundAs })]
}
