import { workContract } from '../../../../shared/work/contract.ts'
import { call } from '../../../platform/api.ts'
import type { AskUnscanned } from '../../../ui/files/unscanned-button.tsx'

/** Asks for the address of a file that no scanner can look into; undefined for whom it is not: a pupil. */
export type Unscanned = ((file: string) => ReturnType<AskUnscanned>) | undefined

/** Of a pupil's hand-in, for a reader of it. */
export const unscannedFor = (reader: string, piece: string, pupil: string): Unscanned =>
  reader === pupil ? undefined : file => call(workContract.routes.unscannedFile, { params: { piece, pupil, file } })
