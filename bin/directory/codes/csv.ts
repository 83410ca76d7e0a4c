import type { IssuedCode } from '../../../shared/directory/contract.ts'
import { activationAddress, byHanding } from '../../../shared/directory/sheet.ts'
import { csvOf } from '../../../shared/kernel/csv.ts'
import { listName } from '../../../shared/kernel/names.ts'
import type { Sheet } from './page.ts'

const columns = [
  'role',
  'class',
  'child',
  'family-name',
  'given-name',
  'login',
  'code',
  'until',
  'school',
  'address',
  'territory',
] as const

/** `BARBIER Mila (6e A), BARBIER Lucas (3e A)`. */
const childrenOf = ({ children }: IssuedCode): string =>
  children.map(child => listName(child) + (child.className ? ` (${child.className})` : '')).join(', ')

/** The codes as CSV. */
export const codesCsv = (issued: readonly IssuedCode[], sheet: Sheet): string => {
  const { t } = sheet.words
  const head = columns.map(column => t(`codes.column.${column}`))
  const rows = [...issued]
    .sort(byHanding)
    .map(code => [
      t(`codes.is.${code.role}`),
      code.className ?? '',
      childrenOf(code),
      code.familyName,
      code.givenName,
      code.login,
      code.code,
      code.expiresAt.slice(0, 10),
      sheet.school,
      activationAddress(sheet.address, code.login),
      sheet.territory ?? '',
    ])
  return csvOf([head, ...rows])
}
