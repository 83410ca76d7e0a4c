import { workContract } from '../../../../shared/work/contract.ts'
import { read } from '../../../platform/read.ts'
import { useRead } from '../../../platform/reads.ts'

/** Milliseconds after which the addresses of files are asked for anew: they are good for 15 minutes. */
const interval = 600_000

/** The read of a pupil's hand-in by the teacher. */
export const handInRead = (piece: string, pupil: string) =>
  read(workContract.routes.handIn, { params: { piece, pupil } }, { every: interval })

/** A pupil's hand-in, as the teacher reads it: one request, whoever on the screen asks. */
export const useHandIn = (piece: string, pupil: string) => useRead(handInRead(piece, pupil))
