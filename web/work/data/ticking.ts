import { queryClient } from '../../platform/content.ts'
import { keepWrite, madeNow } from '../../platform/outbox/keep-write.ts'
import { writes } from '../writes.ts'
import type { ReaderPiece } from './pieces.ts'
import { tickedHere } from './ticked-here.ts'

/** Of two ticks of a piece the later one counts: later than the last one from here, though the clock was changed since. */
const later = (at: string, known: string | undefined): string =>
  known !== undefined && known >= at ? new Date(Date.parse(known) + 1).toISOString() : at

/** Ticks a task, or takes that back: shown at once, and sent as soon as there is a network. */
export const tick = ({ id: piece, title }: Pick<ReaderPiece, 'id' | 'title'>, done: boolean): void => {
  const known = queryClient.getQueryData(tickedHere.queryKey)?.find(one => one.piece === piece)
  void keepWrite(writes.tick, { body: { ticks: [{ piece, done, at: later(madeNow(), known?.at) }] } }, title)
}
