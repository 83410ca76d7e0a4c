import { timeId } from '../../../shared/kernel/ids.ts'
import { keepWrite, madeNow } from '../../platform/outbox/device-outbox.ts'
import type { Waiting } from '../../platform/outbox/waiting.ts'
import { lastContact } from '../../platform/server-time.ts'
import { type Unsent, unsentOf } from '../data/unsent.ts'
import { writes } from '../writes.ts'

type Made = { readonly piece: string; readonly pupil: string; readonly title: string; readonly text: string }

/**
 * Hands in, at this moment: it is kept on the device until the API has it. Resolves to false if the device cannot keep it:
 * it lasts as long as the page.
 */
export const handIn = ({ piece, pupil, title, text }: Made): Promise<boolean> => {
  const [at, contact] = [madeNow(), lastContact()]
  const body = { text, at, sentAt: at, ...(contact !== undefined && { contactAt: new Date(contact).toISOString() }) }
  return keepWrite(writes.sendHandIn, { params: { piece, pupil, version: timeId(new Date(at)) }, body }, title)
}

/** What was handed in here and has not arrived, of one pupil's assignment, the last one first. */
export const unsentHandIns = (
  waiting: readonly Waiting[],
  of: { readonly piece: string; readonly pupil: string },
): readonly Unsent<'sendHandIn'>[] =>
  unsentOf('sendHandIn', waiting)
    .filter(({ input: { params } }) => params.piece === of.piece && params.pupil === of.pupil)
    .reverse()
